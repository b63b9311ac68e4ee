using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Persons of other catchments: the hub is asked, or the county's index where it is not reached. Source: B14, B23.</summary>
public sealed class OutsiderTests
{
    private const int Far = 90;
    private static readonly byte[] Key = [.. Enumerable.Range(1, CountyHash.KeyBytes).Select(i => (byte)i)];

    private static CheckInRequest Shows(int person) => new("11", new EvidenceGiven("idnumber", Reference.IdNumber(person), null), "op");

    /// <summary>The hub knows the person: so much of the year's deductible is used up, so much is owed.</summary>
    private static void Knows(Station station, int person, long deductible = 0, long owed = 0) => station.Hub.Finds = asked =>
        asked.Number == Reference.IdNumber(person) || asked.Number == Reference.Person(person)
            ?
            [
                (FeedNames.Members, [Reference.Member(person)]),
                (FeedNames.Accumulators, deductible == 0 ? [] : [[$"{Reference.Person(person)}|Deductible/Year/2025/*", 0, Reference.Person(person), "Deductible/Year/2025/*", deductible, 0L, 0L]]),
                (FeedNames.Payables, owed == 0 ? [] : [["00000000-0000-7000-8000-000000000001", 0, Reference.Person(person), "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002", owed, owed, "LimitIgnored", 0L, 0L]]),
            ]
            : null;

    /// <summary>An agent whose hub feeds the county's index with one person in it.</summary>
    private static async Task<Station> WithIndex(string? outside = null, string status = "1")
    {
        var station = await Station.Start(outside is null ? [] : [[OfflineLimitNames.OutsideCatchment, 0, outside, ""]]);
        station.Hub.Begin(FeedNames.Site, ["county_key", 0, Convert.ToBase64String(Key)]);
        station.Hub.Begin(FeedNames.County, [CountyHash.Text(CountyHash.Of(Key, Reference.IdNumber(Far))), 0, Reference.Person(Far), "390", "15", Reference.Region, "2025-01-01", "2026-01-01", status]);
        Assert.Null((await station.Sync()).Failure);
        return station;
    }

    private static async Task<IReadOnlyList<PersonLookedUp>> Looks(Station station)
    {
        station.Hub.Up = true;
        await station.Sync();
        return [.. station.Hub.Lines.Select(line => (Head: JournalCodec.ReadHead(line, out var at), line, at)).Where(entry => entry.Head.Kind == Kinds.PersonLookedUp)
            .Select(entry => JournalCodec.ReadBody<PersonLookedUp>(entry.line.AsSpan(entry.at)))];
    }

    private static async Task<VisitSettled> Claimed(Station station)
    {
        await station.Sync();
        var line = station.Hub.Lines.Last(line => JournalCodec.ReadHead(line, out _).Kind == Kinds.VisitSettled);
        JournalCodec.ReadHead(line, out var at);
        return JournalCodec.ReadBody<VisitSettled>(line.AsSpan(at));
    }

