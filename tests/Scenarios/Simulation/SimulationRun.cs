using System.Diagnostics;
using System.Globalization;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>What came of one seed.</summary>
internal sealed record RunResult(ulong Seed, IReadOnlyList<Broken> Broken, string Trace, string Last, Coverage Coverage, double AgentDays, int Seen, int LostWithDisks, TimeSpan Took)
{
    public string Explain() => string.Create(CultureInfo.InvariantCulture, $"""
        seed {Seed} breaks {string.Join("\n  ", Broken)}
        play it again: EDGEHUB_SIMULATION_SEED={Seed} dotnet test tests/Scenarios --filter FullyQualifiedName~Simulation.SeedTests
        the last steps:
        {Last}
        """);
}

/// <summary>Plays one seed from its beginning to rest, and judges.</summary>
internal static class SimulationRun
{
    public const int Steps = 400;

    /// <summary>For a caller that knows none of our types: what is broken, by number of the promise; blank: nothing.</summary>
    public static string PlayPlain(ulong seed, int steps) =>
        string.Join("; ", Play(seed, steps).Broken.GroupBy(broken => broken.Number).OrderBy(same => same.Key).Select(same => $"{same.First()}"));

    public static RunResult Play(ulong seed, int steps = Steps)
    {
        using var world = new World(seed);
        return Judged(world, () => world.Play(steps));
    }

    /// <summary>The one story that is always the same, with a death where the plan has it.</summary>
    public static RunResult Tell(CrashPlan plan)
    {
        using var world = new World(Story.Seed, Story.Sites, plan);
        return Judged(world, () =>
        {
            plan.IsOn = true;
            new Story(world).Play();
            plan.IsOn = false;
        });
    }

    private static RunResult Judged(World world, Action play)
    {
        var since = Stopwatch.StartNew();
        try
        {
            play();
            var rests = new Rest(world).Reach();
            world.Auditor.Check(0, rests, () => "agents and hub do not come to rest");
            if (rests)
            {
                world.Auditor.JudgeEnd();
            }
        }
        catch (Exception broke) when (broke is not OutOfMemoryException)
        {
            world.Auditor.Check(0, false, () => $"at step {world.Steps}: {broke}");
        }
        return new RunResult(
            world.Seed, world.Auditor.Broken, world.Trace.Hash, world.Trace.Last, world.Coverage, world.AgentDays, world.Auditor.SeenAnswers, world.Auditor.LostWithDisks, since.Elapsed);
    }
}
