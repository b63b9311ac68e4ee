using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Accounts;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>The hub recomputes every settlement; each clinic hears what was decided on its own.</summary>
public static class TheHubDecides
{
    /// <summary>Saves every clinic's journal, then waits until the clinic knows a decision on each settlement that stands.</summary>
    public static async Task<string> WaitAsync(Stage stage, Files files, Dictionary<string, string> facts, CancellationToken stop)
    {
        var all = new List<(Settled Settled, Decided Decided)>();
        await Lines.UntilAsync(stage, async site =>
        {
            await File.WriteAllTextAsync(files.Journal(site.Place.Code), await site.JournalAsync(stop), stop);
            var journal = new JournalFile(files.Journal(site.Place.Code));
            var decisions = await OfSiteAsync(site, journal, stop);
            if (decisions is null)
            {
                return false;
            }
            all.AddRange(decisions);
            var json = new JsonObject(decisions.Select(pair => KeyValuePair.Create(pair.Settled.Id, (JsonNode?)new JsonObject
            {
                ["status"] = pair.Decided.Status,
                ["code"] = pair.Decided.Code,
                ["fundDifference"] = pair.Decided.FundDifference,
            })));
            await File.WriteAllTextAsync(files.Decided(site.Place.Code), json.ToJsonString(MorningResult.Json), stop);
            return true;
        }, "hear of a decision on each of its settlements", stop);
        return Words(stage, all, facts);
    }

    /// <summary>Decisions on what stands; null: one is still missing.</summary>
    private static async Task<List<(Settled Settled, Decided Decided)>?> OfSiteAsync(AgentSite site, JournalFile journal, CancellationToken stop)
    {
        var decisions = new List<(Settled, Decided)>();
        foreach (var settled in journal.Standing)
        {
            var shown = (await site.GetAsync($"/api/v1/settlements/{settled.Id}", stop)).Expect($"{site.Place.Name}, a settlement looked up");
            if (shown.Body?["decision"] is not JsonObject decision)
            {
                await site.SyncAsync(stop);
                return null;
            }
            decisions.Add((settled, new Decided(
                decision["status"]!.ToString(), decision["code"]?.ToString() ?? "", decision["fundDifference"]!.GetValue<long>())));
        }
        return decisions;
    }

    private static string Words(Stage stage, List<(Settled Settled, Decided Decided)> all, Dictionary<string, string> facts)
    {
        var adjusted = all.Where(pair => pair.Decided.Status == "Adjusted").ToArray();
        var refused = all.Count(pair => pair.Decided.Status == "Refused");
        facts["accepted"] = $"{all.Count(pair => pair.Decided.Status == "Accepted")}";
        facts["adjusted"] = $"{adjusted.Length}";
        facts["refused"] = $"{refused}";
        facts["adjustedFen"] = $"{adjusted.Sum(pair => pair.Decided.FundDifference)}";
        MorningFault.Unless(refused == 0, $"The hub refused {refused} settlements; none would be right.");
        var each = string.Join("; ", adjusted.Select(pair => $"at {stage.Sites.Find(site => site.Place.Code == pair.Settled.Institution)!.Place.Name} the fund pays {Screen.Yuan(pair.Decided.FundDifference)} yuan more"));
        return $"The hub recomputed {all.Count} settlements with the same rules: {facts["accepted"]} accepted, {adjusted.Length} adjusted ({each}), {refused} refused.";
    }
}
