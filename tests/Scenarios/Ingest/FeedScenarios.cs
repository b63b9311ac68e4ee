using System.Text;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Scenarios.Ingest;

public sealed class FeedScenarios
{
    private const string Village = "530924101001";
    private const string OtherVillage = "530924101201";

    [Fact]
    public async Task Members_SnapshotThenDeltas_LeaveTheAgentWithItsCatchment()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var copy = new FeedCopy(device, FeedNames.Members);

        Load(hub, Member(1, Village), Member(2, Village), Member(3, OtherVillage));
        await copy.PullAsync();
        Assert.Equal(["P1", "P2"], copy.Keys);

        Load(hub, Member(2, OtherVillage), Member(3, OtherVillage), Member(4, Village, account: "12.34"));
        await copy.PullAsync();
        Assert.Equal(["P1", "P4"], copy.Keys);
        Assert.Equal(2, copy.RowsOfLastPull);
        Assert.Equal(1234L, copy["P4"][14]);

        Load(hub, whole: true, Member(2, Village), Member(3, OtherVillage), Member(4, Village, account: "12.34"));
        await copy.PullAsync();
        Assert.Equal(["P2", "P4"], copy.Keys);
        await copy.PullAsync();
        Assert.Equal(0, copy.RowsOfLastPull);
    }

    [Fact]
    public async Task Catchment_ThatChanges_BringsAndTakesItsMembers()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var copy = new FeedCopy(device, FeedNames.Members);
        Load(hub, Member(1, Village), Member(3, OtherVillage));
        await copy.PullAsync();

        void Serve(params string[] villages) => InstitutionFile.Load(hub.Store, [(new Institution(TestHub.Clinic, "凤尾社区卫生服务站", 0, "village_clinic", "member"), villages)]);
        Serve(Village, OtherVillage);
        await copy.PullAsync();
        Assert.Equal(["P1", "P3"], copy.Keys);
        Serve(OtherVillage);
        await copy.PullAsync();
        Assert.Equal(["P3"], copy.Keys);
    }

    [Fact]
    public async Task Snapshot_OfManyPages_ComesWholeThoughRowsChangeMeanwhile()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        Load(hub, [.. Enumerable.Range(1, 12_003).Select(n => Member(n, Village))]);
        var copy = new FeedCopy(device, FeedNames.Members);

        await copy.PullAsync(pages: 1);
        Load(hub, Member(1, OtherVillage), Member(12_000, Village, account: "5"));
        await copy.PullAsync();
        Assert.Equal(12_003, copy.Keys.Count);
        await copy.PullAsync();

        Assert.Equal(12_002, copy.Keys.Count);
        Assert.DoesNotContain("P1", copy.Keys);
        Assert.Equal(500L, copy["P12000"][14]);
    }

    [Fact]
    public async Task AllFeeds_OfAnEmptyHub_AnswerOneEmptySignedPage()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        foreach (var feed in FeedNames.All)
        {
            var copy = new FeedCopy(device, feed);
            await copy.PullAsync();
            // The hub knows something of the site itself at once.
            Assert.Equal(feed == FeedNames.Site ? ["level", "name", "type"] : [], copy.Keys);
        }
    }

    [Fact]
    public async Task Lists_OfTheRegion_ComeAsLoadedAndAsChanged()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var blacklist = new FeedCopy(device, FeedNames.Blacklist);
        var parameters = new FeedCopy(device, FeedNames.Parameters);
        var catalogue = new FeedCopy(device, FeedNames.Catalogue);

        BlacklistFile.Load(hub.Store, BlacklistFile.Read(Table("person,reason,first,last\nP1,lent,2025-03-12,\nP2,lent,2025-03-12,2025-03-31\n")));
        ParameterFile.Load(hub.Store, ParameterFile.Read(Table("key,value,unit\noffline.after_minutes,10,minutes\n")));
        CatalogueFile.Load(hub.Store, CatalogueFile.Read(Table("code,name,pinyin,class,category,unit,price,limit0,limit1,limit2,limit3,pre_self_pay,first,last,remark\nX-1,阿莫西林,amxl,B,09,盒,12.5,10,,,,0.1,2025-01-01,2025-12-31,sample\n")));
        foreach (var copy in (FeedCopy[])[blacklist, parameters, catalogue])
        {
            await copy.PullAsync();
        }

        Assert.Equal(["P1/2025-03-12", "P2/2025-03-12"], blacklist.Keys);
        Assert.Equal("2025-04-01", blacklist["P2/2025-03-12"][5]);
        Assert.Equal("10", parameters["offline.after_minutes"][2]);
        Assert.Equal("2026-01-01", catalogue["X-1"][14]);
        Assert.Equal(0, BlacklistFile.Load(hub.Store, BlacklistFile.Read(Table("person,reason,first,last\nP1,lent,2025-03-12,\n"))));
        BlacklistFile.Load(hub.Store, BlacklistFile.Read(Table("person,reason,first,last\nP1,lent,2025-03-12,2025-03-13\n")));
        await blacklist.PullAsync();
        Assert.Equal((1, "2025-03-14"), (blacklist.RowsOfLastPull, blacklist["P1/2025-03-12"][5]));
    }

    [Theory]
    [InlineData("/sync/v1/feeds/secrets", Codes.NotFound)]
    [InlineData("/sync/v1/feeds/members?after=-1", Codes.BadNumber)]
    [InlineData("/sync/v1/feeds/members?upto=99", Codes.BadNumber)]
    [InlineData("/sync/v1/feeds/members?cursor=7~a~b", Codes.BadCharacter)]
    [InlineData("/sync/v1/feeds/members?cursor=x", Codes.BadCharacter)]
    [InlineData("/sync/v1/feeds/members?after=x", Codes.BadJson)]
    public async Task Ask_ThatIsNotRight_IsRefusedByName(string path, string refused)
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();

        Assert.Equal(refused, await TestHub.CodeAsync(await device.FeedAsync(path)));
    }

    private static MemberRow Member(int number, string village, string account = "0") => new(
        $"P{number}", $"ID{number}", $"S{number}", "李文", "1", new DateOnly(1980, 1, 1), village, "390", "15", "530924", new DateOnly(2025, 1, 1), "2026-01-01", "1",
        (long)(decimal.Parse(account) * 100));

    private static void Load(TestHub hub, params MemberRow[] rows) => Load(hub, whole: false, rows);

    private static void Load(TestHub hub, bool whole, params MemberRow[] rows) => MemberFile.Load(hub.Store, rows, whole);

    private static CsvTable Table(string text) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.csv", []);
}
