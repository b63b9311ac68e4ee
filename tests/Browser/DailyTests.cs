using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>A clinic at noon: two visits settled, one taken back, one without a bill, something owed, a decision against the clinic.</summary>
public sealed class NoonSite : DeskSite
{
    /// <summary>To whom something is owed: one for each language.</summary>
    public static int Owed(string language) => 5 + Languages.All.ToList().IndexOf(language);

    /// <summary>The same, paid out from their visits.</summary>
    public static int OwedToo(string language) => 8 + Languages.All.ToList().IndexOf(language);

    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        var first = await station.Treat(1, 80m);
        await station.Treat(2, 1_240.50m);
        await station.Reverse((await station.Treat(3, 20m)).Settlement);
        await station.CheckIn(4);
        foreach (var (person, owed) in Languages.All.SelectMany(language => ((int, long)[])[(Owed(language), 38_50), (OwedToo(language), 12_00)]))
        {
            var settled = await station.Treat(person, 60m);
            station.Hub.Change(FeedNames.Payables, "p" + person, 0, Reference.Person(person), settled.Settlement.ToString("D"), Guid.CreateVersion7().ToString("D"), owed, owed, "AccumulatorsStale", 0L, 0L);
        }
        await station.Sync();
        station.Hub.Change(FeedNames.Decisions, "d1", 0, first.Settlement.ToString("D"), "Refused", "NotCovered", -20_00L, "SiteIgnoredBlacklist", "2025-03-12T01:05:00.000Z");
        // Set aside at the hub: one for people here, one for the bureau, one that waits; the last one's machine was replaced.
        var (epoch, seq) = await station.Store.Do(session => EdgeHub.Agent.Store.SettlementStore.Find(session, first.Settlement) is { } row ? (row.Epoch, row.Seq) : default);
        station.Hub.Change(FeedNames.Quarantine, $"1/{epoch}/{seq}", 0, FakeHub.Device, epoch, seq, "VisitSettled", "BodyUnreadable", Reference.Site, "", "2025-03-11T01:05:00.000Z");
        station.Hub.Change(FeedNames.Quarantine, "1/1/7", 0, FakeHub.Device, 1L, 7L, "ReimbursementClaimed", "UnknownKind", "bureau", "", "2025-03-12T00:05:00.000Z");
        station.Hub.Change(FeedNames.Quarantine, "9/1/3", 0, "530924100001-9", 1L, 3L, "RefundPaid", "NotFound", Reference.Site, "settlement/x", "2025-03-12T00:55:00.000Z");
        Assert.Null((await station.Sync()).Failure);
    }
}

