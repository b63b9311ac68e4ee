using System.Globalization;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The fixed budget of seeds, or the one that EDGEHUB_SIMULATION_SEED names.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int Budget = 20;
    private static readonly string? Asked = Environment.GetEnvironmentVariable("EDGEHUB_SIMULATION_SEED");

    [Fact]
    public void Seeds_Played_BreakNoPromise()
    {
        var seeds = Asked is { Length: > 0 } one ? [ulong.Parse(one, CultureInfo.InvariantCulture)] : Enumerable.Range(1, Budget).Select(seed => (ulong)seed).ToList();
        var coverage = new Coverage();
        var (days, seen, lost, took) = (0.0, 0, 0, TimeSpan.Zero);
        var failures = new List<string>();
        foreach (var seed in seeds)
        {
            var result = SimulationRun.Play(seed);
            coverage.Add(result.Coverage);
            (days, seen, lost, took) = (days + result.AgentDays, seen + result.Seen, lost + result.LostWithDisks, took + result.Took);
            if (result.Broken.Count > 0)
            {
                failures.Add(result.Explain());
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds.Count} runs, {days:N0} agent-days, {coverage.Faults} faults, {seen} answers seen, {lost} lost with their only disk, {took.TotalSeconds:N1} s"));
        output.WriteLine(coverage.Report());
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Take(3)));
    }

    [Fact]
    public void Seed_PlayedTwice_HasTheSameTrace() => Assert.Equal(SimulationRun.Play(7, 150).Trace, SimulationRun.Play(7, 150).Trace);
}
