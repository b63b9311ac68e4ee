using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Scenarios.Morning;

/// <summary>The quickstart's morning in the form that stays open, run once with a small population; every test looks at what it left. The hub's store is a file, or a fresh
/// database where <see cref="TestServer"/> names a server.</summary>
public sealed class MorningRun : IAsyncLifetime
{
    private const int MostSeconds = 420;
    private readonly Dictionary<string, JsonObject> _events = new(StringComparer.Ordinal);

    public string State { get; } = Directory.CreateTempSubdirectory("edgehub-morning-").FullName;
    public string Output { get; private set; } = "";

    /// <summary>The temporary folder of everything that the run starts.</summary>
    public string Temporary { get; } = Directory.CreateTempSubdirectory("edgehub-morning-tmp-").FullName;

    private const string LastWords = "Without a line:";
    private readonly StringBuilder _printed = new();
    private Process _process = null!;
    private IDisposable? _database;
    private int? _exitCode;

    public async Task InitializeAsync()
    {
        var database = TestServer.IsThere ? TestServer.Empty() : null;
        _database = database;
        string[] store = database is null ? [] : ["--store", database.Words];
        var info = Program(["--state", State, "--population", "4000", "--visits", "6", "--stay", .. store]);
        // As installers/quickstart.sh sets them.
        (info.Environment["TMPDIR"], info.Environment["DOTNET_EnableDiagnostics"]) = (Temporary, "0");
        var staying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, line) => Heard(line.Data, staying);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data, staying);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Task.WhenAny(staying.Task, _process.WaitForExitAsync()).WaitAsync(TimeSpan.FromSeconds(MostSeconds));
        Output = Printed();
        var file = Path.Combine(State, "result.json");
        Assert.True(File.Exists(file), Output);
        foreach (var e in JsonNode.Parse(await File.ReadAllTextAsync(file))!["events"]!.AsArray())
        {
            _events[e!["name"]!.ToString()] = e.AsObject();
        }
    }

    /// <summary>Ends it as Ctrl-C does, once; what it ended with.</summary>
    public async Task<int> Interrupt()
    {
        if (_exitCode is null)
        {
            using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            (_exitCode, Output) = (_process.ExitCode, Printed());
        }
        return _exitCode.Value;
    }

    public Task DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
        _database?.Dispose();
        Directory.Delete(State, recursive: true);
        Directory.Delete(Temporary, recursive: true);
        return Task.CompletedTask;
    }

    private void Heard(string? line, TaskCompletionSource staying)
    {
        if (line is null)
        {
            return;
        }
        lock (_printed)
        {
            _printed.AppendLine(line);
        }
        if (line.Contains(LastWords, StringComparison.Ordinal))
        {
            staying.TrySetResult();
        }
    }

    private string Printed()
    {
        lock (_printed)
        {
            return _printed.ToString();
        }
    }

    /// <summary>The facts of an event that was right; a wrong or missing one fails the test with the event's own words.</summary>
    public MorningEvent Right(string name)
    {
        Assert.True(_events.TryGetValue(name, out var found), $"The morning had no event {name}.{Environment.NewLine}{Output}");
        Assert.True(found["ok"]!.GetValue<bool>(), $"{name}: {found["words"]}");
        return new MorningEvent(found["facts"]!.AsObject());
    }

    public static async Task<(int ExitCode, string Output)> QuickstartAsync(params string[] arguments)
    {
        var info = Program(arguments);
        using var process = Process.Start(info)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(MostSeconds));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        return (process.ExitCode, await output + await errors);
    }

    private static ProcessStartInfo Program(IReadOnlyList<string> arguments)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var root = Root();
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.ArgumentList.Add(Path.Combine(root, "installers", "quickstart", "bin", configuration, "net10.0", "EdgeHub.Quickstart.dll"));
        foreach (var argument in arguments.Concat(["--root", root, "--configuration", configuration]))
        {
            info.ArgumentList.Add(argument);
        }
        return info;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeHub.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("No folder above the tests holds EdgeHub.sln.");
    }
}

/// <summary>What an event noted: counts, fen, codes, by name.</summary>
public sealed class MorningEvent(JsonObject facts)
{
    public string Text(string name) => facts[name]?.ToString() ?? throw new InvalidOperationException($"The event noted no {name}: {facts.ToJsonString()}");

    public long Number(string name) => long.Parse(Text(name), CultureInfo.InvariantCulture);
}