/// <summary>The day's pages: totals and drawer, evidence, what is owed, what needs attention.</summary>
[Collection(OneBrowser.Desk)]
public sealed class DailyTests(OneBrowser browser, NoonSite site) : IClassFixture<NoonSite>
{
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.DayTotals, Scene.DrawerCount)]
    public async Task Day_ShowsWhatMustLieInTheDrawer_AndKeepsACount(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Cashier);
        await seen.Go("/desk/day");
        await seen.Accessible();
        await seen.Page.Keyboard.PressAsync("F2");
        await seen.Page.Keyboard.TypeAsync(language == Languages.Swedish ? "1,50" : "1.50");
        await seen.Leads(() => seen.Page.Keyboard.PressAsync("Enter"));
        Assert.Contains("Missing", await seen.Page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        await seen.Page.FillAsync("#reason", "找零");
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForSelectorAsync("main td .state.warn");
        await seen.Accessible();
        await seen.Shot("day");
        await seen.Leads(() => seen.Page.ClickAsync("main a:has-text('" + seen.Word("day.before") + "')"));
        Assert.Contains(seen.Word("day.empty"), await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("day-empty");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.Evidence, Scene.EvidenceExport)]
    public async Task Evidence_ShowsEveryVisit_AndWhyNot(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language);
        await seen.Go("/desk/evidence");
        // Other scenarios of this clinic may have opened visits meanwhile.
        Assert.True(await seen.Page.Locator("tbody .state.good").CountAsync() >= 4);
        Assert.True(await seen.Page.Locator("tbody .state.bad").CountAsync() >= 1);
        await seen.Accessible();
        await seen.Shot("evidence");
        var download = await seen.Page.RunAndWaitForDownloadAsync(() => seen.Page.ClickAsync("a.button"));
        var text = await File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.Equal(1 + await seen.Page.Locator("tbody tr").CountAsync(), text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("TakenBack", text, StringComparison.Ordinal);
        Assert.DoesNotContain("样本1", text, StringComparison.Ordinal);
    }

    /// <summary>A visit without a bill is open and nobody has said why, on the page of the day and in the export, until somebody does.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.ReasonWhyNot, Scene.Evidence, Scene.EvidenceExport)]
    public async Task Visit_WithoutABill_AsksForAReason_AndKeepsIt(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Cashier);
        var (_, opened) = await site.Agent.Post("/api/v1/visits", new { visitType = "11", evidence = new { kind = "idnumber", number = Reference.IdNumber(20) }, @operator = "other" });
        var visit = opened!["visit"]!.GetValue<string>();
        await seen.Go("/desk/day");
        await seen.Page.ClickAsync("main .notice.warn a[href^='/desk/evidence']");
        await seen.Page.WaitForURLAsync("**/desk/evidence?on=*");
        var row = seen.Page.Locator($"tbody tr:has-text('{visit}')");
        Assert.Contains(seen.Word("evidence.unsaid"), await row.InnerTextAsync(), StringComparison.Ordinal);
        await seen.Accessible();
        await row.Locator("a").ClickAsync();
        await seen.Page.CheckAsync("input[value=SystemFailed]");
        await seen.Accessible();
        await seen.Shot("unsettled-evidence");
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForURLAsync("**/desk/evidence?on=*");
        Assert.Contains(seen.Word("unsettled.reason.SystemFailed"), await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await row.Locator(".state.bad").CountAsync());
        var download = await seen.Page.RunAndWaitForDownloadAsync(() => seen.Page.ClickAsync("a.button"));
        var line = Assert.Single(await File.ReadAllLinesAsync((await download.PathAsync())!), each => each.Contains(visit, StringComparison.Ordinal));
        Assert.Contains(",Explained,", line, StringComparison.Ordinal);
        Assert.Contains(",SystemFailed,", line, StringComparison.Ordinal);
        // Nothing on the page is neither settled on the spot nor said to be why, or open with the way to say it.
        foreach (var other in await seen.Page.Locator("tbody tr:not(:has(.state.good))").AllAsync())
        {
            Assert.True(await other.Locator(".hint").CountAsync() > 0 || await other.Locator("a").CountAsync() > 0, await other.InnerTextAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.Quarantine, Scene.HubRefuses)]
    public async Task Attention_SaysWhoMustAct(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language);
        await seen.Go("/desk/attention");
        Assert.Contains("NotCovered", await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        var main = await seen.Page.InnerTextAsync("main");
        foreach (var word in (string[])["attention.owner.here", "aside.owner.here", "aside.owner.bureau", "aside.owner.waits", "aside.why.BodyUnreadable", "aside.why.ReversedUnknown"])
        {
            Assert.Contains(seen.Word(word), main, StringComparison.Ordinal);
        }
        Assert.True(await seen.Page.Locator("tbody tr:has-text('BodyUnreadable') a[href*='/desk/receipt/']").CountAsync() == 1);
        await seen.Accessible();
        await seen.Shot("attention");
    }

    [Theory]
    [InlineData(Languages.Chinese, true)]
    [InlineData(Languages.Swedish, true)]
    [InlineData(Languages.English, false)]
    [Shows(Scene.PayOut)]
    public async Task Owed_IsFoundByNumber_AndPaidOnce(string language, bool script)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, script, signedIn: DeskSite.Cashier);
        await seen.Go("/desk/owed");
        await seen.Page.FillAsync("#number", Reference.IdNumber(39));
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForSelectorAsync("text=" + seen.Word("owed.nothing"));
        await seen.Page.FillAsync("#number", Reference.IdNumber(NoonSite.Owed(language)));
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForSelectorAsync("h2");
        if (script)
        {
            await seen.Accessible();
            await seen.Shot("owed");
        }
        await seen.Page.ClickAsync("form[action$='handler=pay'] button");
        await seen.Page.WaitForSelectorAsync(".notice.good .pay");
        Assert.Contains(seen.Amount("38.50"), await seen.Page.InnerTextAsync(".notice.good .pay"), StringComparison.Ordinal);
        Assert.Contains(seen.Word("owed.nothing"), await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    /// <summary>From the visit of somebody to whom money is owed, and back to it.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.PayOut)]
    public async Task Owed_IsPaidOutFromTheVisit(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Cashier);
        var (_, opened) = await site.Agent.Post("/api/v1/visits", new { visitType = "11", evidence = new { kind = "idnumber", number = Reference.IdNumber(NoonSite.OwedToo(language)) }, @operator = "other" });
        await seen.Go("/desk/visit/" + opened!["visit"]);
        await seen.Accessible();
        await seen.Shot("visit-owed");
        await seen.Page.ClickAsync("#why a[href*='/desk/owed?visit=']");
        await seen.Page.WaitForSelectorAsync("h2");
        await seen.Accessible();
        await seen.Page.ClickAsync("form[action$='handler=pay'] button");
        await seen.Page.WaitForSelectorAsync(".notice.good .pay");
        await seen.Page.ClickAsync("main a[href*='/desk/visit/']");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
        Assert.Equal(0, await seen.Page.Locator("#why a[href*='/desk/owed']").CountAsync());
        await using var doctor = await Seen.Open(browser, site.Address, language);
        await doctor.Go(new Uri(seen.Page.Url).PathAndQuery);
        Assert.Equal(0, await doctor.Page.Locator("a[href*='/desk/owed']").CountAsync());
    }

    /// <summary>Pages that scenarios of their own look at by axe, in every language.</summary>
    private static readonly string[] SeenElsewhere =
        ["/desk", "/desk/attention", "/desk/bookings", "/desk/day", "/desk/devices", "/desk/evidence", "/desk/owed", "/desk/pin", "/desk/roles", "/desk/staff", "/desk/unsettled", "/desk/nowhere", "/desk/visit", "/desk/receipt", "/desk/refund", "/desk/reverse"];

    /// <summary>Every page of the desk stands without a script, and what no scenario of its own looks at is right by axe. The list is held
    /// against the sources.</summary>
    [Fact]
    public async Task EveryPage_StandsWithoutAScript_AndIsAccessible()
    {
        var pages = EveryPage();
        await using var seen = await Seen.Open(browser, site.Address, Languages.English, signedIn: DeskSite.Manager);
        await using var plain = await Seen.Open(browser, site.Address, Languages.Swedish, script: false, signedIn: DeskSite.Manager);
        var (_, opened) = await site.Agent.Post("/api/v1/visits", new { visitType = "11", evidence = new { kind = "idnumber", number = Reference.IdNumber(39) }, @operator = "other" });
        var (_, settled) = await site.Agent.Post("/api/v1/visits", new { visitType = "11", evidence = new { kind = "idnumber", number = Reference.IdNumber(38) }, @operator = "other" });
        var (_, answer) = await site.Agent.Post($"/api/v1/visits/{settled!["visit"]}/settlements", AgentProcess.Bill("every-page"));
        var settlement = answer!["settlement"]!.ToString();
        foreach (var page in pages.Select(page => page.Replace("{visit}", opened!["visit"]!.ToString(), StringComparison.Ordinal).Replace("{settlement}", settlement, StringComparison.Ordinal)))
        {
            var status = (await plain.Go(page))!.Status;
            Assert.True(status == (page == "/desk/nowhere" ? 404 : 200), $"{page}: {status}");
            Assert.True(await plain.Page.IsVisibleAsync("main h1"), page);
            if (!SeenElsewhere.Contains(string.Join('/', page.Split('/').Take(3)), StringComparer.Ordinal))
            {
                await seen.Go(page);
                await seen.Accessible();
                await seen.Shot("page" + page.Replace('/', '-'));
            }
        }
    }

    /// <summary>An address for every page under agent/Desk; the bar is a piece of each, the screen that is locked and the one to sign in at have
    /// scenarios of their own.</summary>
    private static IReadOnlyList<string> EveryPage()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "EdgeHub.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The sources are not above the tests.");
        }
        string[] others = ["Bar", "Lock", "SignIn"];
        string[] withScenarios = ["Contact", "Invoice"]; // A manager may not open these; the doctor's scenarios do.
        return [.. Directory.GetFiles(Path.Combine(root.FullName, "agent", "Desk"), "*.cshtml", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).First().StartsWith("@page", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Except(others).Except(withScenarios).Order().Select(name => name switch
            {
                "Index" => "/desk",
                "Trouble" => "/desk/nowhere",
                "Bill" => "/desk/visit/{visit}",
                "Unsettled" => "/desk/unsettled/{visit}",
                "Receipt" or "Refund" or "Reverse" => $"/desk/{name.ToLowerInvariant()}/{{settlement}}",
                _ => "/desk/" + name.ToLowerInvariant(),
            })];
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.NotAllowed)]
    public async Task Doctor_PaysNothingOut(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language);
        Assert.Equal(403, (await seen.Go("/desk/owed"))!.Status);
    }
}
