using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Agent;

/// <summary>One agent process for the questions to its interface and its commands.</summary>
public sealed class RunningAgent : IAsyncLifetime
{
    public Station Station { get; private set; } = null!;
    public AgentProcess Process { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Station = await Station.Start(["offline.after_minutes", 0, "10080", "minutes"]);
        await Station.Close();
        Process = await AgentProcess.Start(Station.Folder);
    }

    public async Task DisposeAsync()
    {
        Process.Dispose();
        await Station.Open();
        await Station.DisposeAsync();
    }
}

public sealed class LocalApiTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    private AgentProcess Agent => running.Process;

    [Fact]
    public async Task Settle_OverHttp_AnswersSameBytesAgainAndIsFound()
    {
        var visit = await Agent.CheckIn(1);
        var (quoted, quote) = await Agent.Post($"/api/v1/visits/{visit}/quote", AgentProcess.Bill("http-1"));
        var (settled, first) = await Agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill("http-1"));
        var (_, second) = await Agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill("http-1"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (quoted, settled));
        Assert.Equal(first!.ToJsonString(), second!.ToJsonString());
        Assert.Equal(quote!["shares"]!.ToJsonString(), first["shares"]!.ToJsonString());
        Assert.StartsWith(Reference.Site, first["receiptNo"]!.GetValue<string>(), StringComparison.Ordinal);
        var (_, shown) = await Agent.Get("/api/v1/settlements/" + first["settlement"]);
        Assert.Equal(first["seq"]!.GetValue<long>(), shown!["confirmed"]!["seq"]!.GetValue<long>());
        Assert.False(shown["acknowledged"]!.GetValue<bool>());
        var (reversed, mirror) = await Agent.Post($"/api/v1/settlements/{first["settlement"]}/reversal", new { requestKey = "http-1r", reason = "mistake", @operator = "op" });
        Assert.Equal(HttpStatusCode.OK, reversed);
        Assert.Equal(first["shares"]!.ToJsonString(), mirror!["shares"]!.ToJsonString());
        var (_, totals) = await Agent.Get("/api/v1/days/2025-03-12/totals");
        Assert.True(totals!["settled"]!["count"]!.GetValue<long>() >= 1);
    }

    [Theory]
    [InlineData("en-GB", "was not found")]
    [InlineData("sv-SE", "hitta")]
    [InlineData("zh-CN", "没有")]
    [InlineData("fr", "没有")]
    public async Task Problem_InTheCallersLanguage(string language, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/requests/never");
        request.Headers.AcceptLanguage.Clear();
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await Agent.Http.SendAsync(request);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("NotFound", 404), (problem["code"]!.GetValue<string>(), problem["status"]!.GetValue<int>()));
        Assert.Contains(words, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEqual("", problem["staffMay"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Call_FromAnotherName_IsRefused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await Agent.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("NotLocal", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"visitType\":", "application/json", HttpStatusCode.BadRequest, "BadJson")]
    [InlineData("{\"visitType\":{}}", "application/json", HttpStatusCode.BadRequest, "BadJson")]
    [InlineData("{\"visitType\":\"11\",\"visitType\":\"21\"}", "application/json", HttpStatusCode.BadRequest, "BadJson")]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest, "BadJson")]
    [InlineData("visitType=11", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "BadJson")]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest, "Missing")]
    public async Task Body_ThatCannotBeUsed_IsRefusedByName(string body, string type, HttpStatusCode status, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await Agent.Http.PostAsync("/api/v1/visits", content);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Body_TooLarge_IsRefusedByName()
    {
        using var content = new StringContent(new string(' ', 300 * 1024) + "{}", Encoding.UTF8, "application/json");
        using var answer = await Agent.Http.PostAsync("/api/v1/visits", content);
        Assert.Equal("TooLong", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>());
    }

    private const string Whole = "{\"item\":\"A1\",\"price\":1,\"quantity\":1,\"amount\":100}";

    public static readonly TheoryData<string, string, string> WrongBills = new()
    {
        { Line("79228162514264337593543950335", "1", "100"), "BadNumber", "lines[1].price" },
        { Line("-79228162514264337593543950335", "1", "100"), "BadNumber", "lines[1].price" },
        { Line("0.0000000000000000000000000001", "1", "0"), "BadNumber", "lines[1].price" },
        { Line("1", "79228162514264337593543950335", "100"), "BadNumber", "lines[1].quantity" },
        { Line("10000000", "1000000", "1000000000"), "LineAmountMismatch", "lines[1].amount" },
        { Line("10000000.01", "1", "1000000001"), "BadNumber", "lines[1].price" },
        { Line("1", "1", "9223372036854775807"), "BadAmount", "lines[1].amount" },
        { Line("1", "1", "-100"), "BadAmount", "lines[1].amount" },
        { Line("1", "1", "-9223372036854775808"), "BadAmount", "lines[1].amount" },
        { Line("-1", "1", "-100"), "BadNumber", "lines[1].price" },
        { Line("0", "1", "0"), "BadAmount", "total" },
        { Line("0", "1", "0") + "," + Line("0", "2", "0"), "BadAmount", "total" },
        { Line("1e400", "1", "100"), "BadJson", "$.lines[0].price" },
        { Line("79228162514264337593543950336", "1", "100"), "BadJson", "$.lines[0].price" },
        { Line("1", "1", "9223372036854775808"), "BadJson", "$.lines[0].amount" },
        { Line("1", "1", "1e30"), "BadJson", "$.lines[0].amount" },
        { Line("1", "1", "100.5"), "BadJson", "$.lines[0].amount" },
        { Line("NaN", "1", "100"), "BadJson", "" },
        { string.Join(',', Enumerable.Repeat(Line("10000000", "1", "1000000000"), 2)), "BadAmount", "total" },
        { string.Join(',', Enumerable.Repeat(Whole, 501)), "TooMany", "lines" },
    };

    private static string Line(string price, string quantity, string amount) => $"{{\"item\":\"A1\",\"price\":{price},\"quantity\":{quantity},\"amount\":{amount}}}";

    [Theory]
    [MemberData(nameof(WrongBills))]
    public async Task Settle_NumbersThatCannotBe_AreRefusedByNameAndNothingIsStored(string lines, string code, string field)
    {
        var visit = await Agent.CheckIn(30);
        var before = await Head();
        using var content = new StringContent(
            $"{{\"requestKey\":\"wrong\",\"diagnoses\":[\"J06.9\"],\"operator\":\"op\",\"lines\":[{lines}]}}", Encoding.UTF8, "application/json");
        using var answer = await Agent.Http.PostAsync($"/api/v1/visits/{visit}/settlements", content);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.StartsWith(field, problem["field"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.Equal(before, await Head());
        Assert.Equal(HttpStatusCode.NotFound, (await Agent.Get("/api/v1/requests/wrong")).Status);
    }

    [Fact]
    public async Task CheckIn_UnknownVisitType_IsRefusedByNameAndNothingIsStored()
    {
        var before = await Head();
        var (status, problem) = await Agent.Post("/api/v1/visits", new { visitType = "77", evidence = new { kind = "idnumber", number = Reference.IdNumber(30) }, @operator = "op" });
        Assert.Equal((HttpStatusCode.BadRequest, "UnknownCode", "visitType"), (status, problem!["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()));
        Assert.Equal(before, await Head());
    }

    [Fact]
    public async Task Contact_OverHttp_IsKeptOnce()
    {
        var call = new { requestKey = "contact-1", person = "P8", channel = "video", profession = "physician", replacesPhysical = true, @operator = "op" };
        var (status, first) = await Agent.Post("/api/v1/contacts", call);
        var (_, second) = await Agent.Post("/api/v1/contacts", call);
        Assert.Equal((HttpStatusCode.OK, first!.ToJsonString()), (status, second!.ToJsonString()));
        Assert.Equal("channel", (await Agent.Post("/api/v1/contacts", new { call.requestKey, call.person, channel = "fax", call.profession, call.replacesPhysical, call.@operator })).Body!["field"]!.GetValue<string>());
    }

    private async Task<long> Head() => (await Agent.Get("/api/v1/status")).Body!["seq"]!.GetValue<long>();

    [Fact]
    public async Task Card_PresentedByACall_ChecksIn()
    {
        using var put = new StringContent($"{{\"cardNumber\":\"{Reference.Card(9)}\"}}", Encoding.UTF8, "application/json");
        Assert.True((await Agent.Http.PutAsync("/api/v1/card", put)).IsSuccessStatusCode);
        var (_, visit) = await Agent.Post("/api/v1/visits", new { visitType = "13", evidence = new { kind = "card" }, @operator = "op" });
        Assert.Equal("P9", visit!["person"]!.GetValue<string>());
        var (_, readers) = await Agent.Get("/api/v1/readers");
        var reader = Assert.Single(readers!["readers"]!.AsArray())!;
        Assert.Equal(("simulated", "Read", "Card read", Reference.Card(9)), (
            reader["name"]!.GetValue<string>(), reader["status"]!.GetValue<string>(), reader["says"]!.GetValue<string>(), reader["card"]!["cardNumber"]!.GetValue<string>()));
        var waiting = Agent.Get($"/api/v1/readers?seen={readers["version"]}&wait=30");
        using var expired = new StringContent($"{{\"cardNumber\":\"{Reference.Card(9)}\",\"error\":\"CardExpired\"}}", Encoding.UTF8, "application/json");
        Assert.True((await Agent.Http.PutAsync("/api/v1/card", expired)).IsSuccessStatusCode);
        var heard = Assert.Single((await waiting).Body!["readers"]!.AsArray())!;
        Assert.Equal(("NotRead", "CardExpired", "NoService"), (heard["status"]!.GetValue<string>(), heard["error"]!.GetValue<string>(), heard["allowed"]!.GetValue<string>()));
        var (refused, why) = await Agent.Post("/api/v1/visits", new { visitType = "13", evidence = new { kind = "manual", number = "P9", reason = "forgotten" }, @operator = "op" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "CardRefused", "This card has expired. Please contact its issuer for a new one."), (
            refused, why!["code"]!.GetValue<string>(), why["detail"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NoContent, (await Agent.Http.DeleteAsync("/api/v1/card")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Agent.Get("/api/v1/card")).Status);
        Assert.Single((await Agent.Get("/api/v1/catalogue?q=jly")).Body!.AsArray());
        Assert.Empty((await Agent.Get("/api/v1/catalogue?q=%25")).Body!.AsArray());
    }

    [Fact]
    public async Task Commands_BesideTheRunningService_ReadAndAreRefused()
    {
        await Agent.CheckIn(2);
        var (_, status) = await Agent.Get("/api/v1/status");
        Assert.True(status!["unacknowledged"]!.GetValue<long>() > 0);
        Assert.False(status["synced"]!.GetValue<bool>());
        Assert.NotEqual(0, status["demoOffsetMilliseconds"]!.GetValue<long>());

        var journal = await AgentProcess.Run("journal", "--State", running.Station.Folder);
        Assert.Equal(0, journal.ExitCode);
        var end = Array.IndexOf(journal.Output, (byte)'\n') + 1;
        Assert.Equal(status["ackedThrough"]!.GetValue<long>(), JsonNode.Parse(journal.Output.AsSpan(0, end))!["acked"]!.GetValue<long>());
        var lines = EdgeHub.Sync.Wire.BatchCodec.Lines(journal.Output.AsMemory(end));
        Assert.True(lines.Count >= status["seq"]!.GetValue<long>());
        Assert.Equal(running.Station.Hub.Lines.Select(line => Encoding.UTF8.GetString(line)), lines.Take(running.Station.Hub.Lines.Count).Select(line => Encoding.UTF8.GetString(line.Span)));
        Assert.Equal(lines.Count, JournalCodec.ReadHead(lines[^1].Span, out _).Seq);

        var check = await AgentProcess.Run("check", "--State", running.Station.Folder);
        Assert.Equal((0, true), (check.ExitCode, Encoding.UTF8.GetString(check.Output).Contains("sound", StringComparison.Ordinal)));
        var second = await AgentProcess.Run("serve", "--State", running.Station.Folder);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("in use", second.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await AgentProcess.Run("dance", "--State", running.Station.Folder)).ExitCode);
        Assert.Equal(2, (await AgentProcess.Run("serve")).ExitCode);
        Assert.Equal(2, (await AgentProcess.Run("serve", "--State", EmptyFolder(), "--Urls", "http://0.0.0.0:5999")).ExitCode);
        Assert.Equal(1, (await AgentProcess.Run("journal", "--State", EmptyFolder())).ExitCode);
    }

    private static string EmptyFolder() => Path.Combine(Path.GetTempPath(), "agent-none-" + Environment.ProcessId);
}
