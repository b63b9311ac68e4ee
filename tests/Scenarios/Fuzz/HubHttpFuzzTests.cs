using System.Net.Http.Headers;
using System.Text;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Bookings;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Fuzz;
using Microsoft.AspNetCore.Routing;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Fuzz;

/// <summary>Every route of the hub against hostile requests over loopback. A route that has no good request here fails the test.</summary>
[Trait("Engine", "Sqlite")]
public sealed class HubHttpFuzzTests(ITestOutputHelper output)
{
    private const int UsualCases = 60;
    private const int UsualRaw = 250;
    private static readonly EcdsaSigner Key = EcdsaKeys.Create();

    [Fact]
    public async Task Hub_OfHostileRequests_AnswersByName()
    {
        var clock = new SetClock(Station.Morning);
        await using var hub = await JoinedHub.Start(clock);
        using var http = new HttpClient { BaseAddress = new Uri(hub.Address) };
        var seeds = await Seeds(hub, http, clock);
        var mapped = hub.Routes.Select(Name).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(mapped, seeds.Select(seed => seed.Route).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        foreach (var (method, path, type, status) in (IEnumerable<(HttpMethod, string, string, int)>)[(HttpMethod.Get, "/nowhere", "text/plain", 404), (HttpMethod.Put, "/health", "text/plain", 405), (HttpMethod.Post, "/sync/v1/enrol", "text/csv", 415)])
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent("x", new MediaTypeHeaderValue(type)) });
            Assert.Equal((status, null), ((int)answer.StatusCode, HttpFuzz.Named(status, await answer.Content.ReadAsByteArrayAsync(), "")));
        }
        var fuzz = new HttpFuzz(http);
        foreach (var seed in seeds)
        {
            var since = System.Diagnostics.Stopwatch.StartNew();
            for (var number = 0; number < HttpFuzz.CasesOf(UsualCases); number++)
            {
                var at = number;
                var status = await fuzz.Try($"{seed.Route}, case {number}", () => seed.Request(at), HttpFuzz.Named);
                Assert.True(number > 0 || status < 300, $"{seed.Route}: the good request has the status {status}");
            }
            output.WriteLine($"{seed.Route}: {since.ElapsedMilliseconds} ms");
        }
        var wrong = new List<string>();
        byte[][] raw = [.. ((string[])["br", "gzip"]).Select(encoding => RawHttp.Seed("POST", "/sync/v1/journal", hub.Port, $"Content-Encoding: {encoding}\r\n", RawHttp.Bomb(encoding))),
            RawHttp.Seed("POST", "/sync/v1/enrol", hub.Port, "Content-Type: application/json\r\nOrigin: http://evil.invalid\r\nTransfer-Encoding: chunked\r\n", "5\r\n{\"a\":\r\n0\r\n\r\n"u8.ToArray()),
            RawHttp.Seed("GET", "/sync/v1/hello?device=x", hub.Port, "Accept-Language: sv\r\nAuthorization: EdgeHub a b c\r\nExpect: 100-continue\r\n", [])];
        for (var number = 0; number < HttpFuzz.CasesOf(UsualRaw); number++)
        {
            if (await RawHttp.Try(hub.Port, RawHttp.Altered(raw, number)) is { } what)
            {
                wrong.Add($"request as bytes, case {number}: {what}");
            }
        }
        output.WriteLine($"{seeds.Count} routes, {fuzz.Cases} requests, {fuzz.Taken} taken; {fuzz.Wrong.Count + wrong.Count} wrong");
        Assert.True(fuzz.Wrong.Count + wrong.Count == 0, string.Join('\n', fuzz.Wrong.Concat(wrong)));
        Assert.Equal("ok", System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement.GetProperty("status").GetString());
        hub.Verify();
    }

    private static string Name(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: [var method, ..] } && route.RoutePattern.RawText is { } pattern ? $"{method} /{pattern.Trim('/')}" : "";

    private static async Task<List<RouteSeed>> Seeds(JoinedHub hub, HttpClient http, TimeProvider clock)
    {
        var enrol = new EnrolRequest(hub.NewCode(JoinedHub.OtherClinic), Convert.ToBase64String(Key.PublicKey), "fuzz");
        var site = await new Enrolment(hub.Store).Enrol(enrol);
        var line = JournalCodec.Line(new JournalHead(1, Kinds.StoreChecked, 1, clock.GetUtcNow(), new DateOnly(2025, 3, 12), new ClockReading(1, 0, 0)), new StoreChecked("ok", 0, 0));
        var batch = BatchCodec.Write(site.Region, site.Site, site.Device, site.Epoch, 1, Chain.Zero, [line], Key);
        async Task<AuthenticationHeaderValue?> Ticket()
        {
            var hello = System.Text.Json.JsonSerializer.Deserialize<HelloAnswer>(await http.GetByteArrayAsync($"/sync/v1/hello?device={site.Device}"), JournalCodec.Options)!;
            var words = Tickets.Header(site.Device, hello.Ticket, Key).Split(' ', 2);
            return new AuthenticationHeaderValue(words[0], words[1]);
        }
        Task<AuthenticationHeaderValue?> Token(string token) => Task.FromResult<AuthenticationHeaderValue?>(new AuthenticationHeaderValue("Bearer", token));
        var (bookings, fees) = (Clients.Add(hub.Store, "bookings", Clients.Bookings), Clients.Add(hub.Store, "fees", Clients.Fees));
        var appointment = """{"resourceType":"Appointment","id":"a-1","status":"booked","start":"2025-03-13T09:30:00+08:00","minutesDuration":20,"participant":[{"actor":{"reference":"Patient/P1"}}]}"""u8.ToArray();
        return
        [
            new("GET /health", "/health"), new("GET /api/v1/status", "/api/v1/status?<x>"), new("GET /api/v1/calculate", "/api/v1/calculate?<x>"),
            new("GET /openapi/{documentName}.json", "/openapi/v1.json"),
            new("GET /api/v1/calculate/{rule}", "/api/v1/calculate/<benefit.bill>"),
            new("POST /api/v1/calculate/{rule}", "/api/v1/calculate/<benefit.bill>", Encoding.UTF8.GetBytes(RuleCatalogue.Find("benefit.bill")!.Template())),
            new("POST /sync/v1/enrol", "/sync/v1/enrol", RouteSeed.Json(enrol with { Code = hub.NewCode(JoinedHub.Clinic) })),
            new("GET /sync/v1/hello", $"/sync/v1/hello?device=<{site.Device}>"),
            new("POST /sync/v1/journal", "/sync/v1/journal", batch, "application/octet-stream", Shape.Bytes),
            new("POST /sync/v1/epoch", "/sync/v1/epoch", RouteSeed.Json(new EpochRequest(site.Device, 1, 1, Chain.Text(Chain.Next(Chain.Zero, line)), 0, [new string('a', 64)], new string('0', 64)))) { Authorization = Ticket },
            new("GET /sync/v1/feeds/{feed}", "/sync/v1/feeds/<members>?after=<0>&cursor=<>&format=<1>") { Authorization = Ticket },
            new("POST /sync/v1/persons/find", "/sync/v1/persons/find", RouteSeed.Json(new PersonAsked(PersonAsked.ById, Reference.IdNumber(1), new string('a', 32), "CheckIn"))) { Authorization = Ticket },
            new("POST /api/v1/bookings", "/api/v1/bookings?site=<530924100001>", appointment, "application/fhir+json") { Authorization = () => Token(bookings) },
            new("POST /api/v1/bookings", "/api/v1/bookings", Encoding.UTF8.GetBytes(string.Join(',', BookingFile.Columns) + $"\nB-1,{JoinedHub.Clinic},P1,2025-03-13T09:30+08:00,20,,,,booked\n"), "text/csv", Shape.Csv) { Authorization = () => Token(bookings) },
            new("POST /api/v1/fees", "/api/v1/fees", Encoding.UTF8.GetBytes(string.Join(',', FeeFile.Columns) + "\nF-1,P1,2025-03-01,300.00,SEK,paid\n"), "text/csv", Shape.Csv) { Authorization = () => Token(fees) },
        ];
    }
}
