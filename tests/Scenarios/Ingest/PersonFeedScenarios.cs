using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>Accumulators and payables reach who has to do with the person, and nobody else.</summary>
public sealed class PersonFeedScenarios
{
    private const string Village = "530924101001";
    private const string OtherVillage = "530924101201";

    [Fact]
    public async Task Accumulators_OfCatchmentAndOwnSettlements_ComeOnceTheyChange()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var copy = new FeedCopy(device, FeedNames.Accumulators);
        Load(hub, ("P1", Village), ("P2", OtherVillage), ("P3", OtherVillage));
        Accumulate(hub, ("P1", "Deductible/Year/2025/*", 100), ("P1", "FundPay/Year/2025/*", 200), ("P2", "Deductible/Year/2025/*", 300), ("P3", "Deductible/Year/2025/*", 400));

        await copy.PullAsync();
        Assert.Equal(["P1|Deductible/Year/2025/*", "P1|FundPay/Year/2025/*"], copy.Keys);
        Assert.Equal([0L, 0L], copy["P1|FundPay/Year/2025/*"][5..]);

        hub.Store.Write(session =>
        {
            session.Execute("insert into site_person (region, site, person) values ('530924', '530924100201', 'P2')");
            session.Execute("insert into settlement_cursor (region, device_no, epoch, seq, served) values ('530924', 1, 1, 17, 0)");
            return true;
        });
        Accumulate(hub, ("P2", "Deductible/Year/2025/*", 350), ("P3", "Deductible/Year/2025/*", 450));
        await copy.PullAsync();
        Assert.Equal(1, copy.RowsOfLastPull);
        Assert.Equal([350L, 1L, 17L], copy["P2|Deductible/Year/2025/*"][4..]);

        Load(hub, ("P3", Village));
        await copy.PullAsync();
        Assert.Equal(450L, copy["P3|Deductible/Year/2025/*"][4]);
        await copy.PullAsync();
        Assert.Equal(0, copy.RowsOfLastPull);
    }

    [Fact]
    public async Task Accumulators_OfManyPersons_ComeInPagesWithoutLoss()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var persons = Enumerable.Range(1, 6_001).Select(n => $"P{n:00000}").ToArray();
        Load(hub, [.. persons.Select(person => (person, Village))]);
        Accumulate(hub, [.. persons.SelectMany(person => new[] { (person, "Deductible/Year/2025/*", 1L), (person, "FundPay/Year/2025/*", 2L) })]);
        var snapshot = new FeedCopy(device, FeedNames.Accumulators);

        await snapshot.PullAsync();
        Assert.Equal(12_002, snapshot.Keys.Count);
        Assert.Equal(12_002, snapshot.RowsOfLastPull);

        Accumulate(hub, [.. persons.Select(person => (person, "FundPay/Year/2025/*", 3L))]);
        await snapshot.PullAsync();
        Assert.Equal(6_001, snapshot.RowsOfLastPull);
        Assert.All(persons, person => Assert.Equal(3L, snapshot[person + "|FundPay/Year/2025/*"][4]));
    }

    [Fact]
    public async Task Members_ReloadedWhole_ComeInPagesByVersion()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var persons = Enumerable.Range(1, 7_001).Select(n => ($"P{n:00000}", Village)).ToArray();
        Load(hub, ("P00000", Village));
        var copy = new FeedCopy(device, FeedNames.Members);
        await copy.PullAsync();

        Load(hub, persons[..3_000]);
        Load(hub, persons[3_000..]);
        await copy.PullAsync();

        Assert.Equal((7_001, 7_002), (copy.RowsOfLastPull, copy.Keys.Count));
    }

    private static void Load(TestHub hub, params (string Person, string Village)[] members) => MemberFile.Load(
        hub.Store,
        [.. members.Select(member => new MemberRow(member.Person, "ID" + member.Person, "", "李文", "1", new DateOnly(1980, 1, 1), member.Village, "390", "15", "530924", new DateOnly(2025, 1, 1), "", "1", 0))],
        whole: false);

    private static void Accumulate(TestHub hub, params (string Person, string Accumulator, long Amount)[] rows) => hub.Store.Write(session =>
    {
        var version = FeedVersions.Next(session, TestHub.Region, FeedNames.Accumulators);
        foreach (var (person, accumulator, amount) in rows)
        {
            session.Prepared("""
                insert into person_accumulator (region, person, scheme_year, accumulator, amount, version) values ('530924', $1, 2025, $2, $3, $4)
                on conflict (region, person, scheme_year, accumulator) do update set amount = excluded.amount, version = excluded.version
                """).Execute(person, accumulator, amount, version);
        }
        return true;
    });
}