    [Fact]
    public async Task CheckIn_PersonWhomTheHubKnows_IsSettledOnTheTrueAmounts()
    {
        await using var station = await Station.Start();
        Knows(station, Far, deductible: 50_00, owed: 3_00);
        var visit = await station.CheckIn(Far);
        Assert.Equal(("lookup", 3_00), (visit.KnownBy, Assert.Single(visit.Payables).Open));
        var settled = Station.Settled(await station.Settle(visit.Visit, station.Bill(110m)));
        // 10.00 of the deductible is left: 60 % of 100.00.
        Assert.Equal(60_00, settled.Shares.Fund);
        Assert.Equal(("lookup", Reference.Person(Far)), ((await Claimed(station)).KnownBy, (await Claimed(station)).Person));
        Assert.Equal([new PersonLookedUp(Reference.Person(Far), "id", "lookup", "CheckIn", "op")], await Looks(station));
        // Known by now: not asked again at once, and the own settlement counts.
        await station.CheckIn(Far);
        Assert.Equal(1, station.Hub.Looks);
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(settled.Settlement));
    }

    [Fact]
    public async Task CheckIn_NobodyKnows_IsUnknownAndTheLookIsKept()
    {
        await using var station = await Station.Start();
        Assert.Equal(Codes.UnknownPerson, (await station.CheckInRefused(Shows(Far))).Code);
        Assert.Equal([new PersonLookedUp("", "id", "lookup", "CheckIn", "op")], await Looks(station));
    }

    [Fact]
    public async Task Settle_LongAfterTheLook_AsksTheHubAgain()
    {
        await using var station = await Station.Start();
        Knows(station, Far, deductible: 60_00);
        var visit = await station.CheckIn(Far);
        station.Clock.Advance(Outsiders.FreshFor);
        Knows(station, Far, deductible: 40_00);
        Assert.Equal(60_00, Station.Settled(await station.Settle(visit.Visit, station.Bill(120m))).Shares.Fund);
        Assert.Equal(2, station.Hub.Looks);
    }

    [Fact]
    public async Task Settle_LineCutAfterTheLook_GoesOnWithWhatWasHeard()
    {
        await using var station = await Station.Start();
        Knows(station, Far, deductible: 60_00);
        var visit = await station.CheckIn(Far);
        station.Hub.Up = false;
        station.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(60_00, Station.Settled(await station.Settle(visit.Visit, station.Bill(100m))).Shares.Fund);
        // 30 days without news of the person, though the members' feed may be newer.
        station.Clock.Advance(TimeSpan.FromDays(30));
        var again = await station.CheckIn(Far);
        Assert.Equal(Codes.SnapshotTooOld, Station.Refused(await station.Settle(again.Visit, station.Bill(100m))).Code);
    }

    [Fact]
    public async Task CheckIn_AnswerOfAnotherPerson_IsNotBelieved()
    {
        await using var station = await Station.Start();
        station.Hub.Finds = _ => [(FeedNames.Members, [Reference.Member(1)]), (FeedNames.Accumulators, []), (FeedNames.Payables, [])];
        Assert.Equal(Codes.OutsideCatchmentOffline, (await station.CheckInRefused(Shows(Far))).Code);
    }

    [Fact]
    public async Task CheckIn_OfflineHit_SettlesWithinTheLowerLimit()
    {
        await using var station = await WithIndex();
        station.Hub.Up = false;
        var visit = await station.CheckIn(Far);
        Assert.Equal(("index", "", Reference.Person(Far)), (visit.KnownBy, visit.Name, visit.Person));
        // 60.00 deductible, then 60 %: 393.33 give 200.00, one fen more is refused.
        var over = Station.Refused(await station.Settle(visit.Visit, station.Bill(393.35m)));
        Assert.Equal((Codes.OfflineAmountPerVisit, OfflineLimitNames.OutsideCatchmentFund), (over.Code, over.Faults[0].Field));
        Assert.Equal(200_00, Station.Settled(await station.Settle(visit.Visit, station.Bill(393.33m))).Shares.Fund);
        station.Hub.Up = true;
        var claimed = await Claimed(station);
        Assert.Equal(("index", 0L, new DateOnly(1970, 5, 17)), (claimed.KnownBy, claimed.AccountBalance, claimed.BirthDate));
        Assert.Equal([new PersonLookedUp(Reference.Person(Far), "id", "index", "CheckIn", "op")], await Looks(station));
    }

    [Fact]
    public async Task CheckIn_OfflineMiss_IsRefusedByName()
    {
        await using var station = await WithIndex();
        station.Hub.Up = false;
        var refused = await station.CheckInRefused(Shows(Far + 1));
        Assert.Equal(Codes.OutsideCatchmentOffline, refused.Code);
        Assert.True(refused.Faults[0].Personal);
        Assert.Equal(Codes.OutsideCatchmentOffline, (await station.CheckInRefused(new CheckInRequest("11", new EvidenceGiven("card", Reference.Card(Far), null), "op"))).Code);
        Assert.Equal([new PersonLookedUp("", "id", "index", "CheckIn", "op"), new PersonLookedUp("", "card", "index", "CheckIn", "op")], await Looks(station));
    }

    [Theory]
    [InlineData("refuse", "1", Codes.OutsideCatchmentOffline)]
    [InlineData("settle", "2", Codes.BenefitStopped)]
    public async Task CheckIn_OfflineHit_ParameterAndCoverDecide(string outside, string status, string code)
    {
        await using var station = await WithIndex(outside, status);
        station.Hub.Up = false;
        Assert.Equal(code, (await station.CheckInRefused(Shows(Far))).Code);
    }

    [Fact]
    public async Task Settle_IndexPersonWithTheLineBack_IsAskedForAndSettledInFull()
    {
        await using var station = await WithIndex();
        station.Hub.Up = false;
        var visit = await station.CheckIn(Far);
        station.Hub.Up = true;
        Knows(station, Far, deductible: 60_00);
        Assert.Equal(240_00, Station.Settled(await station.Settle(visit.Visit, station.Bill(400m))).Shares.Fund);
        Assert.Equal("lookup", (await Claimed(station)).KnownBy);
    }

    [Fact]
    public async Task CheckIn_LineTooSlow_GoesOnWithTheIndexAfterPatience()
    {
        await using var station = await WithIndex();
        var line = new Slow(station.Hub);
        var outsiders = new Outsiders(station.Store, line, station.Part<Identification>(), new EdgeHub.Sync.Seams.SeededEntropy(5));
        var meeting = outsiders.Meet(new Evidence("idnumber", "keyboard", Reference.IdNumber(Far), null, null), "CheckIn", "op", CancellationToken.None);
        await line.Asked.Task;
        station.Clock.Advance(Outsiders.Patience);
        Assert.Null(await meeting);
        Assert.Equal("index", (await station.Store.Do(session => station.Store.Members.ByPerson(session, Reference.Person(Far))))!.KnownBy);
    }

    [Fact]
    public async Task Snapshot_OfAccumulators_LeavesWhatWasLookedUp()
    {
        await using var station = await Station.Start();
        Knows(station, Far, deductible: 50_00);
        await station.CheckIn(Far);
        station.Hub.Change(FeedNames.Accumulators, "P1|Deductible/Year/2025/*", 0, "P1", "Deductible/Year/2025/*", 5L, 0L, 0L);
        station.Hub.Incarnation = "00000000000000b2";
        await station.Sync();
        Assert.Equal(50_00, await station.Store.Do(session => session.ExecuteScalar<long>("select amount from accumulator_fed where person = 'P90'")));
        // Insured no more: the hub knows nobody, and what was looked up goes.
        station.Hub.Finds = _ => null;
        station.Clock.Advance(Outsiders.FreshFor);
        Assert.Equal(Codes.UnknownPerson, (await station.CheckInRefused(Shows(Far))).Code);
        Assert.Equal(0, await station.Store.Do(session => session.ExecuteScalar<long>("select count(*) from accumulator_fed where person = 'P90'")));
    }

    [Fact]
    public async Task Index_OfTheCounty_HoldsNoNumberAndIsStagedLikeTheMembers()
    {
        await using var station = await WithIndex();
        for (var i = 0; i < 25; i++)
        {
            station.Hub.Change(FeedNames.County, CountyHash.Text(CountyHash.Of(Key, $"N{i}")), 0, $"Q{i}", "390", "15", Reference.Region, "2025-01-01", "", "1");
        }
        station.Hub.Change(FeedNames.County, CountyHash.Text(CountyHash.Of(Key, Reference.IdNumber(Far))), 1, "", "", "", "", "", "", "");
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal((25, 2), (await Count(station, "county"), await Count(station, "county_profile")));
        Assert.Null(await station.Store.Do(session => station.Store.Outsiders.InIndex(session, Reference.IdNumber(Far))));
        station.Hub.Incarnation = "00000000000000b2";
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal(25, await Count(station, "county"));
        station.Hub.Change(FeedNames.County, "no hash", 0, "Q", "390", "15", Reference.Region, "2025-01-01", "", "1");
        Assert.StartsWith("county: BadJson", (await station.Sync()).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_ToldAnotherLevel_SettlesAtThat()
    {
        await using var station = await Station.Start();
        station.Hub.Begin(FeedNames.Site, ["level", 0, "1"], ["name", 0, "新名"], ["type", 0, "township_hospital"]);
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal((1, "新名", "township_hospital"), (station.Store.Site!.Level, station.Store.Site.InstitutionName, station.Store.Site.InstitutionType));
        await station.Restart();
        Assert.Equal(1, station.Store.Site!.Level);
        await station.Sync();
        await station.Treat(1, 100m);
        Assert.Equal((1, 1L), ((await Claimed(station)).InstitutionLevel, (await Claimed(station)).Offline.Feeds[FeedNames.Site]));
        station.Hub.Change(FeedNames.Site, "level", 0, "seven");
        Assert.StartsWith("site: BadNumber", (await station.Sync()).Failure, StringComparison.Ordinal);
        Assert.Equal(1, station.Store.Site!.Level);
    }

    private static Task<long> Count(Station station, string table) => station.Store.Do(session => session.ExecuteScalar<long>($"select count(*) from {table}"));

    /// <summary>Answers hello, and then nothing.</summary>
    private sealed class Slow(FakeHub hub) : IHubLine
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<EnrolAnswer> Enrol(Uri at, EnrolRequest request, CancellationToken cancel) => ((IHubLine)hub).Enrol(at, request, cancel);

        public Task<HelloAnswer> Hello(Uri at, string device, CancellationToken cancel) => hub.Hello(at, device, cancel);

        public Task<JournalAnswer> SendBatch(Uri at, ReadOnlyMemory<byte> wire, CancellationToken cancel) => hub.SendBatch(at, wire, cancel);

        public Task<byte[]> GetFeedPage(Uri at, FeedAsked asked, string authorization, CancellationToken cancel) => hub.GetFeedPage(at, asked, authorization, cancel);

        public Task<EpochAnswer> NewEpoch(Uri at, EpochRequest request, string authorization, CancellationToken cancel) => hub.NewEpoch(at, request, authorization, cancel);

        public async Task<PersonAnswer> FindPerson(Uri at, PersonAsked asked, string authorization, CancellationToken cancel)
        {
            var never = new TaskCompletionSource<PersonAnswer>();
            using var stop = cancel.Register(() => never.TrySetCanceled(cancel));
            Asked.SetResult();
            return await never.Task;
        }
    }
}
