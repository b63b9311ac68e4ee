using System.Globalization;
using Serilog;
using Serilog.Events;

namespace EdgeHub.Agent;

/// <summary>Where an agent says what it does: the console, and files in its folder, each day's own, at most ten of 10 MiB. Without personal values.</summary>
internal static class AgentLog
{
    private const int FileBytes = 10 * 1024 * 1024;
    private const int Files = 10;

    public static void AddTo(ILoggingBuilder logging, string state)
    {
        logging.ClearProviders();
        logging.AddSerilog(new LoggerConfiguration()
            .MinimumLevel.Information().MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(
                Path.Combine(state, "logs", "agent-.log"), formatProvider: CultureInfo.InvariantCulture, rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: FileBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: Files)
            .CreateLogger(), dispose: true);
    }
}
