using EdgeHub.Agent.Access;
using EdgeHub.Agent.Devices;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>Three more people, who mistype.</summary>
public sealed class ManyHandsSite : DeskSite
{
    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        for (var number = 11; number <= 13; number++)
        {
            await Hire(station, number.ToString(), "赵收费", Roles.Cashier);
        }
    }
}

/// <summary>What happens on any day: readers and their cards in trouble, a slow line, a restart, a PIN that is forgotten, a second person.</summary>
[Collection(OneBrowser.Desk)]
public sealed class StateTests(OneBrowser browser, ManyHandsSite site) : IClassFixture<ManyHandsSite>
{
    private readonly ClinicDay _day = new(site);

    /// <summary>The table says by hand or not; the page says the same, in words, with the code small.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.NoReader, Scene.ReaderHung, Scene.ReaderBusy, Scene.CardSystemStopped)]
    public async Task Reader_InTrouble_SaysWhatMayBeDone(string language)
    {
        await using var seen = await _day.Open(browser, language);
        foreach (var (error, byHand) in ((DeviceErrorCode, int)[])[
            (DeviceErrorCode.NoReader, 1), (DeviceErrorCode.ReaderHung, 1), (DeviceErrorCode.ReaderBusy, 0), (DeviceErrorCode.CardSystemStopped, 1)])
        {
            await _day.Trouble(error.ToString());
            await seen.Go("/desk");
            var card = await seen.Page.InnerTextAsync("#card");
            Assert.Contains(DeviceErrors.For(error).Staff(language), card, StringComparison.Ordinal);
            Assert.Contains(DeviceErrors.For(error).Patient(language), card, StringComparison.Ordinal);
            Assert.Equal(byHand, await seen.Page.Locator("#byhand").CountAsync());
            await seen.Accessible();
            await seen.Shot("reader-" + error);
        }
    }

    /// <summary>An answer that takes its time: said, without a second press, and the visit goes on.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.SlowAnswer)]
    public async Task SlowAnswer_IsSaid_AndTheVisitGoesOn(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        var said = await seen.SaysItIsSlow();
        // The answer comes when the page has said that it takes longer.
        await seen.Page.RouteAsync("**/desk/visit/**", async route =>
        {
            if (route.Request.Method == "POST")
            {
                await said;
            }
            await route.ContinueAsync();
        });
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        Assert.Equal(seen.Word("frame.slow"), await said);
    }

    /// <summary>The agent is killed under an open bill. Nothing is sent into the void; the form goes when it is back, and settles once.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.RestartUnderABill, Scene.ProgramGone)]
    public async Task Restart_UnderAnOpenBill_LosesNothing_AndSettlesOnce(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await seen.Page.Clock.InstallAsync();
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00", "3");
        await site.Restart(async () =>
        {
            await seen.Asks();
            await seen.Page.WaitForSelectorAsync("#gone:not([hidden])");
            await seen.Page.ClickAsync("button[value=confirm]");
            Assert.Equal("3", await seen.Page.InputValueAsync("#quantity-0"));
            await seen.Accessible();
            await seen.Shot("gone-bill");
        });
        await seen.Asks();
        await seen.Page.WaitForSelectorAsync("#gone", new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        var visit = new Uri(seen.Page.Url);
        await seen.Page.GoBackAsync();
        await seen.Page.WaitForURLAsync("**" + visit.AbsolutePath);
        Assert.Equal(1, await seen.Page.Locator("article.receipt").CountAsync());
    }

    [Theory]
    [InlineData(Languages.Chinese, "11")]
    [InlineData(Languages.Swedish, "12")]
    [InlineData(Languages.English, "13")]
    [Shows(Scene.Lockout)]
    public async Task WrongPins_LeadToAWait_ThatIsSaid(string language, string number)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.Go("/desk/signin");
        for (var tries = 1; tries <= 6; tries++)
        {
            await seen.Page.FillAsync("#number", number);
            await seen.Page.FillAsync("#pin", tries == 6 ? DeskSite.Pin : "180461");
            // What the try before was told looks the same.
            await seen.Leads(() => seen.Page.Keyboard.PressAsync("Enter"));
            await seen.Page.WaitForSelectorAsync($"[role=alert] .code:text-is('{(tries <= 5 ? Codes.SignInWrong : Codes.SignInWait)}')");
        }
        // The right one does not help either, and what is said names a time.
        Assert.Matches("[0-9]", await seen.Page.InnerTextAsync("[role=alert] p"));
        await seen.Accessible();
        await seen.Shot("signin-wait");
    }

    /// <summary>Above the amounts of the parameters a second person signs: for the bill, and for taking it back.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.SecondPerson)]
    public async Task SecondPerson_SignsALargeBill_AndItsReversal(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "6000.00");
        Assert.Contains(seen.Word("second.why"), await seen.Page.InnerTextAsync(".till"), StringComparison.Ordinal);
        await Sign(seen, "button[value=confirm]", "second-bill");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        await seen.Page.ClickAsync("a.grave");
        await seen.Page.WaitForURLAsync("**/desk/reverse/**");
        await seen.Page.CheckAsync("input[value=WrongItem]");
        await Sign(seen, "button.grave", "second-reverse");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        Assert.True(await seen.Page.IsVisibleAsync("main .notice.warn"));
    }

    /// <summary>Alone it is refused, with the own number too; then a manager signs.</summary>
    private static async Task Sign(Seen seen, string button, string shot)
    {
        await seen.Page.FillAsync("#secondNumber", DeskSite.Doctor);
        await seen.Page.FillAsync("#secondPin", DeskSite.Pin);
        await seen.Page.ClickAsync(button);
        await seen.Page.WaitForSelectorAsync("main .notice.bad");
        await seen.Accessible();
        await seen.Shot(shot);
        if (await seen.Page.Locator("input[value=WrongItem]").CountAsync() > 0)
        {
            await seen.Page.CheckAsync("input[value=WrongItem]");
        }
        await seen.Page.FillAsync("#secondNumber", DeskSite.Manager);
        await seen.Page.FillAsync("#secondPin", DeskSite.Pin);
        await seen.Page.ClickAsync(button);
    }
}
