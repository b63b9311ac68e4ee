using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Answers that are no hub's, and the gate before the first one.</summary>
public sealed class HubAnswersTests
{
    public static readonly TheoryData<string, Func<HelloAnswer, HelloAnswer>> WrongHellos = new()
    {
        { "ticket", answer => answer with { Ticket = null! } },
        { "epoch", answer => answer with { Epoch = 0 } },
        { "seq", answer => answer with { Seq = -1 } },
        { "hash", answer => answer with { Hash = null! } },
        { "hash", answer => answer with { Hash = new string('x', 64) } },
        { "feeds", answer => answer with { Feeds = null! } },
        { "hubTime", answer => answer with { HubTime = default } },
        { "hubTime", answer => answer with { HubTime = answer.HubTime.AddDays(3_654) } },
    };

    public static readonly TheoryData<string, Func<EnrolAnswer, EnrolAnswer>> WrongEnrolments = new()
    {
        { "region", answer => answer with { Region = " " } },
        { "device", answer => answer with { Device = null! } },
        { "institutionName", answer => answer with { InstitutionName = new string('x', 201) } },
        { "epoch", answer => answer with { Epoch = 0 } },
        { "institutionLevel", answer => answer with { InstitutionLevel = 4 } },
        { "villages", answer => answer with { Villages = null! } },
        { "hubKey", answer => answer with { HubKey = "AAAA" } },
        { "hubKey", answer => answer with { HubKey = "no base64" } },
        { "timeZone", answer => answer with { TimeZone = "Asia/Nowhere" } },
    };

    [Theory]
    [MemberData(nameof(WrongHellos), DisableDiscoveryEnumeration = true)]
    public async Task Hello_NotAHubs_IsNotHeard(string field, Func<HelloAnswer, HelloAnswer> wrong)
    {
        await using var station = await Station.Start();
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        station.Hub.HelloAs = wrong;
        var report = await station.Sync();
        Assert.False(report.Heard);
        Assert.Contains(field + ":", report.Failure, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), station.Part<HubContact>().SinceLastExchange);
        Assert.Equal(0, station.Hub.EpochsAsked);
    }

    [Fact]
    public async Task Hello_HubTimeAtTheEdge_IsHeard()
    {
        await using var station = await Station.Start();
        station.Hub.HelloAs = answer => answer with { HubTime = answer.HubTime.AddDays(3_653) };
        Assert.True((await station.Sync()).Heard);
    }

    [Theory]
    [MemberData(nameof(WrongEnrolments), DisableDiscoveryEnumeration = true)]
    public async Task Enrol_AnswerThatCannotBeLivedWith_KeepsNothing(string field, Func<EnrolAnswer, EnrolAnswer> wrong)
    {
        await using var station = await Station.Bare();
        station.Hub.EnrolAs = wrong;
        var asked = new EnrolAsked("http://127.0.0.1:9", FakeHub.Code);
        var refused = Assert.IsType<EnrolOutcome.Refused>(await station.Part<Enrol>().With(asked, CancellationToken.None)).Why;
        Assert.Equal(Codes.HubUnreachable, refused.Code);
        Assert.Contains(field + ":", refused.Faults[0].Expected, StringComparison.Ordinal);
        Assert.Null(station.Store.Site);
        station.Hub.EnrolAs = answer => answer;
        Assert.IsType<EnrolOutcome.Enrolled>(await station.Part<Enrol>().With(asked, CancellationToken.None));
        await station.Restart();
        Assert.Null(station.Store.Damage);
    }

    [Fact]
    public async Task Open_TimeZoneThatThisMachineDoesNotKnow_OpensRefusing()
    {
        await using var station = await Station.Start();
        var site = station.Store.Site!;
        await station.Store.Do(session =>
        {
            MetaStore.KeepSite(session, site with { TimeZone = "Asia/Nowhere" });
            return true;
        });
        await station.Restart();
        Assert.Contains("Asia/Nowhere", station.Store.Damage, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EdgeHub.Sync.Stores.StoreException>(() => station.CheckIn(1));
    }

    [Fact]
    public async Task Gate_BeforeTheHubWasAsked_EverythingWaits()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await station.Sync();
        station.BeforeFirstQuestion = true;
        await station.Restart();
        var opening = station.CheckIn(2);
        var reversing = station.Part<ReverseVisit>().Reverse(settled.Settlement.ToString("D"), new ReverseRequest("r", "wrong bill", "op"));
        var paying = station.Part<PayOut>().Pay("nowhere", new PayOutRequest("p", "op"));
        Assert.False(opening.IsCompleted || reversing.IsCompleted || paying.IsCompleted);
        await station.Sync();
        await opening;
        Assert.IsType<MoneyOutcome.Done>(await reversing);
        Assert.Equal(Codes.NotFound, Station.Refused(await paying).Code);
    }

    [Fact]
    public async Task Gate_CallerHangsUpWhileWaiting_NothingIsDone()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var settled = await station.Treat(2, 160m);
        station.BeforeFirstQuestion = true;
        await station.Restart();
        var before = await station.Store.Do(session => station.Store.Journal.Head(session));
        using var hangUp = new CancellationTokenSource();
        Task[] waiting =
        [
            station.Part<SettleVisit>().Settle(visit.Visit, station.Bill(160m), hangUp.Token),
            station.Part<ReverseVisit>().Reverse(settled.Settlement.ToString("D"), new ReverseRequest("r", "wrong bill", "op"), hangUp.Token),
            station.Part<PayOut>().Pay("nowhere", new PayOutRequest("p", "op"), hangUp.Token),
            station.Part<CheckIn>().Open(new CheckInRequest("11", new EvidenceGiven("idnumber", Reference.IdNumber(3), null), "op"), hangUp.Token),
        ];
        await hangUp.CancelAsync();
        foreach (var each in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
        }
        Assert.Equal(before.Seq, (await station.Store.Do(session => station.Store.Journal.Head(session))).Seq);
    }
}
