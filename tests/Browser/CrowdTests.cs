using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>A clinic in the evening of a long day: 200 visits, and three people with very long names.</summary>
public sealed class CrowdedSite : DeskSite
{
    public const int Visits = 200;
    public const string LongChinese = "阿不都热合曼买买提艾山江吐尔逊麦麦提明艾合买提江阿卜杜拉克";
    public const string LongSwedish = "Anna-Karin Margareta von Hofsten-Lagercrantz af Ugglas-Wachtmeister";
    public const string LongEnglish = "Penelope Featherstonehaugh-Cholmondeley of Llanfairpwllgwyngyllgogerychwyrndrobwll";

    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        foreach (var (person, name) in ((int, string)[])[(1, LongChinese), (2, LongSwedish), (3, LongEnglish)])
        {
            var row = Reference.Member(person);
            row[4] = name;
            station.Hub.Change(FeedNames.Members, row);
        }
        Assert.Null((await station.Sync()).Failure);
        for (var visit = 0; visit < Visits; visit++)
        {
            if (visit % 4 == 3)
            {
                await station.CheckIn(1 + (visit % 40));
            }
            else
            {
                await station.Treat(1 + (visit % 40), 12.50m);
            }
        }
    }
}

/// <summary>Long days and long names fit: nothing runs out of its place, nothing is slow to read.</summary>
[Collection(OneBrowser.Desk)]
public sealed class CrowdTests(OneBrowser browser, CrowdedSite site) : IClassFixture<CrowdedSite>
{
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.QueueAndCallNext, Scene.Evidence)]
    public async Task TwoHundredVisits_StandInTheirPlaces(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.NoCard();
        await seen.Go("/desk");
        Assert.True(await seen.Page.Locator("#queue .spot").CountAsync() >= CrowdedSite.Visits);
        await Fits(seen);
        await seen.Accessible();
        await seen.Shot("crowd-queue");
        await seen.Go("/desk/evidence");
        Assert.True(await seen.Page.Locator("tbody tr").CountAsync() >= CrowdedSite.Visits);
        await Fits(seen);
        await seen.Shot("crowd-evidence");
        await seen.Go("/desk/day");
        await Fits(seen);
        await seen.Shot("crowd-day");
    }

    [Theory]
    [InlineData(1, CrowdedSite.LongChinese, Languages.Chinese)]
    [InlineData(2, CrowdedSite.LongSwedish, Languages.Swedish)]
    [InlineData(3, CrowdedSite.LongEnglish, Languages.English)]
    [Shows(Scene.LongNames)]
    public async Task LongName_IsReadWhole_FromArrivalToReceipt(int person, string name, string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Card(person);
        await seen.Go("/desk");
        await Shows(seen, "#card .person", name, "long-arrival");
        await seen.Page.ClickAsync("#card button:has-text('" + seen.Word("arrive.checkin.another") + "'), #card form button.main:not([disabled])");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        await ClinicDay.Bill(seen, "A1", "10.00");
        await Shows(seen, ".visit-head", name, "long-bill");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        await Shows(seen, "article.receipt", name, "long-receipt");
    }

    private static async Task Shows(Seen seen, string where, string name, string shot)
    {
        Assert.Contains(name, await seen.Page.InnerTextAsync(where), StringComparison.Ordinal);
        await Fits(seen);
        await seen.Accessible();
        await seen.Shot(shot);
    }

    /// <summary>Nothing is wider than the place it stands in: neither the page nor one of its columns is scrolled sideways.</summary>
    private static async Task Fits(Seen seen) => Assert.Equal("", await seen.Page.EvaluateAsync<string>("""
        () => [document.documentElement, ...document.querySelectorAll('main, main > section, .head, .bar')]
            .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.tagName + '.' + each.className).join(' ')
        """));
}
