using System.Diagnostics;
using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Bench;

/// <summary>Group commit: 8 and 64 producers, each waiting for its own commit, through the one writer; commits of items per second
/// against overwrites with fsync per second.</summary>
public static class GroupBench
{
    private const int Rounds = 5;

    public static void Run(Floors floors, Report report)
    {
        foreach (var (more, name) in ((int, string)[])[(0, "fast disk"), (2_000, "2 ms syncs")])
        {
            foreach (var (producers, target) in ((int, double)[])[(8, 3), (64, 10)])
            {
                var told = Child.Run(floors, more, "group", producers.ToString(CultureInfo.InvariantCulture));
                report.Add(new Row(
                    $"group commit, {producers} producers ÷ floor, {name}", $"{told["rate"]:0}/s in {told["commits"]:0}", $"{told["floorrate"]:0}/s", told["ratio"], target, AtLeast: true));
            }
        }
    }

    public static async Task InChild(string folder, int producers)
    {
        using var store = SqliteStore.Open(Path.Combine(folder, "group.db"), roomy: true);
        store.Write(session => session.Execute("create table fact (id bigint primary key, hash bytea not null, body bytea not null)"));
        using var writer = new GroupCommitWriter(store);
        writer.Start();
        var (next, each) = (0L, Math.Max(20, 800 / producers));
        var (ratios, rates, floors) = (new List<double>(), new List<double>(), new List<double>());
        async Task Round(int count) => await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                var id = Interlocked.Increment(ref next);
                await writer.Submit(session => session.Prepared("insert into fact (id, hash, body) values ($1, $2, $3)").Execute(id, new byte[32], new byte[766]));
            }
        })));
        await Round(each);
        var commits = writer.Commits;
        for (var round = 0; round < Rounds; round++)
        {
            var before = Child.FloorMicroseconds(folder, 60);
            var start = Stopwatch.GetTimestamp();
            await Round(each);
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var floor = (before + Child.FloorMicroseconds(folder, 60)) / 2;
            rates.Add(producers * each / took);
            floors.Add(1e6 / floor);
            ratios.Add(rates[^1] / floors[^1]);
        }
        Child.Tell("rate", Child.Median(rates));
        Child.Tell("floorrate", Child.Median(floors));
        Child.Tell("ratio", Child.Median(ratios));
        Child.Tell("commits", (double)(writer.Commits - commits) / Rounds);
    }
}
