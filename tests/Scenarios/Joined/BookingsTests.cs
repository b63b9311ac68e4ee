using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Store;
using EdgeHub.Hub.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>O7: bookings go from a booking system over the hub to the clinic and how each went comes back, the line cut in between.</summary>
public sealed class BookingsTests
{
    // The clock stands at 01:00 UTC on 2025-03-12.
    private const string Csv = """
        booking,site,person,starts,minutes,room,profession,staff,status
        A1,530924100001,P1,2025-03-12T10:00+08:00,20,3,nurse,Li,
        A2,530924100001,P2,2025-03-12T11:00+08:00,20,,,,booked
        A3,530924100201,P3,2025-03-12T11:00+08:00,20,,,,
        A4,530924100001,P999,2025-03-12T11:00+08:00,20,,,,
        """;

    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Bookings_FromASystemToTheClinicAndBack()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var here = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        using var system = new HttpClient { BaseAddress = new Uri(hub.Address) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await Hand(system, Csv, "text/csv")).Status);
        system.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Clients.Add(hub.Store, "regionens bokning", Clients.Bookings));
        var (status, answer) = await Hand(system, Csv, "text/csv");
        Assert.Equal((HttpStatusCode.OK, 4, 3, "A4"), (status, (int)answer["read"]!, (int)answer["changed"]!, (string)answer["unknown"]![0]!));
        Assert.Equal(0, (int)(await Hand(system, Csv, "text/csv")).Answer["changed"]!);
        var moved = """
            {"resourceType":"Appointment","id":"A2","status":"booked","start":"2025-03-12T14:00:00+08:00","minutesDuration":30,"participant":[{"actor":{"reference":"Patient/P2"}}]}
            """;
        Assert.Equal(1, (int)(await Hand(system, moved, "application/fhir+json", "?site=530924100001")).Answer["changed"]!);
        Assert.Equal((HttpStatusCode.BadRequest, "site"), (await Hand(system, moved, "application/fhir+json")) is var wrong ? (wrong.Status, (string)wrong.Answer["field"]!) : default);

        // The clinic has its own two, in their order, and works on with the line cut.
        await Quiet.Rest(hub, here);
        Assert.Equal(["A1 02:00 Booked", "A2 06:00 Booked"], await Day(here));
        here.Line.Up = false;
        var made = await here.Post("/api/v1/bookings", new { requestKey = "b1", person = "P3", starts = "2025-03-12T09:00:00+08:00", minutes = 15, @operator = "op" });
        var own = (string)made["booking"]!;
        Assert.Equal("CheckedIn", (string)(await here.Post("/api/v1/bookings/A1/steps", new { to = "CheckedIn", @operator = "op" }))["state"]!);
        Assert.Equal("CheckedIn", (string)(await here.Post("/api/v1/bookings/A1/steps", new { to = "CheckedIn", @operator = "op" }))["state"]!);
        Assert.Equal("StepNotAllowed", (string)(await here.TryPost("/api/v1/bookings/A1/steps", new { to = "Done", @operator = "op" })).Body["code"]!);
        Assert.Equal("StepNotAllowed", (string)(await here.TryPost("/api/v1/bookings/A1/cancel", new { reason = "late", @operator = "op" })).Body["code"]!);
        await here.Post("/api/v1/bookings/A2/cancel", new { reason = "ill", @operator = "op" });
        var again = (string)(await here.Post($"/api/v1/bookings/{own}/move", new { requestKey = "m1", starts = "2025-03-12T09:30:00+08:00", @operator = "op" }))["booking"]!;
        Assert.Equal(again, (string)(await here.Post($"/api/v1/bookings/{own}/move", new { requestKey = "m1", starts = "2025-03-12T09:30:00+08:00", @operator = "op" }))["booking"]!);
        Assert.Equal([$"{again} 01:30 Booked", "A1 02:00 CheckedIn"], await Day(here));

        here.Line.Up = true;
        await Quiet.Rest(hub, here);
        await hub.Taken();
        Assert.Empty(hub.Store.Read(session => session.Query<string>("select kind || ' ' || code || ' ' || detail from public_quarantine where released_ms is null", new { })));
        await Quiet.Rest(hub, here);
        Assert.Equal(((string[])["A1 CheckedIn http False", "A2 Booked fhir True", $"{own} Booked desk True", $"{again} Booked desk False"]).Order(StringComparer.Ordinal), hub.Store.Read(session => session.Query<Row>(
            "select key as Key, state as State, source as Source, removed as Removed from public_booking where site = '530924100001'", new { }))
            .Select(row => $"{row.Key} {row.State} {row.Source} {row.Removed}").Order(StringComparer.Ordinal));
        Assert.Equal([$"{again} 01:30 Booked", "A1 02:00 CheckedIn"], await Day(here));
    }

    [Fact]
    public async Task CheckIns_OfOneBookingWithoutTheLine_AreOneAtTheHub()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        using var system = new HttpClient { BaseAddress = new Uri(hub.Address) };
        system.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Clients.Add(hub.Store, "bookings", Clients.Bookings));
        await Hand(system, Csv, "text/csv");
        await Quiet.Rest(hub, agent);
        await agent.Close();
        using var backup = new FolderCopy(agent.Folder, "agent.db*");
        await agent.Open();
        agent.Line.Up = false;
        // Two kiosks of the agent, at the same moment: one number, one entry.
        var numbers = (await Task.WhenAll(At(agent).CheckIn("P1", "A1", "entrance"), At(agent).CheckIn("P1", "A1", "hall"))).Select(Number).ToList();
        Assert.Equal(numbers[0], numbers[1]);
        agent.Line.Up = true;
        await Quiet.Rest(hub, agent);
        await hub.Taken();
        Assert.Equal(["A1 CheckedIn 0"], Steps(hub));
        // The machine was exchanged and an old copy of its folder put in: it knows nothing of the check-in, and the line is down.
        await agent.Close();
        backup.PutBack();
        await agent.Open();
        agent.Line.Up = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var again = Number(await At(agent).CheckIn("P1", "A1", "entrance"));
        Assert.Equal(again, Number(await At(agent).CheckIn("P1", "A1", "hall")));
        agent.Line.Up = true;
        await Quiet.Rest(hub, agent);
        await hub.Taken();
        Assert.Equal(["A1 CheckedIn 1"], Steps(hub));
        Assert.Empty(hub.Store.Read(session => session.Query<string>("select kind || ' ' || code || ' ' || detail from public_quarantine where released_ms is null", new { })));
        Assert.Equal(["CheckedIn"], hub.Store.Read(session => session.Query<string>("select state from public_booking where site = '530924100001' and key = 'A1'", new { })));

        static IReadOnlyList<string> Steps(JoinedHub hub) => [.. hub.Store.Read(session => session.Query<string>(
            "select key || ' ' || state || ' ' || repeats from public_booking_step where site = '530924100001'", new { }))];
        static SelfCheckIn At(JoinedAgent agent) => new(agent.Store, new Identification(agent.Store), new Bookings(agent.Store, new SystemEntropy()));
        static int Number(KioskOutcome outcome) => Assert.IsType<KioskOutcome.CheckedIn>(outcome).Ticket.Number;
    }

    [Fact]
    public async Task Fees_OfWhoIsBookedHere_ComeToTheClinic_AlsoWhenBookedLater()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var here = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        using var system = new HttpClient { BaseAddress = new Uri(hub.Address) };
        system.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Clients.Add(hub.Store, "register", Clients.Fees));
        const string fees = "fee,person,day,amount,currency,status\nF1,P1,2024-06-10,900.00,SEK,\nF2,P1,2025-01-10,275.50,SEK,paid\nF1,P2,2025-01-10,300.00,SEK,\nF9,P999,2025-01-10,300.00,SEK,\n";
        Assert.Equal((3, "F9"), (await HandFees(system, fees)) is var first ? ((int)first["changed"]!, (string)first["unknown"]![0]!) : default);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Hand(system, Csv, "text/csv")).Status);
        system.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Clients.Add(hub.Store, "bookings", Clients.Bookings));
        await Quiet.Rest(hub, here);
        Assert.Empty(await Fees(here, 1));
        const string head = "booking,site,person,starts,minutes,room,profession,staff,status,fee,currency\n";
        await Hand(system, head + "A1,530924100001,P1,2025-03-12T10:00+08:00,20,,,,,300.00,SEK\n", "text/csv");
        await Quiet.Rest(hub, here);
        Assert.Equal(["2024-06-10 90000", "2025-01-10 27550"], await Fees(here, 1));
        Assert.Equal((300_00, "SEK"), (await here.Get("/api/v1/bookings?day=2025-03-12"))[0]!["fee"] is { } fee ? ((int)fee["minorUnits"]!, fee["currency"]!["code"]!.ToString()) : default);
        system.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Clients.Add(hub.Store, "register 2", Clients.Fees));
        Assert.Equal(1, (int)(await HandFees(system, fees.Replace("275.50,SEK,paid", "275.50,SEK,withdrawn", StringComparison.Ordinal)))["changed"]!);
        await Quiet.Rest(hub, here);
        Assert.Equal(["2024-06-10 90000"], await Fees(here, 1));
        Assert.Empty(await Fees(here, 2));
    }

    private static async Task<JsonNode> HandFees(HttpClient system, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        using var answer = await system.PostAsync("/api/v1/fees", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task<IReadOnlyList<string>> Fees(JoinedAgent agent, int person) =>
        [.. (await agent.Store.Do(session => BookingStore.Fees(session, Reference.Person(person), Currency.Sek))).Select(fee => $"{fee.Day:yyyy-MM-dd} {fee.Amount.MinorUnits}")];

    private static async Task<IReadOnlyList<string>> Day(JoinedAgent agent) =>
        [.. (await agent.Get("/api/v1/bookings?day=2025-03-12")).AsArray().Select(each => $"{each!["key"]} {each["starts"]!.ToString()[11..16]} {each["state"]}")];

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Hand(HttpClient system, string body, string type, string query = "")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var answer = await system.PostAsync("/api/v1/bookings" + query, content);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private sealed class Row
    {
        public string Key { get; init; } = "";
        public string State { get; init; } = "";
        public string Source { get; init; } = "";
        public bool Removed { get; init; }
    }
}
