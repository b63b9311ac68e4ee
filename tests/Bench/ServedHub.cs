using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeHub.Hub;

namespace EdgeHub.Tests.Bench;

/// <summary>The built hub as a process of its own, over a folder that the bench has filled.</summary>
internal sealed class ServedHub : IDisposable
{
    private const int PatienceSeconds = 60;
    private readonly Process _process;

    private ServedHub(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ServedHub> Start(string folder)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        var offset = (long)(AgentFixture.Morning.AddMinutes(10) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var process = Process.Start(new ProcessStartInfo("dotnet", [
            typeof(HubApp).Assembly.Location, "serve", "--data", folder, "--urls", address.ToString(), "--demo-offset-seconds", offset.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The hub did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient();
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "/api/v1/status"));
                return new ServedHub(process, address);
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun).TotalSeconds < PatienceSeconds && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>The most memory that the process had at once, as the system counts it.</summary>
    public long PeakMebibytes()
    {
        const string peak = "VmHWM:";
        var line = File.ReadLines($"/proc/{_process.Id}/status").Single(each => each.StartsWith(peak, StringComparison.Ordinal));
        return long.Parse(line[peak.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1024;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }
}
