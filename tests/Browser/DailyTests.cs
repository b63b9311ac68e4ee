using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>A clinic at noon: two visits settled, one taken back, one without a bill, something owed, a decision against the clinic.</summary>
public sealed class NoonSite : DeskSite
{
    public const int Owed = 5;

    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        var first = await station.Treat(1, 80m);
        await station.Treat(2, 1_240.50m);
        await station.Reverse((await station.Treat(3, 20m)).Settlement);
        await station.CheckIn(4);
        var large = await station.Treat(Owed, 60m);
        await station.Sync();
        station.Hub.Change(FeedNames.Decisions, "d1", 0, first.Settlement.ToString("D"), "Refused", "NotCovered", -20_00L, "SiteIgnoredBlacklist", "2025-03-12T01:05:00.000Z");
        station.Hub.Change(FeedNames.Payables, "p1", 0, Reference.Person(Owed), large.Settlement.ToString("D"), Guid.CreateVersion7().ToString("D"), 38_50L, 38_50L, "AccumulatorsStale", 0L, 0L);
        Assert.Null((await station.Sync()).Failure);
    }
}

/// <summary>The day's pages: totals and drawer, evidence, what is owed, what needs attention.</summary>
[Collection(OneBrowser.Name)]
public sealed class DailyTests(OneBrowser browser, NoonSite site) : IClassFixture<NoonSite>
{
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Day_ShowsWhatMustLieInTheDrawer_AndKeepsACount(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Cashier);
        await seen.Go("/desk/day");
        await seen.Accessible();
        await seen.Page.Keyboard.PressAsync("F2");
        await seen.Page.Keyboard.TypeAsync(language == Languages.Swedish ? "1,50" : "1.50");
        await seen.Page.Keyboard.PressAsync("Enter");
        Assert.Contains("Missing", await seen.Page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        await seen.Page.FillAsync("#reason", "找零");
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForSelectorAsync("main td .state.warn");
        await seen.Accessible();
        await seen.Shot("day");
        await seen.Page.ClickAsync("main a:has-text('" + seen.Word("day.before") + "')");
        Assert.Contains(seen.Word("day.empty"), await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("day-empty");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Evidence_ShowsEveryVisit_AndWhyNot(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language);
        await seen.Go("/desk/evidence");
        Assert.Equal(3, await seen.Page.Locator("tbody .state.good").CountAsync());
        Assert.Equal(1, await seen.Page.Locator("tbody .state.bad").CountAsync());
        await seen.Accessible();
        await seen.Shot("evidence");
        var download = await seen.Page.RunAndWaitForDownloadAsync(() => seen.Page.ClickAsync("a.button"));
        var text = await File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.Equal(6, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("TakenBack", text, StringComparison.Ordinal);
        Assert.DoesNotContain("样本1", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Attention_SaysWhoMustAct(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language);
        await seen.Go("/desk/attention");
        Assert.Contains("NotCovered", await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains(seen.Word("attention.owner.here"), await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("attention");
    }

    [Theory]
    [InlineData(Languages.Chinese, true)]
    [InlineData(Languages.Swedish, true)]
    [InlineData(Languages.English, false)]
    public async Task Owed_IsFoundByNumber_AndPaidOnce(string language, bool script)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, script, signedIn: DeskSite.Cashier);
        await seen.Go("/desk/owed");
        await seen.Page.FillAsync("#number", Reference.IdNumber(39));
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForSelectorAsync("text=" + seen.Word("owed.nothing"));
        await seen.Page.FillAsync("#number", Reference.IdNumber(NoonSite.Owed));
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForSelectorAsync("h2");
        if (script)
        {
            await seen.Accessible();
            await seen.Shot("owed");
        }
        var pay = seen.Page.Locator("form[action$='handler=pay'] button");
        if (await pay.CountAsync() == 1)
        {
            await pay.ClickAsync();
            await seen.Page.WaitForSelectorAsync(".notice.good .pay");
        }
        Assert.Contains(seen.Word("owed.nothing"), await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_PaysNothingOut()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English);
        Assert.Equal(403, (await seen.Go("/desk/owed"))!.Status);
    }
}
