using System.Net;
using System.Text.Json;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Desk;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Settlement;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Fuzz;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Fuzz;

/// <summary>Every route of the agent, every form of its pages, its cookies, and requests as bytes, hostile, over loopback. A route that has no good request
/// here fails the test; a page's forms are taken from the page.</summary>
public sealed partial class AgentHttpFuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int UsualCases = 40;
    private const int UsualForms = 25;
    private const int UsualRaw = 300;
    private const string Pin = "739154";
    private Station _station = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private SettledAnswer _settled = null!;
    private SettledAnswer _other = null!;
    private string _visit = "";
    private string _queued = "";

    private int Port => new Uri(_app.Urls.First()).Port;

    public async Task InitializeAsync()
    {
        _station = await Station.Start(["offline.after_minutes", 0, "10080", "minutes"]);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(LocalApi).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LocalApi.MaxBodyBytes);
        _station.Agent.AddTo(builder.Services, _station.Hub);
        builder.Services.AddLocalApi();
        builder.Services.AddDesk();
        _app = builder.Build();
        _app.UseDoor();
        _app.MapLocalApi();
        _app.MapDesk();
        await _app.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(_app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
        foreach (var (number, role) in ((string, string)[])[("01", Roles.Manager), ("02", Roles.Doctor), ("03", Roles.Manager)])
        {
            var given = Assert.IsType<StaffOutcome.Done>(await _station.Part<StaffChanges>().Add(number, "样本" + number, role, "console"));
            Assert.IsType<PinOutcome.Right>(await _station.Part<SignIn>().Change(number, given.Pin, Pin, Pin));
        }
        (_settled, _other) = (await _station.Treat(1, 80m), await _station.Treat(6, 70m));
        (_visit, _queued) = ((await _station.CheckIn(2)).Visit, (await _station.CheckIn(3)).Visit);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _station.DisposeAsync();
    }

    [Fact]
    public async Task LocalApi_OfHostileRequests_AnswersByName()
    {
        var seeds = Seeds().ToList();
        var mapped = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is null && !route.RoutePattern.RawText!.TrimStart('/').StartsWith("assets/", StringComparison.Ordinal))
            .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(mapped, seeds.Select(seed => seed.Route).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var fuzz = new HttpFuzz(_http);
        foreach (var seed in seeds)
        {
            for (var number = 0; number < HttpFuzz.CasesOf(UsualCases); number++)
            {
                var at = number;
                await fuzz.Try($"{seed.Route}, case {number}", () => seed.Request(at), (status, body, type) =>
                    at == 0 && status >= 400 && !Refused.Contains(seed.Route) ? $"the good request is refused: {status} {System.Text.Encoding.UTF8.GetString(body)}"
                    : seed.Route is "GET /" or "GET /language/{language}" ? HttpFuzz.Page(status, body, type) : HttpFuzz.Named(status, body, type));
            }
        }
        output.WriteLine($"{seeds.Count} routes, {fuzz.Cases} requests, {fuzz.Taken} taken, {fuzz.Wrong.Count} wrong");
        Assert.True(fuzz.Wrong.Count == 0, string.Join('\n', fuzz.Wrong));
        await Sound();
    }

    /// <summary>Each page is read, and each of its forms is sent as the page shows it and altered, by somebody who may do everything.</summary>
    [Fact]
    public async Task Pages_OfHostileForms_AnswerOnAPage()
    {
        var (pages, fuzz, forms) = (await PageForms.Of(_app.Services), new HttpFuzz(_http), 0);
        Assert.True(pages.Count >= 20, "the pages were found");
        foreach (var page in pages)
        {
            foreach (var (method, name, fields) in page.Handlers.OrderBy(each => each.Method, StringComparer.Ordinal))
            {
                var path = Path(page.Pattern);
                // What a manager may not, a doctor may.
                var who = "01";
                var shown = await Look(path, await SignedIn(who));
                (who, shown) = _status == HttpStatusCode.Forbidden ? ("02", await Look(path, await SignedIn("02"))) : (who, shown);
                var cookies = await SignedIn(who);
                var to = path + (name is null ? "" : (path.Contains('?') ? '&' : '?') + "handler=" + name);
                // A request that waits for a card is held as long as it says: it is asked once, with what it never saw.
                for (var number = 0; number < (fields.Contains("seen") ? 1 : HttpFuzz.CasesOf(UsualForms)); number++)
                {
                    var at = number;
                    var status = await fuzz.Try($"{method} {page.Pattern} {name}, case {number}", () => Task.FromResult(Form(method, to, shown, fields, cookies, at)), HttpFuzz.Page);
                    cookies = number % 5 == 4 ? await SignedIn(who) : cookies;
                    Assert.True(number > 0 || status != 403, $"{method} {page.Pattern} {name}: neither manager nor doctor may");
                }
                forms += method == "POST" ? 1 : 0;
            }
        }
        output.WriteLine($"{pages.Count} pages, {forms} forms, {fuzz.Cases} requests, {fuzz.Taken} taken or led on, {fuzz.Wrong.Count} wrong");
        Assert.True(fuzz.Wrong.Count == 0, string.Join('\n', fuzz.Wrong));
        Assert.True(forms >= 15 && fuzz.Taken > forms, "the forms were sent");
        await Sound();
    }

    [Fact]
    public async Task CookiesAndRequests_Altered_AreRefusedOrPassedOver()
    {
        var (good, fuzz) = (await SignedIn() + "; edgehub-language=sv-SE; edgehub-kiosk=0123456789abcdef0123456789abcdef; edgehub-kiosk-number=7", new HttpFuzz(_http));
        for (var number = 0; number < HttpFuzz.CasesOf(UsualRaw); number++)
        {
            var at = number;
            await fuzz.Try($"cookies, case {number}", () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, new Uri(((string[])["/desk", "/kiosk", "/kiosk/visits", "/desk/day", "/kiosk/desk"])[at % 5], UriKind.Relative));
                request.Headers.TryAddWithoutValidation("Cookie", PageForms.Cookie(at, good));
                return Task.FromResult(request);
            }, HttpFuzz.Page);
        }
        var body = RouteSeed.Json(_station.Bill(1m));
        byte[][] raw =
        [
            RawHttp.Seed("GET", "/desk", Port, $"Cookie: {good}\r\nAccept-Language: sv\r\n", []), RawHttp.Seed("POST", $"/api/v1/visits/{_queued}/quote", Port, "Content-Type: application/json\r\nOrigin: http://127.0.0.1\r\n", body),
            RawHttp.Seed("POST", "/desk/signin", Port, $"Cookie: {good}\r\nContent-Type: application/x-www-form-urlencoded\r\nOrigin: http://evil.invalid\r\nReferer: x\r\nSec-Fetch-Site: cross-site\r\n", "Number=01&pin=1"u8.ToArray()),
            .. ((string[])["br", "gzip", "deflate"]).Select(encoding => RawHttp.Seed("POST", "/api/v1/visits", Port, $"Content-Type: application/json\r\nContent-Encoding: {encoding}\r\n", RawHttp.Bomb(encoding == "br" ? "br" : "gzip"))),
            RawHttp.Seed("POST", "/api/v1/visits", Port, "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "5\r\n{\"a\":\r\n0\r\n\r\n"u8.ToArray()),
        ];
        for (var number = 0; number < HttpFuzz.CasesOf(UsualRaw); number++)
        {
            if (await RawHttp.Try(Port, RawHttp.Altered(raw, number)) is { } what)
            {
                fuzz.Wrong.Add($"request as bytes, case {number}: {what}");
            }
        }
        output.WriteLine($"{fuzz.Cases} requests with altered cookies, {HttpFuzz.CasesOf(UsualRaw)} as bytes, {fuzz.Wrong.Count} wrong");
        Assert.True(fuzz.Wrong.Count == 0, string.Join('\n', fuzz.Wrong));
        await Sound();
    }

    /// <summary>What was found once, as it was found.</summary>
    [Theory]
    [InlineData("/desk/day?on=0001-01-01", 200)]
    [InlineData("/desk/evidence?on=0001-01-01", 200)]
    [InlineData("/api/v1/bookings?day=0001-01-01", 400)]
    [InlineData("/api/v1/bookings?day=9999-12-31", 400)]
    [InlineData("/kiosk?name=entrance&scanner=a%00b", 400)]
    public async Task Request_ThatOnceBroke_IsAnswered(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", await SignedIn());
        using var answer = await _http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    /// <summary>Routes whose good request is refused here: there is no reader, no printer, nothing owed, no hub to enrol with.</summary>
    private static readonly string[] Refused =
    [
        "POST /api/v1/enrol", "GET /api/v1/card", "PUT /api/v1/card", "DELETE /api/v1/card", "POST /api/v1/settlements/{id}/print", "POST /api/v1/payables/{decision}/payment", "POST /api/v1/unsent/export",
        "POST /api/v1/unsent/acks", "GET /api/v1/reimbursements/{id}", "POST /api/v1/bookings/{booking}/cancel", "POST /api/v1/bookings/{booking}/steps",
        "POST /api/v1/bookings/{booking}/move",
    ];

    private IEnumerable<RouteSeed> Seeds()
    {
        var bill = RouteSeed.Json(_station.Bill(12m));
        var (id, day) = (_settled.Settlement.ToString("D"), "2025-03-12");
        return
        [
            new("GET /", "/"), new("GET /health", "/health?<x>"), new("GET /openapi/{documentName}.json", "/openapi/v1.json"), new("GET /language/{language}", "/language/<sv-SE>?back=<%2Fdesk>"),
            new("GET /api/v1/status", "/api/v1/status"), new("POST /api/v1/enrol", "/api/v1/enrol", RouteSeed.Json(new EnrolAsked("http://127.0.0.1:9", "CODE"))), new("POST /api/v1/sync", "/api/v1/sync", []) { Shape = Shape.Bytes },
            new("GET /api/v1/readers", "/api/v1/readers"), new("GET /api/v1/card", "/api/v1/card"), new("PUT /api/v1/card", "/api/v1/card", RouteSeed.Json(new PresentedCard("S00000001", null))), new("DELETE /api/v1/card", "/api/v1/card"),
            new("GET /api/v1/scans", "/api/v1/scans?after=<0>&scanner=<a>"), new("GET /api/v1/catalogue", "/api/v1/catalogue?q=<jly>"),
            new("POST /api/v1/visits", "/api/v1/visits", RouteSeed.Json(new CheckInRequest("11", new EvidenceGiven("idnumber", Reference.IdNumber(4), null), "op"))),
            new("GET /api/v1/visits/{visit}", $"/api/v1/visits/<{_visit}>"),
            new("POST /api/v1/visits/{visit}/quote", $"/api/v1/visits/<{_visit}>/quote", bill), new("POST /api/v1/visits/{visit}/settlements", $"/api/v1/visits/<{_visit}>/settlements", bill),
            new("POST /api/v1/contacts", "/api/v1/contacts", RouteSeed.Json(new ContactRequest("c-1", null, "P1", "video", "nurse", true, "op"))),
            new("GET /api/v1/settlements/{id}", $"/api/v1/settlements/<{id}>"), new("POST /api/v1/settlements/{id}/print", $"/api/v1/settlements/<{id}>/print?printer=<a>", []) { Shape = Shape.Bytes },
            new("POST /api/v1/settlements/{id}/partial-refund/quote", $"/api/v1/settlements/<{id}>/partial-refund/quote", RouteSeed.Json(new PartRefundRequest("r-0", [new LineRemains(1, 0.5m, 4000)], "returned", "op", null))),
            new("POST /api/v1/settlements/{id}/partial-refund", $"/api/v1/settlements/<{id}>/partial-refund", RouteSeed.Json(new PartRefundRequest("r-1", [new LineRemains(1, 0.5m, 4000)], "returned", "op", null))),
            new("POST /api/v1/settlements/{id}/reversal", $"/api/v1/settlements/<{_other.Settlement:D}>/reversal", RouteSeed.Json(new ReverseRequest("v-1", "mistake", "op"))),
            new("GET /api/v1/requests/{requestKey}", $"/api/v1/requests/<key-1>"), new("GET /api/v1/days/{day}/totals", $"/api/v1/days/<{day}>/totals"),
            new("POST /api/v1/reimbursements", "/api/v1/reimbursements", RouteSeed.Json(new ReimbursementRequest("i-1", new EvidenceGiven("idnumber", Reference.IdNumber(5), null), "11",
                new TreatedAt("530900200001", null, null, 2, "hospital"), null, new DateOnly(2025, 3, 1), null, ["J06.9"], null, new InvoiceGiven("915300000000000001", "INV-1"), [new LineGiven("A1", 10m, 1m, 1000)], "WorkingAway", null, "op"))),
            new("GET /api/v1/reimbursements/{id}", $"/api/v1/reimbursements/<{id}>"), new("GET /api/v1/persons/{person}/payables", "/api/v1/persons/<P1>/payables"),
            new("POST /api/v1/payables/{decision}/payment", $"/api/v1/payables/<{id}>/payment", RouteSeed.Json(new PayOutRequest("p-1", "op"))),
            new("GET /api/v1/unsent", "/api/v1/unsent"), new("POST /api/v1/unsent/export", "/api/v1/unsent/export", []) { Shape = Shape.Bytes }, new("POST /api/v1/unsent/acks", "/api/v1/unsent/acks", "EHA1"u8.ToArray(), "application/octet-stream", Shape.Bytes),
            new("GET /api/v1/bookings", $"/api/v1/bookings?day=<{day}>"), new("POST /api/v1/bookings", "/api/v1/bookings", RouteSeed.Json(new BookRequest("b-1", "P1", Station.Morning.AddHours(3), 20, "3", "nurse", "李护士", "op"))),
            new("POST /api/v1/bookings/{booking}/cancel", "/api/v1/bookings/<desk-1>/cancel", """{"requestKey":"x-1","reason":"called","operator":"op"}"""u8.ToArray()),
            new("POST /api/v1/bookings/{booking}/move", "/api/v1/bookings/<desk-1>/move", RouteSeed.Json(new MoveRequest("m-1", Station.Morning.AddHours(4), 20, "op"))),
            new("POST /api/v1/bookings/{booking}/steps", "/api/v1/bookings/<desk-1>/steps", """{"requestKey":"s-1","to":"CheckedIn","operator":"op"}"""u8.ToArray()),
        ];
    }

    private string Path(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, "\\{(?<name>[a-z]+)(:[a-z]+)?\\??\\}", match => match.Groups["name"].Value switch
    {
        "visit" => _queued,
        "settlement" => _settled.Settlement.ToString("D"),
        "claim" => _settled.Settlement.ToString("D"),
        var other => throw new InvalidOperationException($"The page {pattern} has the parameter {other}, for which there is no good value here."),
    }, System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1));

    private async Task<string> SignedIn(string who = "01")
    {
        var member = (await _station.Store.Do(session => _station.Store.Staff.All(session))).Single(each => each.Number == who);
        return $"{DeskGate.Cookie}={await _station.Part<Sessions>().Open(member)}";
    }

    /// <summary>What the page shows to be filled in, with the form's token; the token's cookie is kept.</summary>
    private async Task<List<(string Name, string Value)>> Look(string path, string cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookies + (_form.Length > 0 ? "; " + _form : ""));
        using var answer = await _http.SendAsync(request);
        var status = answer.StatusCode;
        _form = answer.Headers.TryGetValues("Set-Cookie", out var set) && set.FirstOrDefault(each => each.StartsWith("edgehub-form=", StringComparison.Ordinal)) is { } one ? one.Split(';')[0] : _form;
        var shown = PageForms.Shown(await answer.Content.ReadAsStringAsync());
        if (!shown.Exists(each => each.Name == "__RequestVerificationToken") && path != "/desk")
        {
            shown.AddRange((await Look("/desk", cookies)).Where(each => each.Name == "__RequestVerificationToken").Take(1));
        }
        _status = status;
        return shown;
    }

    private string _form = "";
    private HttpStatusCode _status;

    private HttpRequestMessage Form(string method, string path, IReadOnlyList<(string, string)> shown, IReadOnlyList<string> fields, string cookies, int number)
    {
        var (body, type) = PageForms.Altered(method == "POST" ? shown : [], fields, Good, number);
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(method == "POST" ? path : path + (path.Contains('?') ? '&' : '?') + System.Text.Encoding.Latin1.GetString(body.Length < 6_000 ? body : body[..6_000]).Replace("\0", "%00", StringComparison.Ordinal), UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookies + "; " + _form);
        if (number % 3 == 1)
        {
            request.Headers.TryAddWithoutValidation("HX-Request", "true");
            request.Headers.TryAddWithoutValidation("HX-Current-URL", number % 2 == 0 ? "http://127.0.0.1/desk" : "http://[");
        }
        if (method == "POST")
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        return request;
    }

    private static string Good(string field) => field.ToLowerInvariant() switch
    {
        "number" => "02",
        "pin" or "old" or "wanted" or "again" or "secondpin" => Pin,
        "secondnumber" => "03",
        "role" => Roles.Doctor,
        "name" => "样本",
        "visittype" => "11",
        "how" => "idnumber",
        "counted" => "80.00",
        "person" => "P1",
        "seen" => "-1",
        "ordinal" => "1",
        "on" => "2025-03-12",
        _ => "x",
    };

    /// <summary>Whatever came, the store is sound and the agent answers.</summary>
    private async Task Sound()
    {
        using var health = JsonDocument.Parse(await _http.GetStringAsync("/health"));
        Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri("/api/v1/status", UriKind.Relative))).StatusCode);
    }
}
