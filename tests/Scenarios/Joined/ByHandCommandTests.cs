using System.Text;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>The commands with which people carry lines: on a stopped agent and beside one that runs, and what they say.</summary>
public sealed class ByHandCommandTests
{
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Commands_OfAgentAndHub_CarryTheLinesAndRefuseToUninstallBeforeTheAnswer()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Sync();
        agent.Line.Up = false;
        await agent.Treat(1, 100_00);
        await agent.Close();
        var (stopped, running) = (Path.Combine(hub.Folder, "stopped.ehm"), Path.Combine(hub.Folder, "running.ehm"));

        var uninstall = await AgentProcess.Run("can-uninstall", "--State", agent.Folder);
        Assert.Equal(1, uninstall.ExitCode);
        Assert.Matches("^No: [0-9]+ lines are unsent", Text(uninstall));
        var exported = await AgentProcess.Run("export-unsent", "--State", agent.Folder, "--Out", stopped);
        Assert.True(exported.ExitCode == 0, exported.Errors);
        Assert.Contains("1 settlements", Text(exported), StringComparison.Ordinal);
        Assert.Equal(2, (await AgentProcess.Run("export-unsent", "--State", agent.Folder, "--Out", stopped)).ExitCode);

        // Nobody answers the agent's process.
        await hub.Close();
        using (var process = await AgentProcess.Start(agent.Folder))
        {
            var beside = await AgentProcess.Run("export-unsent", "--State", agent.Folder, "--Out", running, "--Urls", $"http://127.0.0.1:{process.Port}");
            Assert.True(beside.ExitCode == 0, beside.Errors);
            process.Kill();
        }
        Assert.Equal("", (await Hub(hub, "import", "journal", stopped)).Errors);
        Assert.Equal("", (await Hub(hub, "import", "journal", running)).Errors);
        Assert.Equal(2, (await Hub(hub, "import", "journal", Path.Combine(hub.Folder, "none.ehm"))).Code);
        Assert.Equal(2, (await Hub(hub, "import", "journal", running + ".acks")).Code);

        var taken = await AgentProcess.Run("import-acks", "--State", agent.Folder, "--File", running + ".acks");
        Assert.True(taken.ExitCode == 0, taken.Errors);
        Assert.Contains("Synced: nothing is unsent.", Text(taken), StringComparison.Ordinal);
        var old = await AgentProcess.Run("import-acks", "--State", agent.Folder, "--File", stopped + ".acks");
        Assert.Equal(1, old.ExitCode);
        Assert.StartsWith("FileStale", old.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 0), ((await AgentProcess.Run("can-uninstall", "--State", agent.Folder)).ExitCode, (await AgentProcess.Run("export-unsent", "--State", agent.Folder, "--Out", stopped + "2")).ExitCode));
        Assert.False(File.Exists(stopped + "2"));
        await hub.Open();
        Assert.Equal(1, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));
    }

    private async Task<(int Code, string Errors)> Hub(JoinedHub hub, params string[] args)
    {
        var errors = new StringWriter();
        var frame = new CommandFrame(_clock, new SystemEntropy(), TextWriter.Null, errors);
        ImportCommands.Register(frame);
        var code = await frame.Run([.. args, "--data", Path.Combine(hub.Folder, "hub")]);
        return (code, errors.ToString());
    }

    private static string Text((int ExitCode, byte[] Output, string Errors) run) => Encoding.UTF8.GetString(run.Output);
}
