using System.Diagnostics;
using System.Globalization;
using EdgeHub.Hub;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Postgres;

/// <summary>hub serve as a process of its own, over a folder and a database that others may serve too.</summary>
internal sealed class HubProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;

    private HubProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <param name="folder">With the hub's keys.</param>
    /// <param name="words">Words of connection; kept in the folder by the first start.</param>
    public static async Task<HubProcess> Start(string folder, string words)
    {
        var port = JoinedHub.FreePort();
        var offset = (long)(Station.Morning + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var process = Process.Start(new ProcessStartInfo("dotnet", [
            typeof(HubApp).Assembly.Location, "serve", "--data", folder, "--region", Reference.Region, "--store", words,
            "--urls", $"http://127.0.0.1:{port}", "--demo-offset-seconds", offset.ToString(CultureInfo.InvariantCulture)])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient();
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync($"http://127.0.0.1:{port}/api/v1/status");
                return new HubProcess(process, port);
            }
            catch (HttpRequestException) when (since.Elapsed < Patience && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>SIGKILL, at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }
        _process.Dispose();
    }
}
