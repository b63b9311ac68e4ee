using System.Diagnostics;
using System.Net;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>Patients from elsewhere in the county: asked for with the line up, found in the county's index with the line cut.</summary>
public sealed class OutsidersTests
{
    private const int One = JoinedHub.Persons + 1;
    private const int Two = JoinedHub.Persons + 2;
    private const int Nobody = JoinedHub.Persons + 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Outsiders_OnLineOfflineAndOnLineAgain_AgentAndHubAgree()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var here = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var there = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        await Indexed(here);

        // On line: the hub is asked, and says what each has used up. 60.00 deductible, then 60 %.
        Assert.Equal("lookup", (await here.CheckIn(One))["knownBy"]!.GetValue<string>());
        Assert.Equal(24_00, (await here.Treat(One, 100_00))["shares"]!["fund"]!.GetValue<long>());
        Assert.Equal(24_00, (await there.Treat(Two, 100_00))["shares"]!["fund"]!.GetValue<long>());
        Assert.Equal("UnknownPerson", (await CheckIn(here, Nobody)).Code);
        await Agree(hub, here, there);
        Assert.Equal([" 1", "P7 1", "P8 1"], hub.Store.Read(session => session.Query<string>(
            "select person || ' ' || count(*) from public_person_look group by person order by person", new { })));

        // The line is cut: who was heard of goes on, who is in the index is settled on cover alone, who is not is refused by name.
        here.Line.Up = false;
        Assert.Equal(60_00, (await here.Treat(One, 100_00))["shares"]!["fund"]!.GetValue<long>());
        var visit = await here.CheckIn(Two);
        Assert.Equal(("index", ""), (visit["knownBy"]!.GetValue<string>(), visit["name"]!.GetValue<string>()));
        var (status, refused) = await here.TryPost($"/api/v1/visits/{visit["visit"]}/settlements", here.Bill(400_00));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "OfflineAmountPerVisit"), (status, refused["code"]!.GetValue<string>()));
        var settled = await here.Post($"/api/v1/visits/{visit["visit"]}/settlements", here.Bill(100_00));
        // The index knows nothing of the deductible that was used up elsewhere.
        Assert.Equal(76_00, settled["shares"]!["cash"]!.GetValue<long>());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "OutsideCatchmentOffline"), await CheckIn(here, Nobody));

        // Back on line: the hub computes on the truth, the patient gets back what was paid too much, both sides hold the same.
        here.Line.Up = true;
        await Agree(hub, here, there);
        Assert.Equal(36_00, hub.Number("select open from public_payable where open <> 0 and person = 'P8'"));
        Assert.Equal(36_00, Assert.Single(await here.Payables(Two))!["open"]!.GetValue<long>());
        var (paid, answer) = await here.TryPay((await here.Payables(Two))[0]!);
        Assert.Equal((HttpStatusCode.OK, 36_00), (paid, answer["amount"]!.GetValue<long>()));
        Assert.Equal(60_00, (await here.Treat(Two, 100_00))["shares"]!["fund"]!.GetValue<long>());
        await Agree(hub, here, there);
        Assert.Equal(0, hub.Number("select count(*) from public_quarantine where released_ms is null"));
        Assert.Equal(["feed 0", "index 1", "lookup 4"], hub.Store.Read(session => session.Query<string>(
            "select k.word || ' ' || (select count(*) from settlement_fact f where f.known_by = k.word) from (select 'feed' as word union all select 'index' union all select 'lookup') k order by 1", new { })));
    }

    /// <summary>All rest, and each clinic holds the hub's amounts of the outsiders whom it treated: here both, there one.</summary>
    private static async Task Agree(JoinedHub hub, JoinedAgent here, JoinedAgent there)
    {
        await Quiet.Rest(hub, here, there);
        Assert.Equal(hub.Accumulators().Where(row => row.StartsWith("P8", StringComparison.Ordinal)), await there.Accumulators());
        var held = await here.Accumulators();
        Assert.Equal(hub.Accumulators().Where(row => row.StartsWith("P7", StringComparison.Ordinal) || held.Any(own => own.StartsWith("P8", StringComparison.Ordinal))), held);
    }

    /// <summary>Until the hub has made the index and the agent holds it.</summary>
    private static async Task Indexed(JoinedAgent agent)
    {
        var since = Stopwatch.StartNew();
        while (await agent.Store.Do(session => agent.Store.Outsiders.InIndex(session, Reference.IdNumber(Two))) is null)
        {
            Assert.True(since.Elapsed < Patience, "The county's index does not come.");
            await Task.Delay(50);
            await agent.Sync();
        }
    }

    private static async Task<(HttpStatusCode Status, string Code)> CheckIn(JoinedAgent agent, int person)
    {
        var (status, body) = await agent.TryPost("/api/v1/visits", new { visitType = "11", evidence = new { kind = "idnumber", number = Reference.IdNumber(person) }, @operator = "op" });
        return (status, body["code"]?.GetValue<string>() ?? "");
    }
}
