using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>What happens at a clinic's desk while the line is cut: refusals with their reason, a reversal, a request sent twice.</summary>
public static class AtTheDesk
{
    private const int MostTries = 8;
    private const int DearYuan = 1_500;

    /// <summary>A person whom the bureau has put on the blacklist shows the card.</summary>
    public static async Task<string> BlacklistedCardAsync(Stage stage, Person person, Prices prices, Dictionary<string, string> facts, CancellationToken stop)
    {
        var site = stage.Village;
        await site.PresentCardAsync(person, stop);
        var reply = await site.OpenVisitAsync(person, "11", byCard: true, stop);
        if (reply.Good)
        {
            reply = await site.SettleAsync(reply.Text("visit"), prices.Small(), stage.RequestKey(site, "blacklisted"), null, stop);
        }
        await site.TakeCardAsync(stop);
        facts["code"] = reply.Code;
        facts["detail"] = reply.Body?["detail"]?.ToString() ?? "";
        MorningFault.Unless(!reply.Good && reply.Code == "Blacklisted", $"A blacklisted card got {reply.Status} {reply.Code}; Blacklisted would be right.");
        return $"A blacklisted card at {site.Place.Name} is refused though the line is cut: {facts["detail"]}";
    }

    /// <summary>One person comes again and again until a limit of the bureau on offline settlements says no.</summary>
    public static async Task<string> LimitReachedAsync(Stage stage, Prices prices, Dictionary<string, string> facts, CancellationToken stop)
    {
        var site = stage.Township;
        var person = stage.NextPerson(site);
        var settled = 0;
        Reply reply;
        do
        {
            reply = await site.SettleAtOnceAsync(person, prices.Small(), stage.RequestKey(site, "limit"), stop);
            settled += reply.Good ? 1 : 0;
        }
        while (reply.Good && settled < MostTries);
        facts["settledBefore"] = $"{settled}";
        facts["code"] = reply.Code;
        var dear = await site.SettleAtOnceAsync(stage.NextPerson(site), prices.About(DearYuan), stage.RequestKey(site, "dear"), stop);
        facts["amountCode"] = dear.Code;
        MorningFault.Unless(reply.Code.StartsWith("Offline", StringComparison.Ordinal),
            $"{settled} visits of one person in one offline day ended with \"{reply.Code}\"; a limit of the bureau would be right.");
        MorningFault.Unless(dear.Code == "OfflineAmountPerVisit", $"A bill of {DearYuan} yuan got {dear.Status} {dear.Code}; OfflineAmountPerVisit would be right.");
        return $"After {settled} visits of one person on one offline day the next is refused by the bureau's limit ({reply.Code}), and so is a bill of {DearYuan} yuan ({dear.Code}). "
            + "Both are kept as evidence that it was not the clinic's failure.";
    }

    /// <summary>A settlement that was a mistake is reversed; it cannot be reversed twice.</summary>
    public static async Task<string> ReversalAsync(Stage stage, Prices prices, Dictionary<string, string> facts, CancellationToken stop)
    {
        var site = stage.Village;
        var settled = (await site.TreatAsync(stage.NextPerson(site), prices.Small(), stage.RequestKey(site, "mistake"), stop)).Expect("The visit that will be reversed");
        var path = $"/api/v1/settlements/{settled.Text("settlement")}/reversal";
        (await site.PostAsync(path, Reason(stage.RequestKey(site, "reversal")), stop)).Expect("The reversal");
        var again = await site.PostAsync(path, Reason(stage.RequestKey(site, "reversal")), stop);
        facts["settlement"] = settled.Text("settlement");
        facts["secondTime"] = again.Code;
        MorningFault.Unless(again.Code == "AlreadyReversed", $"A second reversal got {again.Status} {again.Code}; AlreadyReversed would be right.");
        return $"A mistaken settlement at {site.Place.Name} is reversed; a second reversal is refused ({again.Code}).";
    }

    /// <summary>The same request twice gets the same answer; the same key with another content is refused.</summary>
    public static async Task<string> SameRequestAsync(Stage stage, Prices prices, Dictionary<string, string> facts, CancellationToken stop)
    {
        var site = stage.Sites[^1];
        var visit = (await site.OpenVisitAsync(stage.NextPerson(site), "11", byCard: false, stop)).Expect("Check in").Text("visit");
        var key = stage.RequestKey(site, "twice");
        var first = (await site.SettleAsync(visit, prices.Small(), key, null, stop)).Expect("The first of two same requests");
        var second = (await site.SettleAsync(visit, prices.Small(), key, null, stop)).Expect("The second of two same requests");
        var other = await site.SettleAsync(visit, prices.Large(), key, null, stop);
        facts["first"] = first.Text("settlement");
        facts["second"] = second.Text("settlement");
        facts["otherContent"] = other.Code;
        MorningFault.Unless(facts["first"] == facts["second"] && first.Text("seq") == second.Text("seq"), "The same request settled twice.");
        MorningFault.Unless(other.Code == "RequestKeyReused", $"A reused key got {other.Status} {other.Code}; RequestKeyReused would be right.");
        return "The same request sent twice gets the same settlement; its key with another content is refused (RequestKeyReused).";
    }

    private static System.Text.Json.Nodes.JsonObject Reason(string requestKey) =>
        new() { ["requestKey"] = requestKey, ["reason"] = "sample: wrong patient chosen", ["operator"] = "sample-01" };
}
