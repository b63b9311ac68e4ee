using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace EdgeHub.Tests.Bench;

/// <summary>A full settlement commit (a), and the whole settlement as the local interface does it (b), against an overwrite with
/// fsync; fast disk, and 2 and 10 ms slower syncs. (a): row, lines and moves, entry written, chained, packed and sealed, answer packed
/// and sealed, head signed: everything that is written, from begin to the commit's return. (b): (a) and the question by key, the
/// reads, the computation, the explanation, the answer's text. Beside them (a) less what makes its bytes, which is measured apart.</summary>
public static class CommitBench
{
    private const int Rounds = 7;

    public static void Run(Floors floors, Report report)
    {
        foreach (var (more, name, target) in ((int, string, double)[])[(0, "fast disk", .55), (2_000, "2 ms syncs", .92), (10_000, "10 ms syncs", .92)])
        {
            var each = more == 10_000 ? 40 : 90;
            var told = Child.Run(floors, more, "commit", each.ToString(CultureInfo.InvariantCulture));
            var floor = told["floor"];
            report.Add(new Row($"full settlement commit ÷ fsync floor, {name}", $"{told["commit"]:0} µs", $"{floor:0} µs", told["commitratio"], target, AtLeast: true));
            report.Add(new Row(
                $"its transaction alone ÷ fsync floor, {name} (begin to commit's return with the head's signature; the {told["prepare"]:0} µs are taken off in which entry and answer are written, hashed, packed and sealed)",
                $"{told["commit"] - told["prepare"]:0} µs", $"{floor:0} µs", told["transactionratio"], null, AtLeast: true));
            report.Add(new Row($"the whole settlement ÷ fsync floor, {name}", $"{told["settled"]:0} µs", $"{floor:0} µs", told["ratio"], null, AtLeast: true));
            report.Add(new Row($"syncs per settlement, {name}", $"{told["syncs"]:0.000}", "", told["syncs"], 1.05, AtLeast: false));
            report.Add(new Row($"processor time of a commit; of the whole, {name}", $"{told["commitcpu"]:0} µs; {told["cpu"]:0} µs", "", told["cpu"], null, AtLeast: false));
            report.Add(new Row($"pages written per settlement, {name}", $"{told["pages"]:0.0}", "", told["pages"], null, AtLeast: false));
            if (more == 10_000)
            {
                report.Add(new Row("confirm to receipt, 10 ms syncs, slowest of all", $"{told["slowest"] / 1000:0.0} ms", "", told["slowest"] / 1000, 100, AtLeast: false));
            }
        }
    }

    /// <summary>In the child: floor, settlements and commits in turn, so that all meet the same disk.</summary>
    public static async Task InChild(string folder, int each)
    {
        using var agent = await AgentFixture.Open(Path.Combine(folder, "agent"));
        await Warm(agent);
        var (settled, commits, floors, prepare) = (new Series(), new Series(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await agent.NextRound();
            var before = Child.FloorMicroseconds(folder, each);
            await settled.Add(agent, each, _ => agent.Settle());
            var between = Child.FloorMicroseconds(folder, each);
            var facts = agent.Again(await agent.Facts(each));
            await commits.Add(agent, each, i => agent.Commit(facts[i]));
            prepare.Add(Prepared(agent, facts));
            var after = Child.FloorMicroseconds(folder, each);
            settled.Against((before + between) / 2);
            commits.Against((between + after) / 2);
            floors.AddRange(before, between, after);
        }
        Child.Tell("floor", Child.Median(floors));
        Child.Tell("settled", Child.Median(settled.Means));
        Child.Tell("ratio", Child.Median(settled.Ratios));
        Child.Tell("commit", Child.Median(commits.Means));
        Child.Tell("commitratio", Child.Median(commits.Ratios));
        Child.Tell("prepare", Child.Median(prepare));
        Child.Tell("transactionratio", Child.Median(floors) / (Child.Median(commits.Means) - Child.Median(prepare)));
        Child.Tell("commitcpu", commits.Processor / (Rounds * each));
        Child.Tell("slowest", settled.Slowest);
        Child.Tell("syncs", (double)settled.Syncs / (Rounds * each));
        Child.Tell("cpu", settled.Processor / (Rounds * each));
        Child.Tell("pages", (double)settled.Pages / (Rounds * each));
    }

    /// <summary>Microseconds in which a commit's bytes are made, in the middle: no disk is in it.</summary>
    private static double Prepared(AgentFixture agent, IReadOnlyList<Fact> facts)
    {
        var took = new List<double>();
        foreach (var fact in facts)
        {
            var begun = Stopwatch.GetTimestamp();
            agent.Prepare(fact);
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
        }
        return Child.Median(took);
    }

    /// <summary>Until the runtime has compiled what is hot for good: else half of the processor time is its compiler's.</summary>
    private static async Task Warm(AgentFixture agent)
    {
        var compiled = 0L;
        for (var round = 0; round < 14 && JitInfo.GetCompiledMethodCount() - compiled > 20; round++)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            await agent.NextRound();
            for (var i = 0; i < 60; i++)
            {
                await agent.Settle();
            }
            foreach (var fact in agent.Again(await agent.Facts(60)))
            {
                await agent.Commit(fact);
                agent.Prepare(fact);
            }
            await agent.Quotes(500);
            await Task.Delay(250);
        }
    }

    private sealed class Series
    {
        public List<double> Means { get; } = [];

        public List<double> Ratios { get; } = [];

        public double Processor { get; private set; }

        public double Slowest { get; private set; }

        public long Syncs { get; private set; }

        public long Pages { get; private set; }

        public async Task Add(AgentFixture agent, int count, Func<int, Task> one)
        {
            var (syncs, cpu, pages, start) = (Child.Syncs(), Environment.CpuUsage.TotalTime, agent.PagesWritten, Stopwatch.GetTimestamp());
            for (var i = 0; i < count; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await one(i);
                Slowest = Math.Max(Slowest, Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            }
            Means.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / count);
            Processor += (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds;
            Syncs += Child.Syncs() - syncs;
            Pages += agent.PagesWritten - pages;
        }

        public void Against(double floor) => Ratios.Add(floor / Means[^1]);
    }
}
