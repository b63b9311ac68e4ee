using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Scenarios.Agent;

/// <summary>The built agent as a process of its own, over a state folder that a station has filled. Its clock shows the station's
/// morning.</summary>
public sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private AgentProcess(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = Patience };
        Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB");
    }

    public HttpClient Http { get; }

    public int Port => Http.BaseAddress!.Port;

    public static string Program => typeof(EdgeHub.Agent.Agent).Assembly.Location;

    public int Id => _process.Id;

    public static Task<AgentProcess> Start(string folder, params string[] more) => StartWith([], folder, more);

    /// <param name="environment">What stands in its environment before it starts.</param>
    public static async Task<AgentProcess> StartWith(Dictionary<string, string> environment, string folder, params string[] more)
    {
        var agent = Begin(environment, folder, more);
        return await agent.Ready() ? agent : throw new InvalidOperationException("The agent ended before it answered.");
    }

    /// <summary>At the port that a process before it had.</summary>
    public static async Task<AgentProcess> StartAt(int port, Dictionary<string, string> environment, string folder, params string[] more)
    {
        var agent = Begin(port, environment, folder, more);
        return await agent.Ready() ? agent : throw new InvalidOperationException("The agent ended before it answered.");
    }

    /// <summary>Begins it and waits for nothing.</summary>
    public static AgentProcess Begin(Dictionary<string, string> environment, string folder, params string[] more) => Begin(FreePorts.One(), environment, folder, more);

    private static AgentProcess Begin(int port, Dictionary<string, string> environment, string folder, string[] more)
    {
        var offset = (long)(Station.Morning + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var process = Launch(dropOutput: true, [
            "serve", "--State", folder, "--Urls", $"http://127.0.0.1:{port}", "--Clock:DemoOffsetSeconds", offset.ToString(),
            "--Devices:SimulatedReader", "true", "--Access:OpenApi", "true", "--Sync:IntervalSeconds", "3600", .. more], environment);
        return new AgentProcess(process, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <returns>False: it ended before it answered.</returns>
    public async Task<bool> Ready()
    {
        var since = Stopwatch.StartNew();
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await Http.GetAsync("/health");
                if (answer.IsSuccessStatusCode && !_process.HasExited)
                {
                    return true;
                }
            }
            catch (Exception starting) when (starting is HttpRequestException or IOException && since.Elapsed < Patience)
            {
                await Task.Delay(20);
            }
        }
        return false;
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>A command of the agent to its end.</summary>
    public static async Task<(int ExitCode, byte[] Output, string Errors)> Run(params string[] arguments)
    {
        using var process = Launch(dropOutput: false, arguments);
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = await process.StandardError.ReadToEndAsync();
        await copying;
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray(), errors);
    }

    /// <summary>SIGKILL, at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> Post(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> Get(string path)
    {
        using var answer = await Http.GetAsync(path);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Opens a visit of a person.</summary>
    public async Task<string> CheckIn(int person, string visitType = "13")
    {
        var (status, body) = await Post("/api/v1/visits", new { visitType, evidence = new { kind = "idnumber", number = Reference.IdNumber(person) }, @operator = "op" });
        Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
        return body!["visit"]!.GetValue<string>();
    }

    /// <summary>A bill of one line over so many fen.</summary>
    public static object Bill(string requestKey, long fen = 10_00) => new
    {
        requestKey, diagnoses = (string[])["J06.9"], useAccount = false, @operator = "op",
        lines = new[] { new { item = "A1", price = fen / 100m, quantity = 1, amount = fen } },
    };

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }
        Http.Dispose();
        _process.Dispose();
    }

    private static Process Launch(bool dropOutput, IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        if (dropOutput)
        {
            // Read and dropped, or the pipe would fill and hold the agent up.
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
        return process;
    }
}
