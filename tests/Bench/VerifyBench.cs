using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EdgeHub.Hub;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Bench;

/// <summary>"hub verify" over a hub of many settlements, in a process of its own: seconds, settlements a second, memory at most.</summary>
internal static class VerifyBench
{
    public const int MostOfTile = 50_000;

    /// <summary>A night is eight hours; what verify may take of it.</summary>
    private const double MostSeconds = 2 * 3600;

    /// <param name="engine">"sqlite" or "postgres" alone; null: both.</param>
    /// <param name="tile">Settlements that the hub judges itself; the others are copies.</param>
    public static async Task Run(string folder, Lent<PostgresServer> postgres, int settlements, string? engine, int tile, Report report)
    {
        if (engine != "postgres")
        {
            await Run(folder, null, "SQLite", settlements, Math.Min(tile, MostOfTile), report);
        }
        if (engine != "sqlite" && postgres.For("verify on PostgreSQL", report) is { } server)
        {
            await Run(folder + "-postgres", server.Database(), "PostgreSQL", settlements, Math.Min(tile, MostOfTile), report);
        }
    }

    /// <param name="folder">A folder that holds a hub from an earlier run is verified as it is.</param>
    private static async Task Run(string folder, string? place, string engine, int settlements, int ofTile, Report report)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            await Build(folder, place, settlements, ofTile);
        }
        var said = Verified(folder);
        double Of(string name) => double.Parse(said[name], CultureInfo.InvariantCulture);
        var facts = Of("facts");
        report.Add(new Row(
            $"hub verify of {facts.ToString("N0", CultureInfo.InvariantCulture)} settlements ({Of("compared").ToString("N0", CultureInfo.InvariantCulture)} comparisons), {engine}",
            string.Create(CultureInfo.InvariantCulture, $"{Of("seconds"):0} s, {facts / Of("seconds"):0}/s; {Of("processor"):0} s of processor, {Of("processor") / facts * 1e6:0} µs each; {Of("trips") / facts:0.00} round trips each; {Of("peak") / (1 << 20):0} MiB at most"), "",
            Of("seconds"), MostSeconds, AtLeast: false));
    }

    private static async Task Build(string folder, string? place, int settlements, int ofTile)
    {
        var tiles = Math.Max(1, (int)Math.Round(settlements / (double)ofTile, MidpointRounding.AwayFromZero));
        var tile = new VerifyTile();
        var start = Stopwatch.GetTimestamp();
        using var hub = await tile.Make(folder, settlements / tiles, place);
        Tell($"received and judged {settlements / tiles:N0}", start);
        new VerifyCopies(hub, tile.Key).Make(tiles, done =>
        {
            if (done % 10 == 0)
            {
                Tell($"{done} copies", start);
            }
        });
        foreach (var month in (string[])["2025-03", "2025-06", "2025-09"])
        {
            hub.Write(session => PeriodStore.Close(session, VerifyTile.Region, month, "bench", VerifyTile.End));
        }
        if (place is not null)
        {
            hub.Write(session => session.Execute("analyze settlement_fact, decision, ledger_set, ledger_leg, ledger_account, entry, payable, person_accumulator"));
        }
        Tell("months closed", start);
    }

    private static void Tell(string what, long start) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Stopwatch.GetElapsedTime(start).TotalSeconds,6:0} s  {what}"));

    /// <summary>This program started again over the folder, so that its memory is verify's alone.</summary>
    private static IReadOnlyDictionary<string, string> Verified(string folder)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        IEnumerable<string> before = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        var output = Floors.Run(self, new Dictionary<string, string>(), [.. before, "child", "verify", folder]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }

    public static void InChild(string folder)
    {
        var asked = new Judging();
        using var hub = HubStore.Open(folder, TimeProvider.System, new SystemEntropy(), asked);
        asked.Begin();
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var notes = hub.Read(session => VerifyCommand.Run(session, hub.Region));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (notes.First is { } first)
        {
            throw new InvalidOperationException($"{notes.Differences} differences; the first: {first}");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds {seconds:0.000}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.000}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trips {asked.RoundTrips}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"facts {notes.Counts["settlement_fact"]}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"compared {notes.Counts.Values.Sum()}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {Process.GetCurrentProcess().PeakWorkingSet64}"));
    }
}
