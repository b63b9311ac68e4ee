using System.Diagnostics;
using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Scenarios.Thousand;

namespace EdgeHub.Tests.Bench;

/// <summary>A county's clinics come back within a second after a day without a line: one hub process on each engine, which settles what
/// comes while it comes. How long until all is acknowledged and until all is judged, how far the first and the last are apart, what
/// memory the process needed at most.</summary>
internal static class ThousandBench
{
    private const int FewestEntries = 10;
    private const int MostEntries = 40;
    private const int Visits = 12;
    private const int PartsOfVisit = 3;
    private const int PersonsOfTemplate = Visits + 1;
    private const string Village = "530924101001";

    /// <summary>What tests/Scenarios/Thousand holds a hub process to.</summary>
    private const long MostMebibytes = 400;

    public static async Task Run(PostgresServer? server, string folder, int agents, Report report)
    {
        var template = await Template(Path.Combine(folder, "template"));
        var days = Enumerable.Range(0, agents)
            .Select(device => AgentDay.Of(IngestLoad.Region, "530924100001", template, device, FewestEntries + (device * 7 % (MostEntries - FewestEntries + 1)))).ToList();
        await On("SQLite", days, Path.Combine(folder, "sqlite"), null, report);
        if (server is not null)
        {
            await On("PostgreSQL", days, Path.Combine(folder, "postgres"), server.Database(), report);
        }
        days.ForEach(day => day.Dispose());
    }

    private static async Task On(string engine, IReadOnlyList<AgentDay> days, string folder, string? words, Report report)
    {
        Fill(folder, words, days);
        using var served = await ServedHub.Start(folder);
        using var fleet = new Fleet(days, () => served.Address);
        var start = Stopwatch.GetTimestamp();
        var back = await fleet.Run(batchLines: null, seed: 1, CancellationToken.None);
        await UntilJudged(folder, words, back.Events);
        var judged = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var peak = served.PeakMebibytes();
        var who = string.Create(CultureInfo.InvariantCulture, $"{days.Count} agents back at once, {engine}");
        string Seconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " s";
        report.Add(new Row(who + ": until all is acknowledged", $"{back.Events} events in {Seconds(back.LastSeconds)}", "", back.Events / back.LastSeconds, null, AtLeast: true));
        report.Add(new Row(who + ": until all is judged too", Seconds(judged), "", back.Events / judged, null, AtLeast: true));
        report.Add(new Row(
            who + ": first, middle and last through", $"{Seconds(back.FirstSeconds)}, {Seconds(back.MiddleSeconds)}, {Seconds(back.LastSeconds)}; overtaken {back.MiddleOvertaken} times (middle), {back.WorstOvertaken} (worst), sent away {back.SentAway} times",
            "", back.LastSeconds / back.MiddleSeconds, null, AtLeast: false));
        report.Add(new Row(who + ": the hub's memory at most", $"{peak} MiB", "", peak, MostMebibytes, AtLeast: false));
    }

    private static async Task<IReadOnlyList<byte[]>> Template(string folder)
    {
        using var agent = await AgentFixture.Open(folder);
        for (var visit = 0; visit < Visits; visit++)
        {
            await agent.NextRound();
            for (var part = 0; part < PartsOfVisit; part++)
            {
                await agent.Settle();
            }
        }
        return [.. (await agent.Lines(MostEntries)).Select(row => row.Line)];
    }

    /// <summary>The hub's folder with everything that it needs to judge what comes.</summary>
    private static void Fill(string folder, string? words, IReadOnlyList<AgentDay> days)
    {
        using var hub = HubStore.OpenOrMake(folder, new HubSettings(IngestLoad.Region, "Asia/Shanghai", 0), TimeProvider.System, new SystemEntropy(), place: words);
        InstitutionFile.Load(hub, [.. days.Select(day => (new Institution(day.Site, "sample clinic", 0, "clinic", "member"), (IReadOnlyList<string>)[Village]))]);
        var book = Path.Combine(folder, "book.json");
        File.WriteAllText(book, Samples.Policy);
        PolicyFile.Load(hub, PolicyFile.Read(new FileInfo(book)));
        CatalogueFile.Load(hub, [.. Enumerable.Range(0, AgentFixture.Items).Select(Samples.Item).Select(row => (IReadOnlyList<string>)[.. row.Where((_, at) => at != 1).Select(cell => $"{cell}")])]);
        MemberFile.Load(hub, [.. Enumerable.Range(0, days.Count).SelectMany(device => Enumerable.Range(0, PersonsOfTemplate).Select(number => Member(device, number)))], whole: true);
        hub.Write(session =>
        {
            for (var device = 0; device < days.Count; device++)
            {
                AccessStore.AddDevice(session, IngestLoad.Region, new Device(device + 1, days[device].Device, days[device].Site, days[device].PublicKey, days[device].KeyId, "1", 0, null));
            }
            return true;
        });
    }

    private static MemberRow Member(int device, int number)
    {
        var person = AgentDay.Person(device, number);
        return new MemberRow(
            person, "I" + person, "C" + person, "张三" + person, "1", new DateOnly(1951, 2, 28), Village, "390", "10", IngestLoad.Region, new DateOnly(2025, 1, 1), "", "normal", 400_00);
    }

    private static async Task UntilJudged(string folder, string? words, long events)
    {
        using Store beside = words is null
            ? SqliteStore.Open(Path.Combine(folder, HubStore.FileName), readOnly: true)
            : PostgresStore.Open(words, TimeProvider.System, PostgresUse.Reader);
        while (beside.Read(session => session.ExecuteScalar<long>("select cast(coalesce(sum(seq), 0) as bigint) from public_judged_through")) < events)
        {
            await Task.Delay(100);
        }
    }
}
