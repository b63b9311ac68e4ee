using EdgeHub.Quickstart.Accounts;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>Two hospitals apply one person's yearly deductible while neither can know of the other; the hub puts it right and
/// owes the patient the difference, which any clinic pays out.</summary>
public sealed class OneDeductible(Stage stage, Prices prices)
{
    private const decimal BillYuan = 160m;
    private Person? _person;
    private long _rightFen;

    public async Task<string> TwoClinicsAsync(Dictionary<string, string> facts, CancellationToken stop)
    {
        _person = stage.NextPerson(stage.Township);
        var first = await SettleAsync(stage.Township, stop);
        var second = await SettleAsync(stage.CountyHospital, stop);
        facts["person"] = _person.Number;
        facts["firstSettlement"] = first.Text("settlement");
        facts["secondSettlement"] = second.Text("settlement");
        var (a, b) = (first.Number("totals", "deductible"), second.Number("totals", "deductible"));
        (facts["firstDeductibleFen"], facts["secondDeductibleFen"]) = ($"{a}", $"{b}");
        MorningFault.Unless(a > 0 && b > 0, $"The two clinics took {a} and {b} fen of deductible; each should have taken some.");
        _rightFen = FundRate.Of(Math.Min(a, b), stage.CountyHospital.Place.Level, stage.Options);
        return $"One person is treated at {stage.Township.Place.Name} and at {stage.CountyHospital.Place.Name}; both, cut off, take the yearly deductible: "
            + $"{Screen.Yuan(a)} and {Screen.Yuan(b)} yuan.";
    }

    /// <summary>After the recompute: what is owed is shown at both sites, and paid out at one.</summary>
    public async Task<string> PaidOutAsync(Dictionary<string, string> facts, CancellationToken stop)
    {
        MorningFault.Unless(_person is not null && _rightFen > 0, "There was no deductible taken twice, so nothing is owed.");
        var atCounty = await PayableAsync(stage.CountyHospital, stop);
        var atTownship = await PayableAsync(stage.Township, stop);
        facts["owedFen"] = $"{atCounty.Open}";
        facts["decision"] = atCounty.Decision;
        MorningFault.Unless(atCounty == atTownship, $"The two clinics show different debts: {atCounty} and {atTownship}.");
        MorningFault.Unless(atCounty.Open == _rightFen, $"{atCounty.Open} fen are owed; {_rightFen} would be right: the deductible taken twice, times the fund's rate there.");
        (await PayAsync(stage.Township, atCounty.Decision, stage.RequestKey(stage.Township, "refund"), stop)).Expect("The refund is paid out");
        var again = await PayAsync(stage.Township, atCounty.Decision, stage.RequestKey(stage.Township, "refund"), stop);
        facts["secondPayment"] = again.Code;
        MorningFault.Unless(!again.Good, "The same debt was paid out twice.");
        return $"The hub takes the deductible once: {Screen.Yuan(atCounty.Open)} yuan are owed to the patient, shown at both hospitals, paid out at {stage.Township.Place.Name}; "
            + $"a second payment is refused ({again.Code}).";
    }

    /// <summary>Once the refund has reached the hub nothing is owed anywhere.</summary>
    public async Task<string> NothingOwedAsync(Dictionary<string, string> facts, CancellationToken stop)
    {
        await Lines.UntilAsync(stage, async site =>
        {
            // The hub judges the refund some moments after it has stored it; the clinic hears of that with a round.
            await site.SyncAsync(stop);
            return (await PayableAsync(site, stop)).Open == 0;
        }, "show the debt as paid", stop);
        facts["leftFen"] = $"{(await PayableAsync(stage.CountyHospital, stop)).Open}";
        return $"The refund reaches the hub, and no clinic shows a debt any more.";
    }

    private async Task<Reply> SettleAsync(AgentSite site, CancellationToken stop) =>
        (await site.TreatAsync(_person!, prices.About(BillYuan), stage.RequestKey(site, "deductible"), stop)).Expect($"{site.Place.Name}, the visit on the deductible");

    private Task<Reply> PayAsync(AgentSite site, string decision, string requestKey, CancellationToken stop) =>
        site.PostAsync($"/api/v1/payables/{decision}/payment", new() { ["requestKey"] = requestKey, ["operator"] = "sample-01" }, stop);

    /// <summary>What one clinic shows as owed to the person; zero and no decision where it shows nothing.</summary>
    private async Task<Owed> PayableAsync(AgentSite site, CancellationToken stop)
    {
        var reply = (await site.GetAsync($"/api/v1/persons/{_person!.Number}/payables", stop)).Expect("What is owed to the person");
        var rows = reply.Body is System.Text.Json.Nodes.JsonArray array ? array : reply.Body?["payables"]?.AsArray() ?? [];
        var open = rows.Where(row => row!["open"]!.GetValue<long>() > 0).ToArray();
        MorningFault.Unless(open.Length <= 1, $"{site.Place.Name} shows {open.Length} debts to one person; one would be right.");
        return open.Length == 0 ? new Owed("", 0) : new Owed(open[0]!["decision"]!.ToString(), open[0]!["open"]!.GetValue<long>());
    }

    private sealed record Owed(string Decision, long Open);
}
