using System.Globalization;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The simulation finds what it is for: fourteen bugs, each alone in a copy of the product.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int Budget = 12;

    public static TheoryData<int> Bugs => new(Enumerable.Range(0, PlantedBug.All.Count));

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Planted_IsFoundWithinItsBudget(int number)
    {
        var bug = PlantedBug.All[number];

        var found = bug.Find(Budget, SimulationRun.Steps);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bug.Name} | seeds: {found?.Seeds} | {found?.Broken}"));
        Assert.NotNull(found);
    }
}
