using System.Diagnostics;
using System.Globalization;
using EdgeHub.Hub;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.VirtualCard;

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
        var hub = Launch(folder, words, FreePorts.One(), [], more);
        await hub.Ready();
        return hub;
    }

    /// <summary>Begins it and waits for nothing.</summary>
    /// <param name="environment">What stands in its environment before it starts.</param>
    public static HubProcess Launch(string folder, string? words, int port, Dictionary<string, string> environment, params string[] more)
    {
        var offset = (long)(Station.Morning + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var start = new ProcessStartInfo("dotnet", [
            typeof(HubApp).Assembly.Location, "serve", "--data", folder, "--region", Reference.Region, .. words is null ? (string[])[] : ["--store", words],
            "--urls", $"http://127.0.0.1:{port}", "--demo-offset-seconds", offset.ToString(CultureInfo.InvariantCulture), .. more])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new HubProcess(process, port);
    }

    /// <returns>False: it ended before it answered.</returns>
    public async Task<bool> Ready()
    {
        using var http = new HttpClient();
        var since = Stopwatch.StartNew();
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/api/v1/status"));
                return true;
            }
            catch (HttpRequestException) when (since.Elapsed < Patience)
            {
                await Task.Delay(20);
            }
        }
        return false;
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
