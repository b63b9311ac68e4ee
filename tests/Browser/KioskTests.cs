using System.Net.Http.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>An agent whose hub fed bookings; the simulated reader takes cards by the local interface.</summary>
public sealed class KioskSite : DeskSite
{
    protected override string OfflineAfterMinutes => "1";

    // 09:01 at the clinic when the process starts.
    protected override async Task Prepare(Station station)
    {
        for (var person = 1; person <= 9; person++)
        {
            station.Hub.Change(FeedNames.Bookings, $"A{person}", 0, Reference.Person(person), "2025-03-12T01:30:00.000Z", 20, "3", "", "Dr Li", "Booked", "30000", "SEK");
        }
        foreach (var person in (int[])[10, 14, 15])
        {
            station.Hub.Change(FeedNames.Bookings, $"B{person}a", 0, Reference.Person(person), "2025-03-12T01:40:00.000Z", 20, "3", "nurse", "", "Booked", "", "");
            station.Hub.Change(FeedNames.Bookings, $"B{person}b", 0, Reference.Person(person), "2025-03-12T02:40:00.000Z", 20, "12", "physiotherapist", "Ann-Charlotte Wallenberg-Hammarskjöld", "Booked", "", "");
        }
        station.Hub.Change(FeedNames.Bookings, "C1", 0, Reference.Person(11), "2025-03-12T05:00:00.000Z", 20, "3", "", "", "Booked", "", "");
        station.Hub.Change(FeedNames.Bookings, "C2", 0, Reference.Person(12), "2025-03-12T00:30:00.000Z", 20, "3", "", "", "Booked", "", "");
        foreach (var person in (int[])[1, 2, 3])
        {
            station.Hub.Change(FeedNames.Fees, $"P{person}|F1", 0, Reference.Person(person), "2025-01-10", 1300_00L, "SEK");
        }
        foreach (var person in (int[])[7, 8, 9])
        {
            station.Hub.Change(FeedNames.Fees, $"P{person}|F1", 0, Reference.Person(person), "2024-07-01", 1450_00L, "SEK");
        }
        Assert.Null((await station.Sync()).Failure);
    }
}

/// <summary>A patient at the kiosk, the hub not reached: card, visit, number; and every other way ends kindly at the desk.</summary>
[Collection(OneBrowser.Kiosk)]
public sealed class KioskTests(OneBrowser browser, KioskSite site) : IClassFixture<KioskSite>, IAsyncLifetime
{
    private const int Width = 1080;
    private const int Height = 1920;

    public Task InitializeAsync() => Take();

    public Task DisposeAsync() => Take();

