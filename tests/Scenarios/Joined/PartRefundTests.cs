using System.Net;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>Partial refunds and desk entries between the real agent and the real hub: a lost answer, a backup put back, a claim that
/// another clinic pays out.</summary>
public sealed class PartRefundTests
{
    private const string Refunds = "select count(*) from entry where kind = 'VisitPartlyRefunded'";
    private const string Standing = "select count(*) from settlement_fact where standing = 'Stands'";
    private readonly SetClock _clock = new(Station.Morning);

    /// <summary>Of 160.00 the fund paid 60.00; 100.00 remain, of which it pays 24.00.</summary>
    [Fact]
    public async Task PartRefund_AnswerLostOnBothLines_StandsOnceEverywhere()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        var settled = await TwoLines(agent);
        await Quiet.Reach(hub, agent);
        (agent.Line.Up, agent.Line.LosesAnswers) = (true, true);
        var (path, request) = Refund(settled, agent.Key());
        var first = await agent.Post(path, request);
        await agent.Sync();
        Assert.True(agent.Line.Lost > 0);
        // The clinic's own system did not hear either: it asks again.
        Assert.Equal(first.ToJsonString(), (await agent.Post(path, request)).ToJsonString());
        agent.Line.LosesAnswers = false;
        await Quiet.Reach(hub, agent);

