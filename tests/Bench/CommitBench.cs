using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace EdgeHub.Tests.Bench;

/// <summary>A full settlement through the real agent (computed, stored with its lines and accumulators, chained, sealed, signed,
/// committed, answered) against an overwrite with fsync; fast disk, and 2 and 10 ms slower syncs.</summary>
public static class CommitBench
{
    private const int Rounds = 7;

    public static void Run(Floors floors, Report report)
    {
        foreach (var (more, name, target) in ((int, string, double)[])[(0, "fast disk", .55), (2_000, "2 ms syncs", .92), (10_000, "10 ms syncs", .92)])
        {
            var each = more == 10_000 ? 40 : 90;
            var told = Child.Run(floors, more, "commit", each.ToString(CultureInfo.InvariantCulture));
            var (floor, settled) = (told["floor"], told["settled"]);
            report.Add(new Row($"full settlement ÷ fsync floor, {name}", $"{settled:0} µs", $"{floor:0} µs", told["ratio"], target, AtLeast: true));
            report.Add(new Row($"syncs per settlement, {name}", $"{told["syncs"]:0.000}", "", told["syncs"], 1.05, AtLeast: false));
            report.Add(new Row($"processor time per settlement, {name}", $"{told["cpu"]:0} µs", "", told["cpu"], null, AtLeast: false));
            if (more == 10_000)
            {
                report.Add(new Row("confirm to receipt, 10 ms syncs, slowest of all", $"{told["slowest"] / 1000:0.0} ms", "", told["slowest"] / 1000, 100, AtLeast: false));
            }
        }
    }

    /// <summary>In the child: floor and settlements in turn, so that both meet the same disk.</summary>
    public static async Task InChild(string folder, int each)
    {
        using var agent = await AgentFixture.Open(Path.Combine(folder, "agent"));
        await Warm(agent);
        var (floors, settled, ratios, slowest) = (new List<double>(), new List<double>(), new List<double>(), 0d);
        var (syncs, cpu) = (0L, TimeSpan.Zero);
        for (var round = 0; round < Rounds; round++)
        {
            await agent.NextRound();
            var before = Child.FloorMicroseconds(folder, each);
            var (syncsBefore, cpuBefore) = (Child.Syncs(), Environment.CpuUsage.TotalTime);
            var (mean, worst) = await Many(agent, each);
            syncs += Child.Syncs() - syncsBefore;
            cpu += Environment.CpuUsage.TotalTime - cpuBefore;
            var floor = (before + Child.FloorMicroseconds(folder, each)) / 2;
            floors.Add(floor);
            settled.Add(mean);
            ratios.Add(floor / mean);
            slowest = Math.Max(slowest, worst);
        }
        Child.Tell("floor", Child.Median(floors));
        Child.Tell("settled", Child.Median(settled));
        Child.Tell("ratio", Child.Median(ratios));
        Child.Tell("slowest", slowest);
        Child.Tell("syncs", (double)syncs / (Rounds * each));
        Child.Tell("cpu", cpu.TotalMicroseconds / (Rounds * each));
    }

    /// <summary>Until the runtime has compiled what is hot for good: else half of the processor time is its compiler's.</summary>
    private static async Task Warm(AgentFixture agent)
    {
        var compiled = 0L;
        for (var round = 0; round < 14 && JitInfo.GetCompiledMethodCount() - compiled > 20; round++)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            await agent.NextRound();
            await Many(agent, 60);
            await agent.Quotes(500);
            await Task.Delay(250);
        }
    }

    private static async Task<(double Mean, double Worst)> Many(AgentFixture agent, int count)
    {
        var worst = 0d;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var one = Stopwatch.GetTimestamp();
            await agent.Settle();
            worst = Math.Max(worst, Stopwatch.GetElapsedTime(one).TotalMicroseconds);
        }
        return (Stopwatch.GetElapsedTime(start).TotalMicroseconds / count, worst);
    }
}