    [Theory]
    [InlineData(Languages.Chinese, 1, Width, Height)]
    [InlineData(Languages.Swedish, 2, Width, Height)]
    [InlineData(Languages.English, 3, 1280, 800)]
    public async Task Patient_WithOneVisit_ChecksInWithTwoTouches(string language, int person, int width, int height)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, width: width, height: height, signedIn: null);
        await seen.Go("/kiosk");
        await Checked(seen, $"kiosk-start-{width}");
        await Put(person);
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        await Checked(seen, $"kiosk-visits-{width}");
        await seen.Page.ClickAsync(".press button");
        await seen.Page.WaitForURLAsync("**/kiosk/done");
        Assert.Matches("^[0-9]+$", await seen.Page.InnerTextAsync(".ticket"));
        // A screen reader says it as it comes.
        Assert.Equal("status", await seen.Page.GetAttributeAsync(".ask", "role"));
        Assert.Equal("status", await seen.Page.GetAttributeAsync("#gone", "role"));
        // 1,300.00 were paid since January: 150.00 remain to the cap of 1,450.00.
        Assert.Contains(language == Languages.Swedish ? "150,00" : "150.00", await seen.Page.InnerTextAsync("dl.facts"), StringComparison.Ordinal);
        await Checked(seen, $"kiosk-done-{width}");
        await seen.Page.ClickAsync(".press a");
        await seen.Page.WaitForURLAsync("**/kiosk");
        // Nothing of the person is left, whatever the next one presses.
        await seen.Page.GoBackAsync();
        await seen.Page.WaitForURLAsync("**/kiosk");
        Assert.Equal(0, await seen.Page.Locator(".ticket").CountAsync());
    }

    [Theory]
    [InlineData(Languages.Swedish, 10)]
    [InlineData(Languages.Chinese, 14)]
    [InlineData(Languages.English, 15)]
    public async Task Patient_WithTwoVisits_HasTwoCheckIns(string language, int person)
    {
        await using var seen = await At(person, language);
        Assert.Equal(2, await seen.Page.Locator(".visits li").CountAsync());
        await Checked(seen, "kiosk-two-visits");
        await seen.Page.ClickAsync(".visits li:nth-child(2) button");
        await seen.Page.WaitForURLAsync("**/kiosk/done");
        var second = await seen.Page.InnerTextAsync(".ticket");
        await seen.Page.ClickAsync(".corners a");
        await seen.Page.ClickAsync(".press button");
        await seen.Page.WaitForURLAsync("**/kiosk/done");
        Assert.NotEqual(second, await seen.Page.InnerTextAsync(".ticket"));
        await seen.Page.ClickAsync(".corners a");
        await seen.Page.ClickAsync(".visits li:nth-child(2) button");
        Assert.Equal(second, await seen.Page.InnerTextAsync(".ticket"));
    }

    [Theory]
    [InlineData(Languages.Chinese, 7)]
    [InlineData(Languages.Swedish, 8)]
    [InlineData(Languages.English, 9)]
    public async Task Patient_WithAFreeCard_HasNothingToPay(string language, int person)
    {
        await using var seen = await At(person, language);
        await seen.Page.ClickAsync(".press button");
        await seen.Page.WaitForURLAsync("**/kiosk/done");
        Assert.Contains(seen.Word("kiosk.free"), await seen.Page.InnerTextAsync("dl.facts"), StringComparison.Ordinal);
        // Twelve months from the first visit, which was on 1 July, and not the calendar year.
        Assert.Contains("2025", await seen.Page.InnerTextAsync("dl.facts .small"), StringComparison.Ordinal);
        Assert.Contains("30", await seen.Page.InnerTextAsync("dl.facts .small"), StringComparison.Ordinal);
        await Checked(seen, "kiosk-free");
    }

    [Theory]
    [InlineData(11, "11:00", "too-early")]
    [InlineData(12, "The time has passed", "too-late")]
    [InlineData(13, "cannot find a booked visit", "no-booking")]
    public async Task Patient_WhomTheKioskCannotCheckIn_GetsANumberForTheDesk(int person, string says, string shot)
    {
        await using var seen = await At(person, Languages.English);
        Assert.Contains(says, await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Checked(seen, "kiosk-" + shot);
        await seen.Page.ClickAsync(".press button");
        await seen.Page.WaitForURLAsync("**/kiosk/desk?**");
        Assert.Matches("^[0-9]+$", await seen.Page.InnerTextAsync(".ticket"));
        await Checked(seen, "kiosk-desk");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Patient_WithoutACard_GetsANumberForTheDesk(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, width: Width, height: Height, signedIn: null);
        await seen.Go("/kiosk");
        await seen.Page.ClickAsync(".press form:nth-child(2) button");
        await seen.Page.WaitForURLAsync("**/kiosk/desk?**");
        Assert.Matches("^[0-9]+$", await seen.Page.InnerTextAsync(".ticket"));
        await Checked(seen, "kiosk-nocard");
    }

    [Fact]
    public async Task Card_OfNobodyKnown_LeadsKindlyToTheDesk()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English, signedIn: null);
        await seen.Go("/kiosk");
        await site.Agent.Http.PutAsJsonAsync("/api/v1/card", new { cardNumber = "S99999999" });
        await seen.Page.WaitForURLAsync("**/kiosk/desk?why=Unknown");
        Assert.Equal(0, await seen.Page.Locator(".ticket").CountAsync());
        await Checked(seen, "kiosk-unknown");
    }

    [Fact]
    public async Task WithoutAScript_TheSameWayByButtons()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English, script: false, signedIn: null);
        await seen.Go("/kiosk");
        await seen.Leads(() => seen.Page.ClickAsync(".press button.main"));
        Assert.Contains("No card is found yet", await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Put(4);
        await seen.Leads(() => seen.Page.ClickAsync(".press button.main"));
        Assert.EndsWith("/kiosk/visits", seen.Page.Url, StringComparison.Ordinal);
        await seen.Page.ClickAsync(".press button");
        Assert.Matches("^[0-9]+$", await seen.Page.InnerTextAsync(".ticket"));
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task NobodyTouches_TheScreenAsksAndIsWiped(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null, isTouched: false);
        // A card that lies in the reader before is not read by itself: the button leads on, and no timer of the page is in the way.
        await Put(5);
        await seen.Go("/kiosk");
        await seen.Page.ClickAsync(".press button.main");
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        await seen.Page.Clock.RunForAsync(29_000);
        Assert.False(await seen.Page.Locator("#still").IsVisibleAsync());
        await seen.Page.Clock.RunForAsync(2_000);
        Assert.True(await seen.Page.Locator("#still").IsVisibleAsync());
        // What looks at the page has timers of its own: a thousandth of a second at a time, and the screen is far from being wiped.
        var looking = Checked(seen, "kiosk-still");
        while (!looking.IsCompleted)
        {
            await seen.Page.Clock.RunForAsync(1);
        }
        await looking;
        await seen.Page.ClickAsync("#still-yes");
        Assert.False(await seen.Page.Locator("#still").IsVisibleAsync());
        await seen.Page.Clock.RunForAsync(46_000);
        await seen.Page.WaitForURLAsync("**/kiosk");
        await seen.Go("/kiosk/visits");
        Assert.EndsWith("/kiosk", seen.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Screens_OfAPerson_AreNotForTheNextBrowser()
    {
        await using var seen = await At(6, Languages.English);
        await using var other = await Seen.Open(browser, site.Address, Languages.English, signedIn: null);
        await other.Go("/kiosk/visits");
        Assert.EndsWith("/kiosk", other.Page.Url, StringComparison.Ordinal);
        await other.Go("/kiosk/done");
        Assert.EndsWith("/kiosk", other.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Calls_ShowNumberAndRoom_NeverAName(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.Go("/kiosk/calls");
        Assert.DoesNotMatch("样本[0-9]", await seen.Page.ContentAsync());
        await Checked(seen, "kiosk-calls");
    }

    private async Task<Seen> At(int person, string language)
    {
        var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.Go("/kiosk");
        await Put(person);
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        return seen;
    }

    /// <summary>No violation, contrast 7:1, nothing to scroll, everything to touch is large enough.</summary>
    internal static async Task Checked(Seen seen, string shot)
    {
        await seen.Shot(shot);
        await seen.Accessible(enhanced: true);
        Assert.True(await seen.Page.EvaluateAsync<bool>("() => document.querySelector('main').scrollHeight <= document.querySelector('main').clientHeight + 1"), "the screen scrolls: " + shot);
        Assert.Equal(0, await seen.Page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('a, button')].filter(each => each.offsetParent !== null && !each.classList.contains('skip') && (each.offsetHeight < 64 || each.offsetWidth < 64)).length"));
    }

    private async Task Put(int person)
    {
        using var answer = await site.Agent.Http.PutAsJsonAsync("/api/v1/card", new { cardNumber = Reference.Card(person) });
        Assert.True(answer.IsSuccessStatusCode);
    }

    private async Task Take()
    {
        using var answer = await site.Agent.Http.DeleteAsync("/api/v1/card");
        Assert.True(answer.IsSuccessStatusCode);
    }
}
