using System.Net.Http.Json;
using EdgeHub.Agent.Devices;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Browser;

/// <summary>What can go wrong in front of a patient: the reader, the program behind the screen, a page left open, another language, small
/// eyes. None of it ends at an error page or with the last person's data.</summary>
[Collection(OneBrowser.Kiosk)]
public sealed class KioskTroubleTests(OneBrowser browser, CounterSite site) : IClassFixture<CounterSite>, IAsyncLifetime
{
    private static readonly DeviceErrorCode[] AtTheReader =
        [DeviceErrorCode.CardPulled, DeviceErrorCode.CardExpired, DeviceErrorCode.CardUnknown, DeviceErrorCode.ReaderHung, DeviceErrorCode.ReaderGone, DeviceErrorCode.NoReader];

    public Task InitializeAsync() => site.NoCard();

    public Task DisposeAsync() => site.NoCard();

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Reader_InTrouble_IsSaidKindlyAndTheDeskIsOneTouchAway(string language)
    {
        await using var seen = await Start(site.Address, language);
        foreach (var code in AtTheReader)
        {
            using var put = await site.Agent.Http.PutAsJsonAsync("/api/v1/card", new { error = code.ToString() });
            Assert.True(put.IsSuccessStatusCode);
            var words = DeviceErrors.For(code).Patient(language);
            await seen.Page.WaitForSelectorAsync($"#card .notice:text-is('{words}')");
            Assert.True(await seen.Page.IsVisibleAsync(".press form:nth-child(2) button"));
        }
        await KioskTests.Checked(seen, "kiosk-reader-trouble");
        // The card is put in properly after all.
        await site.Card(4);
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Window_AtItsEdges_IsOpenTooEarlyOrOver(string language)
    {
        await using var open = await Visits(21, language);
        Assert.Equal(open.Word("kiosk.checkin.at").Replace("{0}", "11:00", StringComparison.Ordinal), await open.Page.InnerTextAsync(".press .main"));
        await using var early = await Visits(22, language);
        Assert.Contains(early.Word("kiosk.tooearly").Replace("{0}", "09:45", StringComparison.Ordinal), await early.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await using var late = await Visits(23, language);
        Assert.Contains(late.Word("kiosk.answer.TooLate"), await late.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await KioskTests.Checked(late, "kiosk-late");
        await using var none = await Visits(24, language);
        Assert.Contains(none.Word("kiosk.novisits"), await none.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await KioskTests.Checked(none, "kiosk-none");
        foreach (var (seen, why) in ((Seen, string)[])[(early, "TooEarly"), (late, "TooLate"), (none, "NoBooking")])
        {
            await seen.Page.ClickAsync(".press .main");
            await seen.Page.WaitForSelectorAsync(".ticket");
            Assert.EndsWith("/kiosk/desk?why=" + why, seen.Page.Url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Language_OneTouch_ChangesTheScreenAndEndsWithThePatient()
    {
        await using var seen = await Visits(5, Languages.Chinese);
        foreach (var (name, language, hello) in ((string, string, string)[])[("Svenska", Languages.Swedish, "Hej"), ("English", Languages.English, "Hello"), ("中文", Languages.Chinese, "您好"), ("Svenska", Languages.Swedish, "Hej")])
        {
            await seen.Page.ClickAsync($".tongues a:text-is('{name}')");
            await seen.Page.WaitForSelectorAsync($"html[lang='{language}'] h1:has-text('{hello}')");
            Assert.EndsWith("/kiosk/visits", seen.Page.Url, StringComparison.Ordinal);
        }
        await seen.Page.ClickAsync(".corners a");
        await seen.Page.WaitForSelectorAsync($"html[lang='{Languages.Chinese}'] svg.card");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Program_GoneUnderTheOpenScreen_IsSaidAndThePatientBeginsAnew(string language)
    {
        using var way = new Relay(site.Agent.Port);
        await using var seen = await Start(way.Address, language);
        await site.Card(6);
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        way.Cut();
        await seen.Page.ClickAsync(".press .main");
        await seen.Page.WaitForSelectorAsync("#gone:visible");
        Assert.Equal(seen.Word("kiosk.gone"), await seen.Page.InnerTextAsync("#gone"));
        Assert.EndsWith("/kiosk/visits", seen.Page.Url, StringComparison.Ordinal);
        await seen.Accessible(enhanced: true);
        await seen.Shot("kiosk-gone");
        // It was killed, and knows nobody any more: no number was given, and nothing is left of the person.
        await site.Restart();
        way.Lead(site.Agent.Port);
        await seen.Page.ClickAsync(".press .main");
        await seen.Page.WaitForURLAsync("**/kiosk");
        Assert.Equal(0, await seen.Page.Locator(".ticket").CountAsync());
        Assert.Equal("Booked", (await site.Agent.Get("/api/v1/bookings")).Body!.AsArray().Single(each => each!["key"]!.ToString() == "K6")!["state"]!.ToString());
    }

    [Fact]
    public async Task Program_GoneUnderTheStartScreen_IsAskedAgainUntilItIsBack()
    {
        using var way = new Relay(site.Agent.Port);
        await using var seen = await Start(way.Address, Languages.English);
        way.Cut();
        await seen.Page.WaitForSelectorAsync("#gone:visible");
        way.Lead(site.Agent.Port);
        await site.Card(7);
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
    }

    [Fact]
    public async Task Program_GoneWhileNobodyTouches_TheScreenIsWipedAllTheSame()
    {
        using var way = new Relay(site.Agent.Port);
        await using var seen = await Seen.Open(browser, way.Address, Languages.English, signedIn: null, isTouched: false);
        await site.Card(8);
        await seen.Go("/kiosk");
        await seen.Page.ClickAsync(".press button.main");
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        way.Cut();
        await seen.Page.Clock.RunForAsync(46_000);
        await seen.Page.WaitForFunctionAsync("() => document.querySelector('main').textContent.trim() === ''");
        await seen.Page.WaitForSelectorAsync("#gone:visible");
        way.Lead(site.Agent.Port);
        await seen.Page.Clock.RunForAsync(4_000);
        await seen.Page.WaitForURLAsync("**/kiosk");
    }

    /// <summary>Twice as large letters: the same screen on half the points. It may scroll down, never sideways, and everything is reached.</summary>
    [Theory]
    [InlineData(Languages.Chinese, 540, 960)]
    [InlineData(Languages.Swedish, 540, 960)]
    [InlineData(Languages.English, 640, 400)]
    public async Task Zoom_TwoHundredPercent_ReachesEverything(string language, int width, int height)
    {
        await site.Card(9);
        await using var seen = await Seen.Open(browser, site.Address, language, width: width, height: height, signedIn: null);
        await seen.Go("/kiosk");
        await Reached(seen);
        await seen.Page.ClickAsync(".press button.main");
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        await Reached(seen);
        await seen.Page.ClickAsync(".press button");
        await seen.Page.WaitForURLAsync("**/kiosk/d*");
        await Reached(seen);
        await seen.Shot("kiosk-zoom");
        await seen.Accessible(enhanced: true);
    }

    private static async Task Reached(Seen seen) => Assert.Equal("", await seen.Page.EvaluateAsync<string>("""
        () => {
          if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) { return 'sideways'; }
          for (const each of document.querySelectorAll('a, button')) {
            if (each.offsetParent === null || each.closest('dialog')) { continue; }
            each.scrollIntoView({ block: 'center' });
            const box = each.getBoundingClientRect();
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            if (!top || !(each === top || each.contains(top))) { return 'covered: ' + each.textContent; }
          }
          return '';
        }
        """));

    private async Task<Seen> Start(Uri address, string language)
    {
        var seen = await Seen.Open(browser, address, language, width: 1080, height: 1920, signedIn: null);
        await seen.Go("/kiosk");
        return seen;
    }

    private async Task<Seen> Visits(int person, string language)
    {
        await site.Card(person);
        var seen = await Start(site.Address, language);
        await seen.Page.ClickAsync(".press button.main");
        await seen.Page.WaitForURLAsync("**/kiosk/visits");
        return seen;
    }
}
