using System.Net;
using EdgeHub.Pages.Web;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Browser;

/// <summary>What holds for every page: languages, the bar, the policy, files that are kept, pages without a script.</summary>
[Collection(OneBrowser.Desk)]
public sealed class FrameTests(OneBrowser browser, DeskSite site) : IClassFixture<DeskSite>
{
    private static readonly IReadOnlyDictionary<string, string> Devices = new Dictionary<string, string>
    {
        [Languages.Chinese] = "设备与线路", [Languages.Swedish] = "Utrustning", [Languages.English] = "Devices",
    };

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.DevicesAndSync)]
    public async Task Page_SpeaksTheBrowsersLanguage(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language);
        await seen.Go("/desk/devices");
        Assert.Equal(Devices[language], await seen.Page.InnerTextAsync("h1"));
        Assert.Equal(language, await seen.Page.GetAttributeAsync("html", "lang"));
        await seen.Accessible();
        await seen.Shot("devices");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Language_ChosenByItsWord_StaysOnThePage(bool script)
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English, script);
        await seen.Go("/desk/devices");
        await seen.Leads(() => seen.Page.ClickAsync("text=Svenska"));
        Assert.EndsWith("/desk/devices", seen.Page.Url, StringComparison.Ordinal);
        Assert.Equal(Devices[Languages.Swedish], await seen.Page.InnerTextAsync("h1"));
    }

    [Fact]
    public async Task Page_LoadsNothingThatThePolicyRefuses()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English);
        var wrong = new List<string>();
        seen.Page.Console += (_, message) => wrong.Add($"{message.Type}: {message.Text}");
        seen.Page.RequestFailed += (_, request) => wrong.Add(request.Url);
        await seen.Go("/desk/devices");
        Assert.Equal("object", await seen.Page.EvaluateAsync<string>("() => typeof window.htmx"));
        Assert.Equal("rgb(244, 245, 242)", await seen.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Empty(wrong);
    }

    /// <summary>What looks at every page sees: a picture without words, a field without a label.</summary>
    [Fact]
    public async Task Look_AtAPageWithFaults_NamesThem()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English);
        await seen.Go("/desk/devices");
        await seen.Accessible();
        await seen.Page.EvaluateAsync("() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"x\"><input>'); }");
        var found = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => seen.Accessible());
        Assert.Contains("image-alt", found.Message, StringComparison.Ordinal);
        Assert.Contains("label", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bar_IsAskedForAgain_WhileThePageStands()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English);
        await seen.Go("/desk/devices");
        var answer = await seen.Page.WaitForResponseAsync("**/desk/bar");
        Assert.Equal(200, answer.Status);
        Assert.Equal(1, await seen.Page.Locator("footer#bar").CountAsync());
    }

    [Fact]
    public async Task FirstKey_LeadsPastTheMenu()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English);
        await seen.Go("/desk/devices");
        await seen.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await seen.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        await seen.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await seen.Page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task Page_ThatIsNotThere_SaysSoAndLeadsBack()
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English);
        var answer = await seen.Go("/desk/nowhere");
        Assert.Equal(404, answer!.Status);
        Assert.Equal("That did not work", await seen.Page.InnerTextAsync("h1"));
        await seen.Accessible();
        await seen.Shot("not-found");
    }

    [Theory]
    [InlineData("/desk/devices")]
    [InlineData("/desk/nowhere")]
    [InlineData("/api/v1/status")]
    public async Task EveryAnswer_TellsTheBrowserWhatToRefuse(string path)
    {
        using var answer = await site.Agent.Http.GetAsync(path);
        Assert.Equal(PageHeaders.Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Files_AreKeptForGood_UnderTheirHash()
    {
        var page = await site.Agent.Http.GetStringAsync("/desk/signin");
        var css = System.Text.RegularExpressions.Regex.Match(page, "/assets/edgehub\\.[0-9a-f]{12}\\.css").Value;
        using var answer = await site.Agent.Http.GetAsync(css);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
    }

    public static TheoryData<string, string, string, string> OfAnotherPage()
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (var language in Languages.All)
        {
            rows.Add("/desk/devices", "Host", "evil.example", language);
            rows.Add("/desk/devices", "Origin", "http://127.0.0.1:1", language);
            rows.Add("/desk/devices", "Sec-Fetch-Site", "cross-site", language);
            rows.Add("/api/v1/status", "Origin", "http://127.0.0.1:1", language);
            rows.Add("/api/v1/status", "Sec-Fetch-Site", "same-site", language);
        }
        return rows;
    }

    /// <summary>Refused in the reader's words.</summary>
    [Theory]
    [MemberData(nameof(OfAnotherPage))]
    [Shows(Scene.OtherOrigin)]
    public async Task RequestOfAnotherPage_IsRefused(string path, string header, string value, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await site.Agent.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(Texts.For(Codes.NotLocal).StaffMay(language), problem["staffMay"]!.GetValue<string>());
    }

    /// <summary>A page of another origin posts a form of ours, with the cookie of who is signed in: nothing happens, and the session stands.</summary>
    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.OtherOrigin)]
    public async Task FormOnAPageOfAnotherOrigin_DoesNothing(string language)
    {
        await using var seen = await Seen.Open(browser, site.Address, language);
        await seen.Page.RouteAsync("http://evil.example/**", route => route.FulfillAsync(new()
        {
            ContentType = "text/html", Body = $"<form method=post action='{new Uri(site.Address, "/desk/lock?handler=out")}'><button>x</button></form>",
        }));
        await seen.Page.GotoAsync("http://evil.example/");
        var answer = await seen.Page.RunAndWaitForResponseAsync(() => seen.Page.ClickAsync("button"), response => response.Request.Method == "POST");
        Assert.Equal(403, answer.Status);
        Assert.Equal(200, (await seen.Go("/desk/devices"))!.Status);
        Assert.EndsWith("/desk/devices", seen.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    public async Task LanguageSwitch_LeadsToNoOtherHost(string back)
    {
        await using var seen = await Seen.Open(browser, site.Address, Languages.English);
        var answer = await seen.Go("/language/sv-SE?back=" + Uri.EscapeDataString(back));
        Assert.Equal(site.Address.Authority, new Uri(answer!.Url).Authority);
    }
}