        Assert.Equal((1, 1), (hub.Number(Refunds), hub.Number(Standing)));
        Assert.Equal((36_00, 24_00), (first["difference"]!["fund"]!.GetValue<long>(), first["now"]!["shares"]!["fund"]!.GetValue<long>()));
        var shown = await agent.Get($"/api/v1/settlements/{first["now"]!["settlement"]}");
        Assert.Equal("Accepted", shown["decision"]!["status"]!.GetValue<string>());
        Assert.Equal(2, shown["chain"]!.AsArray().Count);
        Assert.Contains($"{Reference.Person(1)} Deductible/Year/2025/* 6000", hub.Accumulators());
        Assert.Contains($"{Reference.Person(1)} FundPay/Year/2025/* 2400", hub.Accumulators());
    }

    [Fact]
    public async Task PartRefund_ThenALaterVisitElsewhere_BothStandOnWhatRemained()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        var settled = await one.Treat(1, 40_00);
        await Quiet.Reach(hub, one, other);
        one.Line.Up = false;
        await one.Post($"/api/v1/settlements/{settled["settlement"]}/partial-refund", new
        {
            requestKey = one.Key(), reason = "returned", @operator = "op", lines = new[] { new { no = 1, quantity = 0.25m, amount = 10_00 } },
        });
        // The other clinic does not know yet: it takes 20.00 of the deductible, and 50.00 were left.
        var later = await other.Treat(1, 100_00);
        Assert.Equal(20_00, later["totals"]!["deductible"]!.GetValue<long>());
        one.Line.Up = true;
        await Quiet.Reach(hub, one, other);
        Assert.Equal(2, hub.Number(Standing));
        Assert.Contains($"{Reference.Person(1)} Deductible/Year/2025/* 6000", hub.Accumulators());
        Assert.Equal(-18_00, (await other.Get($"/api/v1/settlements/{later["settlement"]}"))["decision"]!["fundDifference"]!.GetValue<long>());
    }

    [Fact]
    public async Task PartRefund_InABackupThatIsPutBack_IsCarriedAndStandsOnce()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        var settled = await TwoLines(agent);
        await Quiet.Reach(hub, agent);
        agent.Line.Up = false;
        var (path, request) = Refund(settled, agent.Key());
        var refund = await agent.Post(path, request);
        await agent.Close();
        using var backup = new FolderCopy(agent.Folder, "agent.db*");
        await agent.Open();
        await agent.Treat(2, 90_00);
        await Quiet.Reach(hub, agent);
        var before = hub.Accumulators();
        await agent.Close();

        // The backup does not know that the hub has the refund: it seals it again in the epoch that the hub gives.
        backup.PutBack();
        await agent.Open();
        await agent.Sync();
        Assert.Equal(2, (await agent.Status())["epoch"]!.GetValue<long>());
        Assert.Equal(refund.ToJsonString(), (await agent.Post(path, request)).ToJsonString());
        await Quiet.Reach(hub, agent);
        Assert.Equal(2, hub.Number(Standing));
        Assert.Equal(before, hub.Accumulators());

        // What remained is refunded down to its second line: 24.00 come back to the fund.
        var again = await agent.Post($"/api/v1/settlements/{refund["now"]!["settlement"]}/partial-refund", new
        {
            requestKey = agent.Key(), reason = "returned", @operator = "op", lines = new[] { new { no = 2 } },
        });
        Assert.Equal(24_00, again["difference"]!["fund"]!.GetValue<long>());
        await Quiet.Reach(hub, agent);
        Assert.Equal(2, hub.Number(Standing));
        Assert.DoesNotContain(hub.Accumulators(), row => row.StartsWith($"{Reference.Person(1)} FundPay", StringComparison.Ordinal));
    }

    /// <summary>A stay of 600.00: (600 - 100) x 0.8 = 400.00 are owed.</summary>
    [Fact]
    public async Task Reimbursement_TakenInHere_IsDecidedAndPaidOutElsewhereOnce()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        var claim = await one.Post("/api/v1/reimbursements", Claim(one.Key(), "17"));
        var (status, twice) = await one.TryPost("/api/v1/reimbursements", Claim(one.Key(), "17"));
        Assert.Equal((HttpStatusCode.Conflict, "InvoiceAlreadyClaimed"), (status, twice["code"]!.GetValue<string>()));
        await Quiet.Reach(hub, one, other);

        var shown = await one.Get($"/api/v1/reimbursements/{claim["claim"]}");
        Assert.Equal(400_00, shown["payable"]!["open"]!.GetValue<long>());
        Assert.NotEqual("AwaitsDecision", shown["status"]!.GetValue<string>());
        var (paidStatus, paid) = await other.TryPay(Assert.Single(await other.Payables(1))!);
        Assert.Equal((HttpStatusCode.OK, 400_00), (paidStatus, paid["amount"]!.GetValue<long>()));
        await Quiet.Reach(hub, one, other);
        Assert.Equal(0, (await one.Get($"/api/v1/reimbursements/{claim["claim"]}"))["payable"]!["open"]!.GetValue<long>());
        Assert.Equal("NothingOpen", (await one.TryPay(shown["payable"]!)).Body["code"]!.GetValue<string>());
    }

    private static async Task<JsonNode> TwoLines(JoinedAgent agent)
    {
        var visit = await agent.CheckIn(1);
        return await agent.Post($"/api/v1/visits/{visit["visit"]}/settlements", new
        {
            requestKey = agent.Key(), diagnoses = (string[])["J06.9"], useAccount = false, @operator = "op",
            lines = new[] { new { item = "A1", price = 10m, quantity = 10, amount = 100_00 }, new { item = "A1", price = 60m, quantity = 1, amount = 60_00 } },
        });
    }

    private static (string Path, object Request) Refund(JsonNode settled, string key) => ($"/api/v1/settlements/{settled["settlement"]}/partial-refund", new
    {
        requestKey = key, reason = "returned", @operator = "op",
        lines = new object[] { new { no = 1, quantity = 4, amount = 40_00 }, new { no = 2 } },
    });

    private static object Claim(string key, string number) => new
    {
        requestKey = key, evidence = new { kind = "idnumber", number = Reference.IdNumber(1) }, visitType = "21",
        institution = new { code = "530924100301", level = 1, type = "hospital" }, admitted = "2025-03-01", serviceDay = "2025-03-05",
        diagnoses = (string[])["I63.9"], invoice = new { issuer = "530924100301", number }, reasonCode = "SystemDown", @operator = "op",
        lines = new[] { new { item = "A1", price = 600m, quantity = 1, amount = 600_00 } },
    };
}
