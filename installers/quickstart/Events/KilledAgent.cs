using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>An agent dies by SIGKILL between a confirmation and its answer; started again, it knows the one truth.</summary>
public static class KilledAgent
{
    public static async Task<string> RunAsync(Stage stage, Prices prices, Dictionary<string, string> facts, CancellationToken stop)
    {
        var site = stage.Sites[3];
        var visit = (await site.OpenVisitAsync(stage.NextPerson(site), "11", byCard: false, stop)).Expect("Check in").Text("visit");
        var key = stage.RequestKey(site, "unanswered");
        await site.ConfirmAndHangUpAsync(visit, prices.Large(), key, stop);
        site.KillHard();
        await site.StartAsync(stage.Hub.Url, stop);

        var asked = (await site.GetAsync($"/api/v1/requests/{key}", stop)).Expect("The question by request key after the restart");
        var repeated = (await site.SettleAsync(visit, prices.Large(), key, null, stop)).Expect("The same request after the restart");
        var inJournal = (await site.JournalAsync(stop)).Split('\n').Count(line => line.Contains($"\"requestKey\":\"{key}\"", StringComparison.Ordinal));
        facts["settlement"] = repeated.Text("settlement");
        facts["entriesInJournal"] = $"{inJournal}";
        MorningFault.Unless(inJournal == 1, $"{inJournal} journal entries carry the request that was cut off; one would be right.");
        MorningFault.Unless((asked.Body?.ToJsonString() ?? "").Contains(facts["settlement"], StringComparison.Ordinal),
            "The question by request key and the repeated request name different settlements.");
        return $"{site.Place.Name} is killed (-9) after the confirmation, before the answer is read; started again, it says by the request's key: settled, once.";
    }
}
