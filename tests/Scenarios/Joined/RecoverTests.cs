using System.Text;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>An agent whose store broke comes back by its command, over the real line, and the hub's books agree with what was saved.</summary>
public sealed class RecoverTests
{
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Recover_AfterTheStoreWasDestroyedInPart_SendsWhatTheHubLacksAndNamesWhatIsLost()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent);
        agent.Line.Up = false;
        await agent.Treat(2, 70_00);
        await agent.Treat(3, 30_00);
        var seq = (await agent.Status())["seq"]!.GetValue<long>();
        await agent.Close();
        Destroy(agent.Folder);

        Assert.Equal(1, (await AgentProcess.Run("can-uninstall", "--State", agent.Folder)).ExitCode);
        var offset = (long)(Station.Morning + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        var recovered = await AgentProcess.Run("recover", "--State", agent.Folder, "--Clock:DemoOffsetSeconds", offset.ToString());
        Assert.True(recovered.ExitCode == 0, recovered.Errors + Encoding.UTF8.GetString(recovered.Output));
        Assert.Contains("Lost: 0 lines", Encoding.UTF8.GetString(recovered.Output), StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(agent.Folder, "damaged-*"));
        Assert.Contains("nothing to recover", Encoding.UTF8.GetString((await AgentProcess.Run("recover", "--State", agent.Folder)).Output), StringComparison.Ordinal);

        await agent.Open();
        await Quiet.Reach(hub, agent);
        Assert.Equal(3, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
        Assert.Equal(3, hub.Number("select count(*) from entry where kind = 'VisitSettled'"));
        Assert.True(hub.Number("select count(*) from entry") > seq);
        Assert.Equal(2, (await agent.Status())["epoch"]!.GetValue<long>());
        await agent.Treat(2, 40_00);
        await Quiet.Reach(hub, agent);
        Assert.Equal(4, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
    }

    [Fact]
    public async Task Recover_OfAStoreThatIsGone_GivesUpOnlyWhenTold()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent);
        agent.Line.Up = false;
        await agent.Treat(2, 70_00);
        await agent.Close();
        foreach (var file in Directory.GetFiles(agent.Folder, "agent.db*").Where(file => !file.EndsWith("-mark", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
        var offset = (long)(Station.Morning + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds;
        string[] recover = ["recover", "--State", agent.Folder, "--Clock:DemoOffsetSeconds", offset.ToString()];
        var asked = await AgentProcess.Run(recover);
        Assert.Equal(1, asked.ExitCode);
        Assert.Matches("Lost: [1-9][0-9]* lines \\(epoch 1: [0-9]+ to [0-9]+\\)", Encoding.UTF8.GetString(asked.Output));
        Assert.False(File.Exists(Path.Combine(agent.Folder, "agent.db")));

        Assert.Equal(0, (await AgentProcess.Run([.. recover, "--GiveUp", "true"])).ExitCode);
        await agent.Open();
        await Quiet.Reach(hub, agent);
        await agent.Treat(2, 40_00);
        await Quiet.Reach(hub, agent);
        Assert.Equal(2, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
    }

    /// <summary>The roots of all trees: SQLite can read nothing any more.</summary>
    private static void Destroy(string folder)
    {
        using var file = File.OpenWrite(Path.Combine(folder, "agent.db"));
        file.Write(new byte[4096]);
    }
}
