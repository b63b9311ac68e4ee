using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Agent;

/// <summary>The local interface as it is in service: a program needs a token, which the console or the manager makes.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Program_NeedsAToken_AndTheFirstOnesAreMadeOnTheConsole()
    {
        await using var station = await Station.Start();
        await station.Close();
        var (made, output, errors) = await AgentProcess.Run("client", "add", "--State", station.Folder, "--Name", "ward system");
        Assert.True(made == 0, errors);
        var token = Encoding.UTF8.GetString(output).Trim();
        var (hired, pin, _) = await AgentProcess.Run("staff", "add", "--State", station.Folder, "--Number", "01", "--Name", "李主任", "--Role", "manager");
        Assert.Equal(0, hired);
        Assert.Matches("^01: one-time PIN [0-9]{8}, for 72 hours", Encoding.UTF8.GetString(pin));
        var (again, _, why) = await AgentProcess.Run("staff", "add", "--State", station.Folder, "--Number", "01", "--Name", "李主任", "--Role", "manager");
        Assert.Equal(1, again);
        Assert.Contains("StaffExists", why, StringComparison.Ordinal);

        using (var agent = await AgentProcess.Start(station.Folder, "--Access:OpenApi", "false"))
        {
            await Refused(agent, "/api/v1/status", HttpStatusCode.Unauthorized, "SignInNeeded");
            await Refused(agent, "/api/v1/persons/P1/payables", HttpStatusCode.Unauthorized, "SignInNeeded");
            agent.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token[..^2] + "xy");
            await Refused(agent, "/api/v1/status", HttpStatusCode.Unauthorized, "SignInNeeded");
            agent.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            Assert.Equal(HttpStatusCode.OK, (await agent.Get("/api/v1/status")).Status);
            Assert.NotEmpty(await agent.CheckIn(1));
            agent.Http.DefaultRequestHeaders.Authorization = null;
            using var health = await agent.Http.GetAsync("/health");
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        }
        await station.Open();
    }

    private static async Task Refused(AgentProcess agent, string path, HttpStatusCode status, string code)
    {
        using var answer = await agent.Http.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>());
    }
}
