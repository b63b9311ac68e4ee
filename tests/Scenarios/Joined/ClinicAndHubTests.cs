using System.Net;
using System.Text.Json.Nodes;
using EdgeHub.Hub.Feeds;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>The real agent and the real hub together: what one says, the other understands.</summary>
public sealed class ClinicAndHubTests
{
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Settlements_OfAMorning_AreDecidedAndComeBack()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        var settled = new List<JsonNode>();
        for (var person = 1; person <= JoinedHub.Persons; person++)
        {
            settled.Add(await agent.Treat(person, 80_00 + (person * 7_33)));
            settled.Add(await agent.Treat(person, 45_67, "13"));
        }
        await agent.Post($"/api/v1/settlements/{settled[^1]["settlement"]}/reversal", new { requestKey = agent.Key(), reason = "mistake", @operator = "op" });

        await Quiet.Reach(hub, agent);

        foreach (var each in settled)
        {
            var shown = await agent.Get($"/api/v1/settlements/{each["settlement"]}");
            Assert.True(shown["acknowledged"]!.GetValue<bool>());
            Assert.Equal("Accepted", shown["decision"]!["status"]!.GetValue<string>());
        }
        Assert.Equal(settled.Count, hub.Number("select count(*) from settlement_fact"));
        Assert.True((await agent.Status())["synced"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Deductible_AppliedByTwoClinicsOffline_IsPaidBackOnce()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        (one.Line.Up, other.Line.Up) = (false, false);
        // 60.00 of the year's deductible, then 60 %: each clinic takes 76.00 in cash. Together they should have taken 76.00 and 40.00.
        Assert.Equal(76_00, (await one.Treat(1, 100_00))["shares"]!["cash"]!.GetValue<long>());
        Assert.Equal(76_00, (await other.Treat(1, 100_00))["shares"]!["cash"]!.GetValue<long>());
        (one.Line.Up, other.Line.Up) = (true, true);
        await Quiet.Reach(hub, one, other);

        Assert.Equal(36_00, hub.Number("select open from public_payable where open <> 0"));
        var (seenHere, seenThere) = (Assert.Single(await one.Payables(1))!, Assert.Single(await other.Payables(1))!);
        Assert.Equal((36_00, 36_00), (seenHere["open"]!.GetValue<long>(), seenThere["open"]!.GetValue<long>()));
        Assert.Equal(36_00, Assert.Single((await other.CheckIn(1))["payables"]!.AsArray())!["open"]!.GetValue<long>());

        var (paidStatus, paid) = await one.TryPay(seenHere);
        Assert.Equal((HttpStatusCode.OK, 36_00), (paidStatus, paid["amount"]!.GetValue<long>()));
        Assert.Equal("NothingOpen", (await one.TryPay(seenHere)).Body["code"]!.GetValue<string>());
        await Quiet.Reach(hub, one, other);

        Assert.Equal("NothingOpen", (await one.TryPay(seenHere)).Body["code"]!.GetValue<string>());
        Assert.Equal("NothingOpen", (await other.TryPay(seenThere)).Body["code"]!.GetValue<string>());
        Assert.Equal(0, hub.Number("select count(*) from public_payable where open <> 0"));
        Assert.Equal(1, hub.Number("select count(*) from settlement_refund"));
        foreach (var clinic in (JoinedAgent[])[one, other])
        {
            var (status, refused) = await clinic.TryPost($"/api/v1/settlements/{seenHere["settlement"]}/reversal", new { requestKey = clinic.Key(), reason = "mistake", @operator = "op" });
            Assert.NotEqual(HttpStatusCode.OK, status);
            Assert.Contains(refused["code"]!.GetValue<string>(), (string[])["RefundAlreadyPaid", "NotFound"]);
        }
    }

    [Fact]
    public async Task Acknowledgement_ThatWasLost_IsHeardAgainAndTheBatchStandsOnce()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        agent.Line.Up = false;
        await agent.Treat(1, 100_00);
        await agent.Treat(2, 50_00);
        await agent.Sync();
        (agent.Line.Up, agent.Line.LosesAnswers) = (true, true);

        // A round by itself may come before this one; one of them lost the answer, and the next hears of it from the hub.
        await agent.Sync();
        Assert.True(agent.Line.Lost > 0);
        Assert.Equal(2, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));

        agent.Line.LosesAnswers = false;
        await Quiet.Reach(hub, agent);
        Assert.Equal(2, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));
        Assert.Equal((await agent.Status())["seq"]!.GetValue<long>(), hub.Number("select count(*) from entry"));
    }

    [Fact]
    public async Task Settlement_OfAPersonBlacklistedMeanwhile_LeavesAgentAndHubWithTheSameAccumulators()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 30_00);
        await Quiet.Reach(hub, agent);
        agent.Line.Up = false;
        BlacklistFile.Load(hub.Store, [new BlacklistRow("P1", Reference.Person(1), "card reported lost", new DateOnly(2025, 1, 1), "")]);
        var uncovered = await agent.Treat(1, 100_00);
        var accepted = await agent.Treat(2, 100_00);
        agent.Line.Up = true;
        await Quiet.Reach(hub, agent);

        var decision = (await agent.Get($"/api/v1/settlements/{uncovered["settlement"]}"))["decision"]!;
        Assert.Equal((Codes.Blacklisted, -uncovered["shares"]!["fund"]!.GetValue<long>()), (decision["cause"]!.GetValue<string>(), decision["fundDifference"]!.GetValue<long>()));
        Assert.Equal("Accepted", (await agent.Get($"/api/v1/settlements/{accepted["settlement"]}"))["decision"]!["status"]!.GetValue<string>());
        Assert.Contains($"{Reference.Person(1)} Deductible/Year/2025/* 3000", await agent.Accumulators());
    }
}
