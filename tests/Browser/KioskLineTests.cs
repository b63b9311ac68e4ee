using System.Net;
using System.Security.Cryptography;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Browser;

/// <summary>Kiosks on other machines: the address that they reach has their screens and nothing else, a machine that nobody paired gets nothing,
/// and two kiosks never mix their patients.</summary>
[Collection(OneBrowser.Kiosk)]
public sealed class KioskLineTests(OneBrowser browser, CounterSite site) : IClassFixture<CounterSite>
{
    private static readonly string[] NotAKiosks =
    [
        "/desk", "/desk/signin", "/desk/trouble", "/desk/kiosks", "/api/v1/status", "/api/v1/scans", "/openapi/v1.json", "/health", "/kiosk/trouble",
        "/kiosk/../desk", "/kiosk/%2e%2e/desk", "/kiosk/..%2fdesk", "//desk", "/KIOSK/visits", "/kiosk/visits/", "/kiosk/pair/x",
    ];

    [Fact]
    public async Task Stranger_FindsTheScreenForTheCodeAndNothingElse()
    {
        using var stranger = Client();
        foreach (var path in (string[])[.. NotAKiosks, "/kiosk/visits", "/kiosk/done", "/kiosk/desk", "/kiosk/clean"])
        {
            Assert.Equal((path, HttpStatusCode.NotFound, ""), await Got(stranger, path));
        }
        using var posted = await stranger.PostAsync("/kiosk/desk", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        foreach (var path in (string[])["/", "/kiosk", "/kiosk/calls"])
        {
            using var led = await stranger.GetAsync(path);
            Assert.Equal((HttpStatusCode.Redirect, "/kiosk/pair"), (led.StatusCode, led.Headers.Location?.ToString()));
        }
        var (_, status, page) = await Got(stranger, "/kiosk/pair");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("样本村", page, StringComparison.Ordinal);
        // On the desk's own address there is no such screen.
        Assert.Equal(HttpStatusCode.NotFound, (await site.Agent.Http.GetAsync("/kiosk/pair")).StatusCode);
        // The key that it shows is the one whose print the desk's command names.
        await using var desk = await Seen.Open(browser, site.Address, Languages.English, signedIn: DeskSite.Manager);
        await desk.Go("/desk/kiosks");
        Assert.NotNull(_print);
        Assert.Contains($"spki-list={_print} ", await desk.Page.InnerTextAsync("code"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task Kiosk_PairedByItsCode_ShowsItsScreensUntilItIsRevoked(string language)
    {
        var name = "hall-" + language.ToLowerInvariant();
        await using var desk = await Seen.Open(browser, site.Address, language, signedIn: DeskSite.Manager);
        var code = await Offer(desk, name, "door");
        await desk.Accessible();
        await desk.Shot("desk-kiosks");
        await using var kiosk = await Seen.Open(browser, site.Line, language, width: 1080, height: 1920, signedIn: null);
        await kiosk.Go("/kiosk");
        await KioskTests.Checked(kiosk, "kiosk-pair");
        await kiosk.Page.FillAsync("#code", "12345678" == code ? "12345679" : "12345678");
        await kiosk.Page.ClickAsync(".press .main");
        await kiosk.Page.WaitForSelectorAsync(".ask .notice.warn");
        foreach (var digit in code)
        {
            await kiosk.Page.ClickAsync($"[data-digit='{digit}']");
        }
        await kiosk.Page.ClickAsync(".press .main");
        await kiosk.Page.WaitForURLAsync("**/kiosk");
        await KioskTests.Checked(kiosk, "kiosk-paired");
        Assert.Equal(200, (await kiosk.Go("/kiosk/calls"))!.Status);
        foreach (var path in NotAKiosks.Take(8))
        {
            Assert.Equal(404, (await kiosk.Page.APIRequest.GetAsync(site.Line.GetLeftPart(UriPartial.Authority) + path)).Status);
        }
        // The code worked once.
        await using var second = await Seen.Open(browser, site.Line, language, signedIn: null);
        await second.Go("/kiosk");
        await second.Page.FillAsync("#code", code);
        await second.Page.ClickAsync(".press .main");
        await second.Page.WaitForSelectorAsync(".ask .notice.warn");
        await desk.Go("/desk/kiosks");
        await desk.Page.ClickAsync($"li:has-text('{name}') button");
        await desk.Page.WaitForSelectorAsync($"li:has-text('{name}') .state");
        await kiosk.Go("/kiosk");
        Assert.EndsWith("/kiosk/pair", kiosk.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kiosk_CalledByAnotherNameOrPage_AnswersNothing()
    {
        await using var desk = await Seen.Open(browser, site.Address, Languages.English, signedIn: DeskSite.Manager);
        await using var kiosk = await Paired(desk, "named", "door");
        var cookie = (await kiosk.Page.Context.CookiesAsync()).Single(each => each.Name == "edgehub-kiosk-pair");
        Assert.True(cookie is { HttpOnly: true, Secure: true, SameSite: Microsoft.Playwright.SameSiteAttribute.Strict });
        using var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", $"{cookie.Name}={cookie.Value}");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/kiosk")).StatusCode);
        foreach (var (header, value) in ((string, string)[])[("Host", "evil.example"), ("Host", "localhost:" + site.Line.Port), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/kiosk");
            request.Headers.TryAddWithoutValidation(header, value);
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task TwoKiosks_AtOnce_GiveTwoNumbersAndMixNobody()
    {
        await using var desk = await Seen.Open(browser, site.Address, Languages.English, signedIn: DeskSite.Manager);
        await using var there = await Paired(desk, "there", "hall");
        await using var here = await Seen.Open(browser, site.Address, Languages.Swedish, signedIn: null);
        await here.Go("/kiosk?name=here&scanner=door&printer=none");
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(here.Go("/kiosk"), there.Go("/kiosk"));
            site.Scan($"EHB:K{15 + round}\r");
            site.ScanInTheHall($"EHB:K{17 + round}\r");
            await Task.WhenAll(here.Page.WaitForURLAsync("**/kiosk/visits"), there.Page.WaitForURLAsync("**/kiosk/visits"));
            await Task.WhenAll(here.Page.ClickAsync(".press button"), there.Page.ClickAsync(".press button"));
            await Task.WhenAll(here.Page.WaitForURLAsync("**/kiosk/done"), there.Page.WaitForURLAsync("**/kiosk/done"));
            var (first, second) = (await here.Page.InnerTextAsync(".ticket"), await there.Page.InnerTextAsync(".ticket"));
            var (_, day) = await site.Agent.Get("/api/v1/bookings");
            string Number(int booking) => day!.AsArray().Single(each => each!["key"]!.ToString() == $"K{booking}")!["number"]!.ToString();
            Assert.Equal((Number(15 + round), Number(17 + round)), (first, second));
            Assert.NotEqual(first, second);
            await Task.WhenAll(here.Page.ClickAsync(".press a"), there.Page.ClickAsync(".press a"));
            await Task.WhenAll(here.Page.WaitForURLAsync("**/kiosk"), there.Page.WaitForURLAsync("**/kiosk"));
        }
    }

    private string? _print;

    private HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false,
        SslOptions =
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                using var shown = new System.Security.Cryptography.X509Certificates.X509Certificate2(certificate!);
                _print = Convert.ToBase64String(SHA256.HashData(shown.PublicKey.ExportSubjectPublicKeyInfo()));
                return true;
            },
        },
    })
    { BaseAddress = site.Line };

    private static async Task<(string Path, HttpStatusCode Status, string Body)> Got(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        return (path, answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<Seen> Paired(Seen desk, string name, string scanner)
    {
        var code = await Offer(desk, name, scanner);
        var kiosk = await Seen.Open(browser, site.Line, Languages.English, signedIn: null);
        await kiosk.Go("/kiosk");
        await kiosk.Page.FillAsync("#code", code);
        await kiosk.Page.ClickAsync(".press .main");
        await kiosk.Page.WaitForURLAsync("**/kiosk");
        return kiosk;
    }

    private static async Task<string> Offer(Seen desk, string name, string scanner)
    {
        await desk.Go("/desk/kiosks");
        await desk.Page.FillAsync("#kiosk-name", name);
        await desk.Page.FillAsync("#kiosk-scanner", scanner);
        await desk.Page.FillAsync("#kiosk-printer", "none");
        await desk.Page.PressAsync("#kiosk-printer", "Enter");
        return (await desk.Page.InnerTextAsync("#kiosk-code")).Replace(" ", "", StringComparison.Ordinal);
    }
}
