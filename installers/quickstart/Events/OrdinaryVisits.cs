using System.Collections.Concurrent;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>Visits as they come: a person, a few items of the catalogue, a quote, a confirmation; several windows at once.</summary>
public static class OrdinaryVisits
{
    private const int WindowsPerSite = 3;

    /// <summary>So many visits at every site, all sites at the same time.</summary>
    public static async Task<string> RunAsync(Stage stage, Prices prices, int perSite, string when, Dictionary<string, string> facts, CancellationToken stop)
    {
        var milliseconds = new ConcurrentBag<double>();
        var settled = 0;
        long fund = 0, total = 0;
        await Parallel.ForEachAsync(Windows(stage, prices, perSite), new ParallelOptions { MaxDegreeOfParallelism = stage.Sites.Count * WindowsPerSite, CancellationToken = stop },
            async (visit, cancel) =>
            {
                var start = stage.Clock.GetTimestamp();
                var reply = await visit.Site.TreatAsync(visit.Person, visit.Bill, visit.RequestKey, cancel);
                milliseconds.Add(stage.Clock.GetElapsedTime(start).TotalMilliseconds);
                reply.Expect($"{visit.Site.Place.Name}, an ordinary visit {when}");
                Interlocked.Increment(ref settled);
                Interlocked.Add(ref fund, reply.Number("shares", "fund"));
                Interlocked.Add(ref total, reply.Number("totals", "total"));
            });
        var sorted = milliseconds.Order().ToArray();
        facts["visits"] = $"{settled}";
        facts["totalFen"] = $"{total}";
        facts["fundFen"] = $"{fund}";
        facts["medianMilliseconds"] = $"{sorted[sorted.Length / 2]:0}";
        return $"{settled} visits at {stage.Sites.Count} clinics {when}: {Screen.Yuan(total)} yuan billed, the fund pays {Screen.Yuan(fund)}; "
            + $"a visit (check in, quote, confirm) took {sorted[sorted.Length / 2]:0} ms in the middle, {sorted[^1]:0} ms at most.";
    }

    private static List<Visit> Windows(Stage stage, Prices prices, int perSite)
    {
        var dice = new Dice(stage.Options.Seed + perSite);
        var visits = new List<Visit>();
        for (var i = 0; i < perSite; i++)
        {
            foreach (var site in stage.Sites)
            {
                visits.Add(new Visit(site, stage.NextPerson(site), prices.Bill(dice, site.Place.Level), stage.RequestKey(site, "visit")));
            }
        }
        return visits;
    }

    private sealed record Visit(AgentSite Site, Person Person, Bill Bill, string RequestKey);
}
