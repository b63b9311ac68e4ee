using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Nothing is lost and nothing is done twice, wherever in a story a process dies: at the first write of each transaction, in front of
/// its commit and behind it, at the hub, at a command beside it, at each clinic. Some of the points at equal distances; EDGEHUB_CRASH_POINTS=all: every
/// one, =NUMBER: that one alone. EDGEHUB_CRASH_LOG: a file for a line on each death.</summary>
public sealed class EveryPointTests(ITestOutputHelper output)
{
    private const string Given = "EDGEHUB_CRASH_POINTS";
    private const int LeastPoints = 800;

    /// <summary>How many deaths each process has in the tests.</summary>
    private static readonly Dictionary<string, int> Budget = new(StringComparer.Ordinal) { ["hub"] = 10, ["command"] = 3, ["a1"] = 4, ["a2"] = 5 };

    [Fact]
    public void Death_AtEachPointOfTheStory_BreaksNoPromise()
    {
        var whole = Played(0);
        Assert.True(whole.Result.Broken.Count == 0, "the story breaks by itself: " + whole.Result.Explain());
        var all = whole.Plan.Points.Count;
        Assert.True(all >= LeastPoints, $"the story has {all} points, expected {LeastPoints}: what is it that does not write any more?");
        var (since, struck, failed, lost) = (Stopwatch.StartNew(), 0, new List<string>(), 0);
        foreach (var (point, plan, result) in Threads.Each(Points(whole.Plan.Points), point => Played(point) is var (plan, result) ? (point, plan, result) : default))
        {
            struck += plan.Struck is null ? 0 : 1;
            lost += result.Broken.Any(broken => broken.Number == 1) ? 1 : 0;
            Log($"{plan.Struck}: {(result.Broken.Count == 0 ? "nothing broken" : result.Explain())}");
            if (plan.Struck is null || result.Broken.Count > 0)
            {
                failed.Add($"{plan.Struck ?? "nothing died"}; play it again with {Given}={point}\n{result.Explain()}");
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {all} points: {string.Join(", ", whole.Plan.Counts.Select(each => $"{each.Key} {each.Value}"))};
            {struck} deaths, each at a point of its own, {failed.Count} that broke a promise, {lost} that lost anything; {whole.Result.Seen} answers seen by people in each; {since.Elapsed.TotalSeconds:N1} s
            """));
        Assert.True(failed.Count == 0, $"{failed.Count} deaths broke a promise:\n{string.Join("\n\n", failed.Take(3))}");
    }

    private static (CrashPlan Plan, RunResult Result) Played(long point)
    {
        var plan = new CrashPlan(point);
        return (plan, SimulationRun.Tell(plan));
    }

    /// <summary>The hub's and its commands' points first. Some: of each process as many as its budget says, at equal distances.</summary>
    private static IEnumerable<long> Points(IReadOnlyList<string> owners)
    {
        var all = owners.Select((owner, i) => (Owner: owner, Number: i + 1L)).GroupBy(each => each.Owner, each => each.Number, StringComparer.Ordinal)
            .OrderByDescending(each => each.Key, StringComparer.Ordinal).Select(each => (Owner: each.Key, Numbers: each.ToList())).ToList();
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given)
        {
            return given == "all" ? all.SelectMany(each => each.Numbers) : [long.Parse(given, CultureInfo.InvariantCulture)];
        }
        return all.SelectMany(each => Enumerable.Range(0, Budget[each.Owner]).Select(i => each.Numbers[((2 * i) + 1) * each.Numbers.Count / (2 * Budget[each.Owner])]));
    }

    private static void Log(string line)
    {
        if (Environment.GetEnvironmentVariable("EDGEHUB_CRASH_LOG") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
