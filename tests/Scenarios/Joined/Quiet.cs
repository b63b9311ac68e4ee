using System.Diagnostics;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>The state in which nobody has news for anybody.</summary>
internal static class Quiet
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Lets every agent ask until nothing is sent, judged or fed any more; then agents and hub hold the same accumulators, and
    /// the hub's own derivation agrees.</summary>
    public static async Task Reach(JoinedHub hub, params JoinedAgent[] agents)
    {
        await Rest(hub, agents);
        foreach (var agent in agents)
        {
            Assert.Equal(hub.Accumulators(), await agent.Accumulators());
        }
    }

    /// <summary>The same for agents that know different persons: nothing is compared between them and the hub.</summary>
    public static async Task Rest(JoinedHub hub, params JoinedAgent[] agents)
    {
        var since = Stopwatch.StartNew();
        // Twice in a row: a settlement makes its agent ask by itself, and what that round brought while one asks here is another's news.
        for (var quiet = 0; quiet < 2;)
        {
            Assert.True(since.Elapsed < Patience, "Agents and hub do not come to rest.");
            quiet = await IsQuiet(hub, agents) ? quiet + 1 : 0;
            if (quiet == 0)
            {
                await Task.Delay(50);
            }
        }
        hub.Verify();
    }

    private static async Task<bool> IsQuiet(JoinedHub hub, JoinedAgent[] agents)
    {
        var news = !hub.HasJudgedAll();
        foreach (var agent in agents)
        {
            var report = await agent.Sync();
            Assert.True(report["heard"]!.GetValue<bool>() && report["failure"] is null, report.ToJsonString());
            news |= report["sentLines"]!.GetValue<long>() + report["feedRows"]!.GetValue<long>() + report["unacknowledged"]!.GetValue<long>() > 0;
        }
        return !news && hub.HasJudgedAll();
    }
}
