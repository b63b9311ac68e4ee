using System.Text.Json.Nodes;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Ingest;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>Backups put back, and copies that live beside each other.</summary>
public sealed class CopiesTests
{
    private const string Settled = "select count(*) from entry where kind = 'VisitSettled'";
    private const string Standing = "select count(*) from settlement_fact where standing = 'Stands'";
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Agent_PutBackToABackup_GoesOnInANewEpochAndLosesNothing()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent);
        // What the backup holds unsent goes up before the restore; after it, the agent must not send it as something new.
        agent.Line.Up = false;
        await agent.Treat(2, 70_00);
        await agent.Close();
        using var backup = new FolderCopy(agent.Folder, "agent.db*");
        await agent.Open();
        await agent.Treat(1, 40_00);
        await agent.Treat(3, 90_00);
        await Quiet.Reach(hub, agent);
        var before = hub.Accumulators();
        Assert.Equal(4, hub.Number(Settled));
        await agent.Close();

        backup.PutBack();
        await agent.Open();
        await agent.Sync();
        var status = await agent.Status();
        Assert.Equal(2, status["epoch"]!.GetValue<long>());
        await Quiet.Reach(hub, agent);

        Assert.Equal(1, hub.Number($"select count(*) from entry where epoch = 2 and seq = 1 and kind = '{Kinds.CarriedFrom}'"));
        Assert.Equal((4, 4), (hub.Number(Standing), hub.Number(Settled)));
        Assert.Equal(before, hub.Accumulators());
        await agent.Treat(3, 50_00);
        await Quiet.Reach(hub, agent);
        Assert.Equal(5, hub.Number(Standing));
    }

    [Fact]
    public async Task TwoLivingCopiesOfAnAgent_OneIsStoppedByName_UntilAnOperatorClearsIt()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent);
        await agent.Close();
        await using var clone = await JoinedAgent.Clone(agent, _clock);
        await agent.Open();
        (agent.Line.Up, clone.Line.Up) = (false, false);
        await agent.Treat(2, 100_00);
        await clone.Treat(3, 100_00);

        // The first goes on; the second parts from it and is taken for a restored one; the first is then the copy left behind. One line after
        // the other: a settlement makes its agent ask by itself, and whichever asks first is the first.
        agent.Line.Up = true;
        await Quiet.Reach(hub, agent);
        clone.Line.Up = true;
        await Quiet.Reach(hub, clone);
        await agent.Treat(4, 100_00);
        var stopped = await agent.Sync();
        Assert.False(stopped["heard"]!.GetValue<bool>());
        Assert.StartsWith(Codes.Cloned, (await agent.Status())["hubRefusal"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True((await agent.Status())["unacknowledged"]!.GetValue<long>() > 0);
        Assert.Equal(3, hub.Number(Settled));
        Assert.Single(hub.Store.Read(session => AccessStore.Cloned(session, hub.Store.Region)));
        await clone.Treat(5, 100_00);
        await Quiet.Reach(hub, clone);
        Assert.Equal(Codes.Cloned, Code(await agent.Sync()));

        // The operator has stopped the other copy.
        await clone.Close();
        hub.Store.Write(session =>
        {
            EpochStore.Clear(session, hub.Store.Region, AccessStore.Devices(session, hub.Store.Region)[0].DeviceNo, "the copy was stopped", hub.Store.NowMilliseconds);
            return true;
        });
        await Quiet.Reach(hub, agent);
        Assert.Equal(5, hub.Number(Standing));
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // puts a copy of the hub's file back
    public async Task Hub_PutBackToAnEarlierCopy_IsSentWhatItLost()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent, other);
        await hub.Close();
        using var backup = new FolderCopy(Path.Combine(hub.Folder, "hub"), "hub.db*");
        await hub.Open();
        await agent.Treat(1, 40_00);
        await agent.Treat(2, 90_00);
        await other.Treat(1, 60_00);
        await Quiet.Reach(hub, agent, other);
        var before = hub.Accumulators();
        await hub.Close();

        backup.PutBack();
        await hub.Open();
        Assert.Equal(1, hub.Number(Settled));
        await agent.Treat(3, 30_00);
        await Quiet.Reach(hub, agent, other);

        Assert.Equal(5, hub.Number(Settled));
        Assert.Equal(5, hub.Number(Standing));
        Assert.Equal(1, (await agent.Status())["epoch"]!.GetValue<long>());
        Assert.Equal(before, hub.Accumulators().Where(line => !line.StartsWith("P3 ", StringComparison.Ordinal)));
    }

    /// <summary>The hub has lost what it acknowledged, and a copy has filled the same sequences with other lines: that a line was
    /// acknowledged once says nothing then.</summary>
    [Fact]
    [Trait("Engine", "Sqlite")] // puts a copy of the hub's file back
    public async Task Hub_PutBackAndACopyOfTheAgentWentOnFromThere_TheOtherSealsAllItHasAgain()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent);
        await agent.Close();
        await using var clone = await JoinedAgent.Clone(agent, _clock);
        await agent.Open();
        await hub.Close();
        using var backup = new FolderCopy(Path.Combine(hub.Folder, "hub"), "hub.db*");
        await hub.Open();
        await agent.Treat(2, 90_00);
        await Quiet.Reach(hub, agent);
        agent.Line.Up = false;
        await hub.Close();
        backup.PutBack();
        await hub.Open();

        for (var person = 1; person <= 5; person++)
        {
            await clone.Treat(person, 50_00);
        }
        await Quiet.Reach(hub, clone);
        agent.Line.Up = true;
        await agent.Treat(3, 40_00);
        await Quiet.Reach(hub, agent);

        Assert.Equal(8, hub.Number(Standing));
        Assert.Equal(0, (await agent.Status())["unacknowledged"]!.GetValue<long>());
    }

    [Fact]
    public async Task RevokedDevice_IsRefusedVisiblyAndAlone_AndRecoversWhenAllowed()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        await Quiet.Reach(hub, agent, other);
        var name = hub.Store.Read(session => AccessStore.DeviceOfSite(session, hub.Store.Region, JoinedHub.Clinic))!.Name;
        hub.Store.Write(session => AccessStore.Revoke(session, hub.Store.Region, name, "reported stolen", hub.Store.NowMilliseconds));

        await agent.Treat(1, 100_00);
        Assert.Equal(Codes.Revoked, Code(await agent.Sync()));
        Assert.StartsWith(Codes.Revoked, (await agent.Status())["hubRefusal"]!.GetValue<string>(), StringComparison.Ordinal);
        await other.Treat(2, 100_00);
        await Quiet.Reach(hub, other);
        Assert.Equal(1, hub.Number(Settled));

        DeviceCommands.AllowAgain(hub.Store, name);
        await Quiet.Reach(hub, agent, other);
        Assert.Equal(2, hub.Number(Settled));
        Assert.Null((await agent.Status())["hubRefusal"]);
    }

    /// <summary>The code of a round that the hub refused.</summary>
    private static string Code(JsonNode report)
    {
        Assert.False(report["heard"]!.GetValue<bool>());
        return report["failure"]!.GetValue<string>().Split(':')[1].Trim();
    }
}
