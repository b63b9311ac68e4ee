using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace EdgeHub.Tests.Bench;

/// <summary>The built agent as a process of its own, over a state folder that the fixture has filled; its hub cannot be reached.</summary>
internal sealed class ServedAgent : IDisposable
{
    private const int PatienceSeconds = 60;
    private static string _program = typeof(EdgeHub.Agent.Agent).Assembly.Location;
    private readonly Process _process;
    private readonly HttpClient _http;

    private ServedAgent(Process process, Uri address) => (_process, _http) = (process, new HttpClient { BaseAddress = address });

    public Uri Address => _http.BaseAddress!;

    /// <summary>From the program's start to its first sound answer.</summary>
    public TimeSpan UntilReady { get; private set; }

    public static async Task<ServedAgent> Start(string state, Floors floors, int moreMicroseconds)
    {
        var port = FreePort();
        var offset = (long)(AgentFixture.Morning - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var start = new ProcessStartInfo("dotnet", [
            _program, "serve", "--State", state, "--Urls", $"http://127.0.0.1:{port}",
            "--Clock:DemoOffsetSeconds", offset.ToString(CultureInfo.InvariantCulture), "--Devices:SimulatedReader", "true", "--Access:OpenApi", "true", "--Sync:IntervalSeconds", "3600"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["LD_PRELOAD"] = floors.SlowSync;
        start.Environment["SLOWSYNC_US"] = moreMicroseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        var begun = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The agent did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var agent = new ServedAgent(process, new Uri($"http://127.0.0.1:{port}"));
        while (true)
        {
            try
            {
                using var answer = await agent._http.GetAsync(new Uri("/health", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    agent.UntilReady = Stopwatch.GetElapsedTime(begun);
                    return agent;
                }
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun).TotalSeconds < PatienceSeconds && !process.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    /// <summary>The agent as it is installed: published for this platform, compiled before it is started.</summary>
    public static void Publish(string folder)
    {
        Floors.Run("dotnet", null, "publish", Path.Combine(Repository.Root, "agent"), "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-o", folder, "-v", "quiet", "--nologo");
        _program = Path.Combine(folder, "EdgeHub.Agent.dll");
    }

    /// <summary>What the process holds of the machine's memory, with what it shares.</summary>
    public double ResidentMebibytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1024d / 1024d;
    }

    /// <summary>Processor time since its start.</summary>
    public double ProcessorMilliseconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalMilliseconds;
    }

    /// <summary>What the process holds of the machine's memory in mebibytes: all, and of it pages of programs' files, what the runtime knows of
    /// types and the code it compiled, heaps and stacks.</summary>
    public (double All, double Files, double Types, double Heaps) Memory()
    {
        var status = File.ReadLines($"/proc/{_process.Id}/status").Select(line => line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, "kB"]).ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture) / 1024d, StringComparer.Ordinal);
        return (status["VmRSS"], status["RssFile"], status["RssShmem"], status["RssAnon"]);
    }

    public async Task Put(string path, object body)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body);
        await Sound(answer);
    }

    public async Task<System.Text.Json.Nodes.JsonNode> Post(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return System.Text.Json.Nodes.JsonNode.Parse(await Sound(answer))!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _http.Dispose();
        _process.Dispose();
    }

    private static async Task<string> Sound(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.OK ? text : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
