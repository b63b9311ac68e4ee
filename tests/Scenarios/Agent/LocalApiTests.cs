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

    [Fact]
    public async Task OpenApi_DescribesEveryPathOfTheInterface()
    {
        var (status, document) = await Agent.Get("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, status);
        string[] paths =
        [
            "/api/v1/status", "/api/v1/enrol", "/api/v1/sync", "/api/v1/card", "/api/v1/catalogue", "/api/v1/visits", "/api/v1/visits/{visit}",
            "/api/v1/visits/{visit}/quote", "/api/v1/visits/{visit}/settlements", "/api/v1/settlements/{id}", "/api/v1/settlements/{id}/reversal",
            "/api/v1/requests/{requestKey}", "/api/v1/days/{day}/totals", "/api/v1/persons/{person}/payables", "/api/v1/payables/{decision}/payment",
        ];
        Assert.All(paths, path => Assert.NotNull(document!["paths"]![path]));
    }

    [Fact]
    public async Task Card_PresentedByACall_ChecksIn()
    {
        using var put = new StringContent($"{{\"cardNumber\":\"{Reference.Card(9)}\"}}", Encoding.UTF8, "application/json");
        Assert.True((await Agent.Http.PutAsync("/api/v1/card", put)).IsSuccessStatusCode);
        var (_, visit) = await Agent.Post("/api/v1/visits", new { visitType = "13", evidence = new { kind = "card" }, @operator = "op" });
        Assert.Equal("P9", visit!["person"]!.GetValue<string>());
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
