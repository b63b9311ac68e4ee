using EdgeHub.Rules;

namespace EdgeHub.Tests.Browser;

/// <summary>Signing in, the PIN that must be changed, the locked screen, roles and the manager's page.</summary>
[Collection(OneBrowser.Desk)]
public sealed class AccessTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.SignIn)]
    public async Task Somebody_SignsIn_LocksAndSignsOut(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.Go("/desk/roles");
        Assert.Contains("/desk/signin", seen.Page.Url, StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("signin");
        await seen.SignIn(DeskSite.Doctor, "/desk/roles");
        await seen.Accessible();
        await seen.Shot("roles");
        await seen.Page.Keyboard.PressAsync("F10");
        await seen.Page.WaitForURLAsync("**/desk/lock**");
        Assert.Contains("王医生", await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await seen.Accessible();
        await seen.Shot("lock");
        await seen.Go("/desk/roles");
        Assert.Contains("/desk/lock", seen.Page.Url, StringComparison.Ordinal);
        await seen.Page.FillAsync("#pin", DeskSite.Pin);
        await seen.Page.Keyboard.PressAsync("Enter");
        await seen.Page.WaitForURLAsync("**/desk/roles");
        await seen.Page.ClickAsync("form[action='/desk/lock?handler=out'] button");
        await seen.Page.WaitForURLAsync("**/desk/signin");
        await seen.Go("/desk/roles");
        Assert.Contains("/desk/signin", seen.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task WrongPin_IsSaidKindly_AndLetsNobodyIn(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.Go("/desk/signin");
        await seen.Page.FillAsync("#number", DeskSite.Doctor);
        await seen.Page.FillAsync("#pin", "280461");
        await seen.Page.Keyboard.PressAsync("Enter");
        await seen.Page.WaitForSelectorAsync("[role=alert]");
        Assert.Contains("SignInWrong", await seen.Page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(DeskSite.Doctor, await seen.Page.InputValueAsync("#number"));
        Assert.Equal("", await seen.Page.InputValueAsync("#pin"));
        await seen.Accessible();
        await seen.Shot("signin-wrong");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.FirstPin)]
    public async Task Manager_HiresSomebody_WhoMustChooseAPin(string language)
    {
        var number = "1" + Languages.All.ToList().IndexOf(language);
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.SignIn(DeskSite.Manager, "/desk/staff");
        // The longest menu stands in one line at 1280 px.
        Assert.InRange(await seen.Page.EvaluateAsync<int>("() => document.querySelector('.head').offsetHeight"), 40, 60);
        await seen.Page.FillAsync("#new-number", number);
        await seen.Page.FillAsync("#new-name", "赵收费");
        await seen.Page.SelectOptionAsync("#new-role", "cashier");
        await seen.Page.PressAsync("#new-name", "Enter");
        var pin = await seen.Page.InnerTextAsync(".notice.good .figure");
        Assert.Matches("^[0-9]{8}$", pin);
        await seen.Accessible();
        await seen.Shot("staff");

        await using var other = await Seen.Open(browser, site.Address, language, signedIn: null);
        await other.Go("/desk/signin");
        await other.Page.FillAsync("#number", number);
        await other.Page.FillAsync("#pin", pin);
        await other.Page.Keyboard.PressAsync("Enter");
        await other.Page.WaitForURLAsync("**/desk/pin");
        await other.Go("/desk/devices");
        Assert.Contains("/desk/pin", other.Page.Url, StringComparison.Ordinal);
        await Change(other, pin, "123456");
        Assert.Contains("WeakPin", await other.Page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        await other.Accessible();
        await other.Shot("pin");
        await Change(other, pin, DeskSite.Pin);
        await other.Go("/desk/devices");
        Assert.EndsWith("/desk/devices", other.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.NotAllowed)]
    public async Task Doctor_OpensTheManagersPage_IsToldWhoMay(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.SignIn(DeskSite.Doctor);
        var answer = await seen.Go("/desk/staff");
        Assert.Equal(403, answer!.Status);
        Assert.Contains("NotAllowed", await seen.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(0, await seen.Page.Locator("nav a[href='/desk/staff']").CountAsync());
        await seen.Accessible();
        await seen.Shot("not-allowed");
    }

    [Fact]
    public async Task WithoutAScript_EverythingOfThis_Works()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.Chinese, script: false, signedIn: null);
        await seen.SignIn(DeskSite.Cashier, "/desk/roles");
        await seen.Page.ClickAsync("form[action='/desk/lock?handler=now'] button");
        await seen.Page.WaitForURLAsync("**/desk/lock**");
        await seen.Page.FillAsync("#pin", DeskSite.Pin);
        await seen.Page.Keyboard.PressAsync("Enter");
        await seen.Page.WaitForURLAsync("**/desk/roles");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task LockedElsewhere_ThePageFollows_ByItsBar(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.SignIn(DeskSite.Cashier, "/desk/roles");
        var second = await seen.Page.Context.NewPageAsync();
        await second.GotoAsync("/desk/roles");
        await second.Keyboard.PressAsync("F10");
        await second.WaitForURLAsync("**/desk/lock**");
        await seen.Page.WaitForURLAsync("**/desk/lock?back=%2Fdesk%2Froles");
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.OtherOrigin)]
    public async Task FormOfAnotherSession_IsRefused(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language, signedIn: null);
        await seen.Go("/desk/signin");
        await seen.Page.EvaluateAsync("() => document.querySelector('[name=__RequestVerificationToken]').value = 'forged'");
        await seen.Page.FillAsync("#number", DeskSite.Doctor);
        await seen.Page.FillAsync("#pin", DeskSite.Pin);
        await seen.Page.Keyboard.PressAsync("Enter");
        await seen.Page.WaitForSelectorAsync("text=FormStale");
        await seen.Shot("form-stale");
        await seen.Go("/desk/roles");
        Assert.Contains("/desk/signin", seen.Page.Url, StringComparison.Ordinal);
    }

    private static async Task Change(Seen seen, string old, string wanted)
    {
        await seen.Page.FillAsync("#old", old);
        await seen.Page.FillAsync("#wanted", wanted);
        await seen.Page.FillAsync("#again", wanted);
        await seen.Page.ClickAsync("main button.main");
        await seen.Page.WaitForLoadStateAsync();
    }
}
