using System.Diagnostics;
using System.Globalization;

namespace EdgeHub.Tests.Bench;

/// <summary>Settles again and again, for a profiler to look at: <c>child profile ROUNDS</c>.</summary>
public static class ProfileRun
{
    private const int Each = 90;

    public static async Task InChild(string folder, int rounds)
    {
        using var agent = await AgentFixture.Open(Path.Combine(folder, "agent"));
        var (took, processor, allocated, pages) = (0d, 0d, 0L, 0L);
        for (var round = 0; round < rounds; round++)
        {
            await agent.NextRound();
            var (cpu, bytes, start, before) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp(), agent.PagesWritten);
            for (var i = 0; i < Each; i++)
            {
                await agent.Settle();
            }
            if (round >= rounds / 2)
            {
                took += Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                processor += (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds;
                allocated += GC.GetTotalAllocatedBytes(precise: true) - bytes;
                pages += agent.PagesWritten - before;
            }
        }
        var settled = (rounds - (rounds / 2)) * Each;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{settled} settlements: {took / settled:0} µs, processor {processor / settled:0} µs, {allocated / settled} bytes allocated, {(double)pages / settled:0.0} pages written each"));
    }
}
