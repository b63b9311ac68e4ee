using EdgeHub.Hub.Feeds;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>The county's index: everybody insured, by the truncated keyed hash of the identity number.</summary>
public sealed class CountyIndexTests
{
    private static MemberRow Member(string person, string id, string status = "1", long account = 0) => new(
        person, id, "", "李文", "1", new DateOnly(1980, 1, 1), FeedPull.OtherVillage, "390", "15", TempHub.Region, new DateOnly(2025, 1, 1), "2026-01-01", status, account);

    private static void Load(TempHub hub, bool whole, params MemberRow[] members)
    {
        MemberFile.Load(hub.Store, members, whole);
        var step = new CountyIndexStep(hub.Store);
        while (step.RunOnce())
        {
        }
        Assert.False(step.RunOnce());
    }

    private static string Hash(TempHub hub, string id) => CountyHash.Text(CountyHash.Of(CountyIndexStep.KeyOf(hub.Store), id));

    private static IEnumerable<(string Hash, bool Removed)> Rows(IEnumerable<FeedRow> rows) => rows.Select(row => (row.Key, row.Removed));

    [Fact]
    public void Feed_OfTheCounty_TellsCoverWithoutNameAndNumber()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        Load(hub, whole: true, Member("P1", "ID1"), Member("P2", "ID2", status: "2"));
        var (rows, held) = site.Pull(FeedNames.County, 0);
        Assert.Equal(
            [$"{Hash(hub, "ID1")}|0|P1|390|15|530924|2025-01-01|2026-01-01|1", $"{Hash(hub, "ID2")}|0|P2|390|15|530924|2025-01-01|2026-01-01|2"],
            rows.Select(row => string.Join('|', Enumerable.Range(0, row.Count).Select(row.Cell))));
        Assert.Equal(8, CountyHash.TryParse(rows[0].Key)!.Length);

        // What the index does not tell changes nothing in it.
        Load(hub, whole: true, Member("P1", "ID1", account: 500), Member("P2", "ID2", status: "2"));
        Assert.Empty(site.Pull(FeedNames.County, held).Rows);
        Load(hub, whole: true, Member("P1", "ID1", account: 500), Member("P2", "ID2"));
        Assert.Equal([(Hash(hub, "ID2"), false)], Rows(site.Pull(FeedNames.County, held).Rows));
        Assert.Equal(2, site.Pull(FeedNames.County, 0).Rows.Count);
    }

    [Theory]
    [InlineData("update county_index set status = '2' where person = 'P1'", "of a member of version")]
    [InlineData("update county_index set cover_end = '2030-01-01' where person = 'P1'", "of a member of version")]
    [InlineData("update county_index set state = 'gone' where person = 'P1'", "of a member of version")]
    [InlineData("update county_index set state = 'in' where person = 'P4'", "of a member of version")]
    [InlineData("delete from county_index where person = 'P1'", "of a member of version")]
    [InlineData("update county_index set state = 'clash' where person = 'P1'", "hash ")]
    [InlineData("update county_index set state = 'in' where person = 'P2'", "hash ")]
    [InlineData("update county_index set hash = (select hash from county_index where person = 'P2') where person = 'P1'", "hash ")]
    public void Verify_PlantedFault_IsFoundAndNamesNobody(string plant, string key)
    {
        using var hub = new TempHub();
        Load(hub, whole: true, Member("P1", "ID1"), Member("P2", "ID2"), Member("P3", "ID2"), Member("P4", "ID4"));
        Load(hub, whole: true, Member("P1", "ID1"), Member("P2", "ID2"), Member("P3", "ID2"));
        Assert.Null(hub.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, TempHub.Region)).First);

        hub.Store.Write(session => session.Execute(plant));

        var first = hub.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, TempHub.Region)).First;
        Assert.Equal("county_index", first?.Table);
        Assert.StartsWith(key, first!.Key, StringComparison.Ordinal);
        Assert.DoesNotContain("P1", first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Member_GoneOrWithAnotherNumber_LeavesTheIndex()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        Load(hub, whole: true, Member("P1", "ID1"), Member("P2", "ID2"));
        var held = site.Pull(FeedNames.County, 0).Version;
        Load(hub, whole: true, Member("P1", "ID9"));
        Assert.Equal([(Hash(hub, "ID1"), true), (Hash(hub, "ID2"), true), (Hash(hub, "ID9"), false)], Rows(site.Pull(FeedNames.County, held).Rows).OrderBy(row => (row.Removed ? 0 : 1, row.Hash == Hash(hub, "ID1") ? 0 : 1)));
        // The number goes to somebody else: what is removed is told first.
        Load(hub, whole: true, Member("P1", "ID9"), Member("P2", "ID1"));
        Assert.Equal((Hash(hub, "ID1"), false), Rows(site.Pull(FeedNames.County, held).Rows).Last(row => row.Hash == Hash(hub, "ID1")));
    }

    [Fact]
    public void Persons_OfOneHash_AreBothLeftOutUntilOneGoes()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        Load(hub, whole: true, Member("P1", "ID1"), Member("P3", "ID3"));
        var held = site.Pull(FeedNames.County, 0).Version;
        Load(hub, whole: false, Member("P2", "ID1"));
        Assert.Equal([Hash(hub, "ID3")], site.Pull(FeedNames.County, 0).Rows.Select(row => row.Key));
        var (rows, clashed) = site.Pull(FeedNames.County, held);
        Assert.All(rows, row => Assert.Equal((Hash(hub, "ID1"), true), (row.Key, row.Removed)));
        Assert.Equal(2, rows.Count);

        Load(hub, whole: true, Member("P2", "ID1"), Member("P3", "ID3"));
        Assert.Equal((Hash(hub, "ID1"), false), Rows(site.Pull(FeedNames.County, clashed).Rows).Last());
        Assert.Equal("P2", site.Pull(FeedNames.County, clashed).Rows[^1].Text(2));
    }

    [Fact]
    public void Feed_OfTheSite_TellsItsLevelTypeAndTheCountysKey()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        EdgeHub.Hub.Access.InstitutionFile.Load(hub.Store, [(new(FeedPull.Site, "村卫生室", 0, "village_clinic", "member"), [FeedPull.Village]), (new("530924100299", "其他", 2, "hospital", ""), [])]);
        Load(hub, whole: true, Member("P1", "ID1"));
        var (rows, held) = site.Pull(FeedNames.Site, 0);
        Assert.Equal(
            [("county_key", Convert.ToBase64String(CountyIndexStep.KeyOf(hub.Store))), ("level", "0"), ("name", "村卫生室"), ("type", "village_clinic")],
            rows.Select(row => (row.Key, row.Text(2))));
        EdgeHub.Hub.Access.InstitutionFile.Load(hub.Store, [(new("530924100299", "其他", 3, "hospital", ""), [])]);
        Assert.Empty(site.Pull(FeedNames.Site, held).Rows);
        EdgeHub.Hub.Access.InstitutionFile.Load(hub.Store, [(new(FeedPull.Site, "村卫生室", 1, "village_clinic", "member"), [FeedPull.Village])]);
        Assert.Equal(["level", "name", "type"], site.Pull(FeedNames.Site, held).Rows.Select(row => row.Key));
        Assert.Equal("1", site.Pull(FeedNames.Site, held).Rows[0].Text(2));
    }
}
