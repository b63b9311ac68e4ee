using System.Net;
using System.Text;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>A clinic's keys, store or machine are gone, or stand twice: each end to end, with the agent's program as a process and the real hub.</summary>
public sealed class ReplacedTests
{
    private const string Revoked = "replaced";
    private readonly SetClock _clock = new(Station.Morning);

    private static string Offset => ((long)(Station.Morning + TimeSpan.FromMinutes(1) - TimeProvider.System.GetUtcNow()).TotalSeconds).ToString();

    [Fact]
    public async Task Recover_WithNothingLeftButTheDevicesKey_TakesANewCodeAndWhatTheHubHas()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Settled(hub);
        foreach (var file in Directory.GetFiles(agent.Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "device.key"))
        {
            File.Delete(file);
        }
        string[] recover = ["recover", "--State", agent.Folder, "--Clock:DemoOffsetSeconds", Offset];

        var unknown = await AgentProcess.Run(recover);
        Assert.NotEqual(0, unknown.ExitCode);
        Assert.Contains("--Code", unknown.Errors, StringComparison.Ordinal);
        Revoke(hub, "530924100001-1");
        string[] known = [.. recover, "--Hub", hub.Address, "--Code", hub.NewCode(JoinedHub.Clinic)];
        var asked = await AgentProcess.Run(known);
        Assert.True(asked.ExitCode == 1, asked.Errors + Text(asked));
        Assert.Contains("Nothing is left that says how far the journal went", Text(asked), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(agent.Folder, "agent.db")));
        // The same code is answered again to the same key.
        var done = await AgentProcess.Run([.. known, "--GiveUp", "true"]);
        Assert.True(done.ExitCode == 0, done.Errors + Text(done));

        // By its key the hub knows the device again: it goes on under its name, in a new epoch.
        await GoesOn(hub, agent);
        Assert.Equal(1, hub.Number("select count(*) from public_device"));
    }

    [Fact]
    public async Task Recover_WithoutTheDevicesKey_IsRefusedByName_AndANewDeviceGoesOnFromTheHub()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Settled(hub);
        File.Delete(Path.Combine(agent.Folder, "keys", "device.key"));

        Assert.Contains("the device's key is missing", (await AgentProcess.Run("check", "--State", agent.Folder)) is var check ? check.Errors + Text(check) : "", StringComparison.Ordinal);
        var refused = await AgentProcess.Run("recover", "--State", agent.Folder, "--Clock:DemoOffsetSeconds", Offset);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("the device's key", refused.Errors, StringComparison.Ordinal);
        Revoke(hub, "530924100001-1");
        await Replaced(hub);
    }

    [Fact]
    public async Task Machine_ThatIsGone_IsReplacedByANewCode_AndTheOldOneIsRefusedWhenItComesBack()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var stolen = await Settled(hub);
        Revoke(hub, "530924100001-1");
        await Replaced(hub);

        using var back = await AgentProcess.Start(stolen.Folder);
        var report = (await back.Post("/api/v1/sync", new { })).Body!;
        Assert.Contains("Revoked", report.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Revoked", (await back.Get("/api/v1/status")).Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_ThatStandsTwice_IsToldByItsChainAndTheCopyIsRefused()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await Settled(hub);
        var copy = Path.Combine(hub.Folder, "copy");
        foreach (var file in Directory.GetFiles(agent.Folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(agent.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        using var first = await AgentProcess.Start(agent.Folder);
        using var second = await AgentProcess.Start(copy);
        await Treat(first, 2, "first");
        await Treat(second, 3, "second");
        // Whoever comes second hears of lines that it never wrote and is given an epoch of its own; then the other stands beside it.
        var (said, since) = ("", System.Diagnostics.Stopwatch.StartNew());
        while (!said.Contains("Cloned", StringComparison.Ordinal))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), said);
            await first.Post("/api/v1/sync", new { });
            await second.Post("/api/v1/sync", new { });
            said = (await first.Get("/api/v1/status")).Body!.ToJsonString() + (await second.Get("/api/v1/status")).Body!.ToJsonString();
        }
        Assert.Equal(1, hub.Number("select count(*) from public_device_clone where cleared_ms is null or seen_ms > cleared_ms"));
        // What came was taken once; what waits at the two is at them still.
        Assert.Equal(hub.Number("select count(distinct settlement) from settlement_fact"), hub.Number("select count(*) from settlement_fact"));
        hub.Verify();
    }

    /// <summary>A clinic whose first visit is at the hub, and whose agent stands still.</summary>
    private async Task<JoinedAgent> Settled(JoinedHub hub)
    {
        var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent);
        await agent.Close();
        return agent;
    }

    private static void Revoke(JoinedHub hub, string device) =>
        Assert.True(hub.Store.Write(session => EdgeHub.Hub.Access.AccessStore.Revoke(session, hub.Store.Region, device, Revoked, hub.Store.NowMilliseconds)));

    /// <summary>A new machine for the clinic: the deductible of the year goes on where the hub has it.</summary>
    private static async Task Replaced(JoinedHub hub)
    {
        var folder = Path.Combine(hub.Folder, "new-machine");
        var enrolled = await AgentProcess.Run("enrol", "--State", folder, "--Hub", hub.Address, "--Code", hub.NewCode(JoinedHub.Clinic), "--Clock:DemoOffsetSeconds", Offset);
        Assert.True(enrolled.ExitCode == 0, enrolled.Errors + Text(enrolled));
        using var agent = await AgentProcess.Start(folder);
        await Sent(agent);
        await Treat(agent, 1, "on the new machine");
        await Sent(agent);
        await Judged(hub);
        Assert.Equal(2, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
        Assert.Equal(2, hub.Number("select count(*) from public_decision where status = 'Accepted' and not removed"));
        hub.Verify();
    }

    private static async Task GoesOn(JoinedHub hub, JoinedAgent agent)
    {
        await agent.Open();
        await Quiet.Reach(hub, agent);
        await agent.Treat(1, 40_00);
        await Quiet.Reach(hub, agent);
        Assert.Equal(2, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
        Assert.Equal(2, hub.Number("select count(*) from public_decision where status = 'Accepted' and not removed"));
    }

    private static async Task Treat(AgentProcess agent, int person, string key)
    {
        var visit = await agent.CheckIn(person, "11");
        var (status, body) = await agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill(key, 80_00));
        Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
    }

    /// <summary>Everything is sent, and everything that the hub feeds was fetched.</summary>
    private static async Task Sent(AgentProcess agent)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var report = (await agent.Post("/api/v1/sync", new { })).Body!;
            if (report["unacknowledged"]!.GetValue<long>() == 0 && report["feedRows"]!.GetValue<long>() == 0 && report["heard"]!.GetValue<bool>() && report["failure"] is null)
            {
                return;
            }
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), report.ToJsonString());
        }
    }

    private static async Task Judged(JoinedHub hub)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); !hub.HasJudgedAll(); await Task.Delay(50))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), "The hub does not judge.");
        }
    }

    private static string Text((int ExitCode, byte[] Output, string Errors) ran) => Encoding.UTF8.GetString(ran.Output);
}
