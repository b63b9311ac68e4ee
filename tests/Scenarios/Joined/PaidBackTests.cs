using System.Net;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>What two clinics cannot know of each other while the line is cut: the hub sees it, opens a case and stays in balance.</summary>
public sealed class PaidBackTests
{
    private const string Open = "select cast(coalesce(sum(open), 0) as bigint) from public_payable";
    private const string Cases = "select count(*) from public_recovery_case where kind = 'RefundOverpaid' and closed_ms is null";
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Payable_PaidOutByTwoClinicsOffline_IsACaseAtTheHub()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        var (payable, _) = await OwedByBoth(hub, one, other);
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
        var (payable, owner) = await OwedByBoth(hub, one, other);
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

    /// <summary>Each clinic takes the year's deductible of 60.00; 36.00 of it is owed back.</summary>
    /// <returns>What is owed, and the clinic whose settlement it is.</returns>
    private static async Task<(JsonNode Payable, JoinedAgent Owner)> OwedByBoth(JoinedHub hub, JoinedAgent one, JoinedAgent other)
    {
        (one.Line.Up, other.Line.Up) = (false, false);
        var first = await one.Treat(1, 100_00);
        await other.Treat(1, 100_00);
        (one.Line.Up, other.Line.Up) = (true, true);
        await Quiet.Reach(hub, one, other);
        var payable = Assert.Single(await one.Payables(1))!;
        return (payable, payable["settlement"]!.GetValue<string>() == first["settlement"]!.GetValue<string>() ? one : other);
    }
}
