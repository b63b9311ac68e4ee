using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Scenarios.Morning;

/// <summary>The quickstart's morning, run once with a small population; every test looks at what it left. The hub's store is a file, or a fresh
/// database where <see cref="TestServer"/> names a server.</summary>
public sealed class MorningRun : IAsyncLifetime
{
    private const int MostSeconds = 420;
    private readonly Dictionary<string, JsonObject> _events = new(StringComparer.Ordinal);

    public string State { get; } = Directory.CreateTempSubdirectory("edgehub-morning-").FullName;
    public string Output { get; private set; } = "";
    public int ExitCode { get; private set; }

    public async Task InitializeAsync()
    {
        using var database = TestServer.IsThere ? TestServer.Empty() : null;
        string[] store = database is null ? [] : ["--store", database.Words];
        (ExitCode, Output) = await QuickstartAsync(["--state", State, "--population", "4000", "--visits", "6", .. store]);
        var file = Path.Combine(State, "result.json");
        Assert.True(File.Exists(file), Output);
        foreach (var e in JsonNode.Parse(await File.ReadAllTextAsync(file))!["events"]!.AsArray())
        {
            _events[e!["name"]!.ToString()] = e.AsObject();
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(State, recursive: true);
        return Task.CompletedTask;
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
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var root = Root();
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.ArgumentList.Add(Path.Combine(root, "installers", "quickstart", "bin", configuration, "net10.0", "EdgeHub.Quickstart.dll"));
        foreach (var argument in arguments.Concat(["--root", root, "--configuration", configuration]))
        {
            info.ArgumentList.Add(argument);
        }
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
