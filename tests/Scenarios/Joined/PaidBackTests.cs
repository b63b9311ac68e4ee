using System.Net;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>What two clinics cannot know of each other while the line is cut: the hub sees it, opens a case and stays in balance.</summary>
public sealed class PaidBackTests
{
    private const string Open = "select cast(coalesce(sum(open), 0) as bigint) from public_payable";
    private const string Cases = "select count(*) from public_recovery_case where kind = 'RefundOverpaid' and closed_ms is null";

    /// <summary>The reference book's outpatient row with catastrophic insurance, half above 80.00, and assistance, 40 % above 90.00.</summary>
    private const string Layers = """
        {
          "id": "layers-2025", "version": 1, "region": "530924", "currency": "CNY", "first": "2025-01-01", "last": "2025-12-31",
          "knownFrom": "2024-12-20", "source": "sample",
          "rows": [
            "pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap,scope,catastrophic_threshold,catastrophic_tiers,catastrophic_cap,assistance_threshold,assistance_rate,assistance_cap",
            "530924,390,11,no,,,,,,,,,year,60.00,0.6,,2000.00,,80.00,*:0.5,,90.00,0.4,"
          ]
        }
        """;

    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Payable_PaidOutByTwoClinicsOffline_IsACaseAtTheHub()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        var (payable, _, _) = await OwedByBoth(hub, one, other);
        (one.Line.Up, other.Line.Up) = (false, false);
        Assert.Equal(HttpStatusCode.OK, (await one.TryPay(payable)).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.TryPay(payable)).Status);
        Assert.Equal("NothingOpen", (await one.TryPay(payable)).Body["code"]!.GetValue<string>());
        (one.Line.Up, other.Line.Up) = (true, true);
        await Quiet.Reach(hub, one, other);

        Assert.Equal((-36_00, 1), (hub.Number(Open), hub.Number(Cases)));
        Assert.Equal(0, Assert.Single(await one.Payables(1))!["open"]!.GetValue<long>());
        Assert.Equal("NothingOpen", (await other.TryPay(payable)).Body["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Settlement_ReversedBeforeItsClinicHeardOfAPayoutElsewhere_IsACaseAtTheHub()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        var (payable, owner, _) = await OwedByBoth(hub, one, other);
        var payer = owner == one ? other : one;
        owner.Line.Up = false;
        Assert.Equal(HttpStatusCode.OK, (await payer.TryPay(payable)).Status);
        await payer.Sync();
        var back = await owner.Post($"/api/v1/settlements/{payable["settlement"]}/reversal", new { requestKey = owner.Key(), reason = "mistake", @operator = "op" });
        Assert.Equal(76_00, back["shares"]!["cash"]!.GetValue<long>());
        owner.Line.Up = true;
        await Quiet.Reach(hub, one, other);

        Assert.Equal((-36_00, 1), (hub.Number(Open), hub.Number(Cases)));
        Assert.All(await payer.Payables(1), row => Assert.Equal(0, row!["open"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Payable_OfFundAndLayers_PaidAtTheOtherClinic_IsOwedToItByEachOfThem(bool reversedSince)
    {
        await using var hub = await JoinedHub.Start(_clock, Layers);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        // Each clinic knows of its own 100.00 only: fund (100 - 60) x 60 % = 24. Of the second: fund 60; own pay 76 + 40, above 80: 18;
        // what is left 76 + 22, above 90: 3.20. The patient paid 76.00 for 18.80.
        var (payable, owner, earlier) = await OwedByBoth(hub, one, other);
        Assert.Equal(57_20, payable["amount"]!.GetValue<long>());
        var (payer, site) = owner == one ? (other, JoinedHub.OtherClinic) : (one, JoinedHub.Clinic);

        Assert.Equal(HttpStatusCode.OK, (await payer.TryPay(payable)).Status);
        await Quiet.Reach(hub, one, other);
        if (reversedSince)
        {
            // Now the second was right all along: each of the three advances what it once owed.
            await payer.Post($"/api/v1/settlements/{earlier}/reversal", new { requestKey = payer.Key(), reason = "mistake", @operator = "op" });
            await Quiet.Reach(hub, one, other);
        }

        Assert.Equal(
            ((reversedSince ? 0 : 24_00) + 36_00, 18_00, 3_20),
            (hub.Balance("SettledPool", site), hub.Balance("SettledCatastrophic", site), hub.Balance("SettledAssistance", site)));
        Assert.Equal(reversedSince ? (-57_20, 1) : (0, 0), (hub.Number(Open), hub.Number(Cases)));
    }

    /// <summary>Each clinic takes the year's deductible of 60.00; 36.00 of it is owed back.</summary>
    /// <returns>What is owed, the clinic whose settlement it is, and the settlement of the other one.</returns>
    private static async Task<(JsonNode Payable, JoinedAgent Owner, string Earlier)> OwedByBoth(JoinedHub hub, JoinedAgent one, JoinedAgent other)
    {
        (one.Line.Up, other.Line.Up) = (false, false);
        var first = await one.Treat(1, 100_00);
        var second = await other.Treat(1, 100_00);
        (one.Line.Up, other.Line.Up) = (true, true);
        await Quiet.Reach(hub, one, other);
        var payable = Assert.Single(await one.Payables(1))!;
        var (ofFirst, ofSecond) = (first["settlement"]!.GetValue<string>(), second["settlement"]!.GetValue<string>());
        return payable["settlement"]!.GetValue<string>() == ofFirst ? (payable, one, ofSecond) : (payable, other, ofFirst);
    }
}
