using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Why a visit was not settled on the spot (Z27 rule 2, 五(二)2), and the day's contacts by channel and profession (O6).</summary>
public sealed class SayUnsettledTests
{
    public static TheoryData<string> EveryReason => [.. UnsettledReasons.All];

    [Theory]
    [MemberData(nameof(EveryReason))]
    public async Task Say_EachReason_IsAnEntryAndStandsInTheEvidence(string reason)
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(3);
        Assert.Null(Assert.Single(await OfDay(station)).Said);
        Assert.Equal(new UnsettledOutcome.Kept(visit.Visit, reason, Again: false), await Say(station, visit.Visit, reason));
        Assert.Equal(new UnsettledOutcome.Kept(visit.Visit, reason, Again: true), await Say(station, visit.Visit, reason));
        Assert.Equal(reason, Assert.Single(await OfDay(station)).Said);
        await station.Sync();
        Assert.Equal(
            new VisitUnsettled(visit.Visit, "P3", "11", station.Store.Clock.Today, reason, "03"),
            JournalCodec.ReadBody<VisitUnsettled>(System.Text.Encoding.UTF8.GetBytes(Assert.Single(Entries(station)).Body)));
    }

    [Fact]
    public async Task Say_AnotherReason_TheLastOneCounts()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(3);
        await Say(station, visit.Visit, UnsettledReasons.SystemFailed);
        await Say(station, visit.Visit, UnsettledReasons.PatientLeft);
        Assert.Equal(UnsettledReasons.PatientLeft, Assert.Single(await OfDay(station)).Said);
        await station.Sync();
        Assert.Equal(2, Entries(station).Count());
    }

    [Theory]
    [InlineData(null, Codes.Missing)]
    [InlineData(" ", Codes.Missing)]
    [InlineData("TooTired", Codes.UnknownCode)]
    public async Task Say_NoReasonOfTheList_IsRefused(string? reason, string code)
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(3);
        Assert.Equal(code, Refused(await Say(station, visit.Visit, reason)));
        Assert.Null(Assert.Single(await OfDay(station)).Said);
    }

    /// <summary>The boundary: settled on its day needs no reason; settled on the day after does.</summary>
    [Fact]
    public async Task Say_OfASettledVisit_IsRefusedOnItsDayAlone()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 40m);
        Assert.Equal(Codes.AlreadySettled, Refused(await Say(station, settled.Visit, UnsettledReasons.PatientLeft)));
        Assert.Equal(Codes.NotFound, Refused(await Say(station, "no-such-visit", UnsettledReasons.PatientLeft)));
        var late = await station.CheckIn(2);
        station.Clock.Advance(TimeSpan.FromDays(1));
        await station.Sync();
        Station.Settled(await station.Settle(late.Visit, station.Bill(40m)));
        Assert.IsType<UnsettledOutcome.Kept>(await Say(station, late.Visit, UnsettledReasons.SystemFailed));
        // Taken back: nothing stands any more, and why may be said.
        await station.Reverse(settled.Settlement);
        Assert.IsType<UnsettledOutcome.Kept>(await Say(station, settled.Visit, UnsettledReasons.OpenedByMistake));
    }

    [Fact]
    public async Task Replay_OfTheJournal_GivesTheSameReasonsAndContacts()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(3);
        await Say(station, visit.Visit, UnsettledReasons.SystemFailed);
        await Say(station, visit.Visit, UnsettledReasons.SentOn);
        await Contact(station, "c1", "video", "nurse", replaces: true);
        var before = await Contacts(station);
        await station.Store.Do(session =>
        {
            session.Execute("delete from visit_unsettled");
            session.Execute("delete from contact");
            return new ReplayStore(station.Store.Journal, station.Store.Visits, station.Store.Site!).Replay(session, 1, 0);
        });
        Assert.Equal(UnsettledReasons.SentOn, Assert.Single(await OfDay(station)).Said);
        Assert.Equal(before, await Contacts(station));
    }

    [Fact]
    public async Task Contacts_OfTheDay_AreCountedByChannelAndProfession()
    {
        await using var station = await Station.Start();
        await Contact(station, "c1", "video", "nurse", replaces: true);
        await Contact(station, "c1", "video", "nurse", replaces: true);
        await Contact(station, "c2", "video", "nurse", replaces: false);
        await Contact(station, "c3", "home", "doctor", replaces: false);
        Assert.Equal([new ContactCount("home", "doctor", 1, 0), new ContactCount("video", "nurse", 2, 1)], await Contacts(station));
        station.Clock.Advance(TimeSpan.FromDays(1));
        await Contact(station, "c4", "chat", "psychologist", replaces: false);
        Assert.Equal([new ContactCount("chat", "psychologist", 1, 0)], await Contacts(station));
    }

    private static async Task Contact(Station station, string key, string channel, string profession, bool replaces) =>
        Assert.IsType<MoneyOutcome.Done>(await station.Part<RecordContact>().Record(new ContactRequest(key, null, "P1", channel, profession, replaces, "op")));

    private static Task<IReadOnlyList<ContactCount>> Contacts(Station station) => station.Store.Do(session => ContactStore.OfDay(session, station.Store.Clock.Today));

    private static Task<UnsettledOutcome> Say(Station station, string visit, string? reason) => station.Part<SayUnsettled>().Say(visit, reason, "03");

    private static Task<IReadOnlyList<VisitEvidence>> OfDay(Station station) => station.Store.Do(session => EvidenceStore.OfDay(session, station.Store.Clock.Today));

    private static string Refused(UnsettledOutcome outcome) => Assert.IsType<UnsettledOutcome.Refused>(outcome).Why.Code;

    private static IEnumerable<(JournalHead Head, string Body)> Entries(Station station) => station.Hub.Entries().Where(entry => entry.Head.Kind == Kinds.VisitUnsettled);
}
