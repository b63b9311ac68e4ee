using System.Diagnostics;
using System.Globalization;
using EdgeHub.Hub;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Postgres;

/// <summary>hub serve as a process of its own, over a folder and its file, or a database that others may serve too.</summary>
internal sealed class HubProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;

    private HubProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <param name="folder">With the hub's keys.</param>
    /// <param name="words">Words of connection; kept in the folder by the first start. Null: the folder's file.</param>
    /// <param name="more">Further options of hub serve.</param>
    public static async Task<HubProcess> Start(string folder, string? words, params string[] more)
    {
        var port = JoinedHub.FreePort();
        var offset = (long)(Station.Morning + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var process = Process.Start(new ProcessStartInfo("dotnet", [
            typeof(HubApp).Assembly.Location, "serve", "--data", folder, "--region", Reference.Region, .. words is null ? (string[])[] : ["--store", words],
            "--urls", $"http://127.0.0.1:{port}", "--demo-offset-seconds", offset.ToString(CultureInfo.InvariantCulture), .. more])
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

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The most memory that it had at once, as the system counts it.</summary>
    public long PeakMegabytes
    {
        get
        {
            const string peak = "VmHWM:";
            var line = File.ReadLines($"/proc/{_process.Id}/status").Single(each => each.StartsWith(peak, StringComparison.Ordinal));
            return long.Parse(line[peak.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1024;
        }
    }

    public bool HasEnded => _process.HasExited;

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
