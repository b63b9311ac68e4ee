using System.Globalization;

namespace EdgeHub.Tests.Bench;

/// <summary>Processor time of a quote: the whole computation of a bill of 3 or 4 lines on a real store, without a commit.</summary>
public static class CalcBench
{
    private const int Quotes = 300;

    public static async Task Run(string folder, Report report)
    {
        using var agent = await AgentFixture.Open(Path.Combine(folder, "calc"));
        foreach (var settled in (int[])[0, 90, 90])
        {
            await agent.NextRound();
            for (var i = 0; i < settled; i++)
            {
                await agent.Settle();
            }
            await agent.Quotes(Quotes);
        }
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            await agent.Quotes(Quotes);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Quotes);
        }
        report.Add(new Row("processor time of a quote of 3 or 4 lines", best.ToString("0 'µs'", CultureInfo.InvariantCulture), "", best, null, AtLeast: false));
    }
}
