using System.Diagnostics;
using System.Globalization;

namespace EdgeHub.Tests.Bench;

/// <summary>Settles again and again, or only commits what was settled, for a profiler to look at: <c>child profile ROUNDS</c>,
/// <c>child profile-commit ROUNDS</c>.</summary>
public static class ProfileRun
{
    private const int Each = 90;

    public static async Task InChild(string folder, int rounds, bool commitAlone = false)
    {
        using var agent = await AgentFixture.Open(Path.Combine(folder, "agent"));
        IReadOnlyList<Fact> settled = [];
        var (took, processor, allocated, pages) = (0d, 0d, 0L, 0L);
        var each = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await agent.NextRound();
            if (commitAlone && settled.Count == 0)
            {
                for (var i = 0; i < Each; i++)
                {
                    await agent.Settle();
                }
                settled = await agent.Facts(Each);
            }
            var facts = commitAlone ? agent.Again(settled) : [];
            var (cpu, bytes, start, before) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp(), agent.PagesWritten);
            for (var i = 0; i < Each; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await (commitAlone ? agent.Commit(facts[i]) : agent.Settle());
                each.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            }
            if (round >= rounds / 2)
            {
                took += Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                processor += (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds;
                allocated += GC.GetTotalAllocatedBytes(precise: true) - bytes;
                pages += agent.PagesWritten - before;
            }
        }
        // What other programs on the machine do to a time, they do least to its quickest tenth.
        var quick = each.Skip(each.Count / 2).Order().ElementAt(each.Count / 20);
        var count = (rounds - (rounds / 2)) * Each;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} settlements: {took / count:0} µs (a tenth of them at most {quick:0}), processor {processor / count:0} µs, {allocated / count} bytes allocated, {(double)pages / count:0.0} pages written each"));
    }
}
