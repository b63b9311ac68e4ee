using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>A site asks for a person of another catchment.</summary>
public sealed class PersonFindTests
{
    private const string Nonce = "0123456789abcdef";

    private static MemberRow Member(string person, string owner = "") => new(
        person, "ID" + person, "C" + person, "李文", "1", new DateOnly(1980, 1, 1), FeedPull.OtherVillage, "390", "15", TempHub.Region, new DateOnly(2025, 1, 1), "", "1", 0) { AccountOwner = owner };

    private static PersonAsked Asked(string by, string number) => new(by, number, Nonce, "CheckIn");

    [Theory]
    [InlineData(PersonAsked.ById, "idp1 ")]
    [InlineData(PersonAsked.ByCard, "CP1")]
    [InlineData(PersonAsked.ByPerson, "P1")]
    public async Task Find_KnownPerson_GivesCoverAmountsAndWhatIsOwed(string by, string number)
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        MemberFile.Load(hub.Store, [Member("P0") with { IdNumber = "IDP0" }, Member("P1", "P0") with { IdNumber = "IDP1" }], whole: true);
        site.Accumulate(("P1", "FundPay/Year/2025/*", 1), ("P0", "AccountSpent/Year/2025/*", 2), ("P0", "FundPay/Year/2025/*", 3));
        hub.Store.Write(session => session.Execute("insert into settlement_cursor (region, device_no, epoch, seq, served) values ('530924', 1, 2, 17, 0)"));
        hub.Store.Write(session =>
        {
            EdgeHub.Hub.Access.AccessStore.AddDevice(session, TempHub.Region, site.Device);
            return true;
        });

        var answer = await new PersonFind(hub.Store).Find(site.Device, Asked(by, number));

        var pages = answer.Pages.Select(page => FeedCodec.Read(page, hub.Store.Keys.Signer.PublicKey)).ToList();
        Assert.All(pages, page => Assert.Equal(("find:" + Nonce, FeedPull.Site, 0L, null), (page.Header.Cursor, page.Header.Site, page.Header.After, page.Header.Next)));
        Assert.Equal([FeedNames.Members, FeedNames.Accumulators, FeedNames.Payables], pages.Select(page => page.Header.Feed));
        Assert.Equal(("P1", "P0"), (Assert.Single(pages[0].Rows).Key, pages[0].Rows[0].Text(15)));
        Assert.Equal(
            [("P0|AccountSpent/Year/2025/*", 2L, 2L, 17L), ("P1|FundPay/Year/2025/*", 1, 2, 17)], pages[1].Rows.Select(row => (row.Key, row.Number(4), row.Number(5), row.Number(6))));
        Assert.Equal(1, hub.Count($"select count(*) from public_person_look where device_no = 1 and site = '530924100201' and person = 'P1' and shown = '{by}' and why = 'CheckIn'"));
    }

    [Fact]
    public async Task Find_Nobody_IsAnsweredAndKept()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        MemberFile.Load(hub.Store, [Member("P1")], whole: true);
        MemberFile.Load(hub.Store, [Member("P2")], whole: true);
        Assert.Empty((await new PersonFind(hub.Store).Find(site.Device, Asked(PersonAsked.ById, "IDP1"))).Pages);
        Assert.Equal(1, hub.Count("select count(*) from public_person_look where person = ''"));
    }

    [Fact]
    public async Task Find_TooOften_IsRefusedUntilTimeHasPassed()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        var find = new PersonFind(hub.Store);
        for (var i = 0; i < PersonFind.MostInTenMinutes; i++)
        {
            await find.Find(site.Device, Asked(PersonAsked.ByPerson, "P1"));
        }
        Assert.Equal(Codes.TooManyLooks, (await Assert.ThrowsAsync<FaultException>(() => find.Find(site.Device, Asked(PersonAsked.ByPerson, "P1")))).Fault.Code);
        Assert.Empty((await find.Find(site.Device with { DeviceNo = 2 }, Asked(PersonAsked.ByPerson, "P1"))).Pages);
        hub.Clock.Now += TimeSpan.FromMinutes(10);
        Assert.Empty((await find.Find(site.Device, Asked(PersonAsked.ByPerson, "P1"))).Pages);
    }

    [Fact]
    public async Task Looks_AreListedByPersonAndSite()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        MemberFile.Load(hub.Store, [Member("P1"), Member("P2")], whole: true);
        foreach (var person in (string[])["P1", "P2", "P9"])
        {
            hub.Clock.Now += TimeSpan.FromSeconds(1);
            await new PersonFind(hub.Store).Find(site.Device, Asked(PersonAsked.ByPerson, person));
        }
        const string Head = "at,site,device_no,shown,person,why\n";
        Assert.Equal(Head + "2025-03-12 00:00:01Z,530924100201,1,person,P1,CheckIn\n", (await Looks(hub, "--person", "P1")).Output);
        Assert.Equal(4, (await Looks(hub, "--site", FeedPull.Site)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(Head, (await Looks(hub, "--site", "530924100299")).Output);
        Assert.Equal(CommandFrame.BadInput, (await Looks(hub, "--days", "0")).Code);
        hub.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(Head, (await Looks(hub, "--days", "1")).Output);
    }

    private static async Task<(int Code, string Output)> Looks(TempHub hub, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var frame = new CommandFrame(hub.Clock, new SystemEntropy(), output, TextWriter.Null);
        LookCommands.Register(frame);
        var code = await frame.Run(["looks", .. args, "--data", Path.Combine(hub.Folder, "hub")]);
        return (code, output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("name", "x", Nonce, "CheckIn", "by")]
    [InlineData("id", " ", Nonce, "CheckIn", "number")]
    [InlineData("id", "x", "short", "CheckIn", "nonce")]
    [InlineData("id", "x", Nonce, "Curiosity", "why")]
    public async Task Find_WrongValue_IsNamed(string by, string number, string nonce, string why, string field)
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        Assert.Equal(field, (await Assert.ThrowsAsync<FaultException>(() => new PersonFind(hub.Store).Find(site.Device, new PersonAsked(by, number, nonce, why)))).Fault.Field);
        Assert.Equal(0, hub.Count("select count(*) from person_look"));
    }
}
