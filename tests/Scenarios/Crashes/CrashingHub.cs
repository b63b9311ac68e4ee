using System.Diagnostics;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Scenarios.Postgres;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>The hub's process, killed and started again until it is enough.</summary>
internal sealed class CrashingHub(JoinedHub hub, int seed)
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(3);
    private readonly Random _dice = new(seed);

    public Deaths Deaths { get; } = new();

    public HubProcess Begin(Dictionary<string, string> environment) => HubProcess.Launch(Path.Combine(hub.Folder, "hub"), null, hub.Port, environment);

    public async Task Run(Func<bool> isEnough)
    {
        while (!isEnough())
        {
            var fate = Fate.Drawn(_dice, LongestLife);
            using var process = Begin(fate.Environment);
            if (fate.DuringStart)
            {
                await Task.Delay(fate.After);
                process.Kill();
                Deaths.KilledDuringStart();
                continue;
            }
            var answered = await process.Ready();
            Assert.True(answered || fate.Environment.Count > 0, "The hub did not come up again.");
            for (var since = Stopwatch.StartNew(); !process.HasEnded && since.Elapsed < fate.After;)
            {
                await Task.Delay(5);
            }
            if (process.HasEnded)
            {
                Assert.True(fate.Environment.Count > 0, "The hub ended by itself.");
                Deaths.PowerCut();
            }
            else
            {
                process.Kill();
                Deaths.Killed();
            }
        }
    }
}
