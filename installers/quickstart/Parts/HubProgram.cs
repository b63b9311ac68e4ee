using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeHub.Quickstart.Parts;

/// <summary>The hub: its command line and its service, on one data folder.</summary>
public sealed class HubProgram(Options options, Children children, TimeProvider clock, DemoClock demo)
{
    private readonly string _program = Path.Combine(options.Root, "hub", "bin", options.Configuration, "net10.0", "EdgeHub.Hub.dll");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private Process? _service;

    public string Data { get; } = Path.Combine(options.State, "hub");
    public string Url { get; } = $"http://127.0.0.1:{Ports.Free()}";
    public bool Running => _service is { HasExited: false };

    /// <summary>Runs a command; a failure ends the morning with the command's own words.</summary>
    public async Task<string> CommandAsync(CancellationToken stop, params string[] arguments)
    {
        var answer = await TryCommandAsync(stop, arguments);
        // Words of connection may hold a password.
        var said = options.Store is { } words ? string.Join(' ', arguments).Replace(words, "…", StringComparison.Ordinal) : string.Join(' ', arguments);
        MorningFault.Unless(answer.ExitCode == 0, $"hub {said} ended with {answer.ExitCode}: {answer.Errors.Trim()} {answer.Output.Trim()}");
        return answer.Output;
    }

    public Task<Answer> TryCommandAsync(CancellationToken stop, params string[] arguments) =>
        children.RunAsync(_program, [.. arguments, "--data", Data], stop);

    /// <summary>A command that has no data folder of its own, such as a generator of sample files.</summary>
    public async Task<string> SampleAsync(CancellationToken stop, params string[] arguments)
    {
        var answer = await children.RunAsync(_program, arguments, stop);
        MorningFault.Unless(answer.ExitCode == 0, $"hub {string.Join(' ', arguments)} ended with {answer.ExitCode}: {answer.Errors.Trim()}");
        return answer.Output;
    }

    public async Task StartAsync(CancellationToken stop)
    {
        _service = children.Start("hub", _program,
            ["serve", "--data", Data, "--region", "530924", "--urls", Url, "--demo-offset-seconds",
                demo.OffsetSeconds.ToString(CultureInfo.InvariantCulture)]);
        await Ports.ReadyAsync(_http, Url + "/health", _service, () => children.LastWords("hub"), clock, stop);
    }

    /// <summary>The line to the hub is cut, without any farewell.</summary>
    public void KillHard()
    {
        children.KillHard(_service!);
        _service = null;
    }

    public async Task<JsonNode?> GetAsync(string path, CancellationToken stop) =>
        JsonNode.Parse(await _http.GetStringAsync(Url + path, stop));
}
