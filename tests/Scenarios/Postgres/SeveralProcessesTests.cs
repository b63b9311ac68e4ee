using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Scenarios.Postgres;

/// <summary>Two processes serve one database. Each request of an agent goes to the other one; one of them is killed again and again.</summary>
[Trait("Engine", "Postgres")]
public sealed class SeveralProcessesTests
{
    private const int Rounds = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly SetClock _clock = new(Station.Morning);
    private readonly List<string> _confirmed = [];
    private int[] _ports = [];
    private int _turn;

    [PostgresFact]
    public async Task Agents_BetweenTwoHubsOfOneDatabase_LoseNothingAndPayNothingTwice()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var north = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var south = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        await hub.Close();
        var second = SecondFolder(hub);
        using (var stays = await HubProcess.Start(Path.Combine(hub.Folder, "hub"), hub.Words!))
        {
            north.Line.Route = south.Line.Route = Alternating;
            for (var round = 0; round < Rounds; round++)
            {
                using var killed = await HubProcess.Start(second, hub.Words!);
                _ports = [stays.Port, killed.Port];
                await Task.WhenAll(Treat(north, round), Treat(south, round + 1), KillSoon(killed, stays.Port));
            }
            using var again = await HubProcess.Start(second, hub.Words!);
            _ports = [stays.Port, again.Port];
            await Task.WhenAll(UntilSent(north), UntilSent(south));
        }
        (north.Line.Route, south.Line.Route) = (null, null);
        await hub.Open();
        await Quiet.Reach(hub, north, south);

        var stored = hub.Store.Read(session => session.Query<string>("select cast(settlement as text) from settlement_fact order by 1", new { }));
        Assert.Equal(2 * 2 * Rounds, _confirmed.Count);
        Assert.Equal(_confirmed.Order(StringComparer.Ordinal), stored);
        Assert.Equal(hub.Number("select cast(sum(seq) as bigint) from device_head"), hub.Number("select count(*) from entry"));
        Assert.Equal(0, hub.Number("select count(*) from quarantine"));
        Directory.Delete(second, recursive: true);
    }

    /// <summary>Another machine's folder: the keys were copied, the words of connection are given.</summary>
    private static string SecondFolder(JoinedHub hub)
    {
        var folder = Directory.CreateTempSubdirectory("second-hub-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        foreach (var key in (string[])["hub.p8", "ticket.key"])
        {
            File.Copy(Path.Combine(hub.Folder, "hub", "keys", key), Path.Combine(folder, "keys", key));
        }
        return folder;
    }

    private Uri Alternating(Uri asked)
    {
        var ports = _ports;
        return new UriBuilder(asked) { Port = ports[(Interlocked.Increment(ref _turn) & int.MaxValue) % ports.Length] }.Uri;
    }

    private async Task Treat(JoinedAgent agent, int round)
    {
        for (var number = 0; number < 2; number++)
        {
            var settled = await agent.Treat(1 + ((round + number) % JoinedHub.Persons), 100_00);
            lock (_confirmed)
            {
                _confirmed.Add(settled["settlement"]!.GetValue<string>());
            }
            await agent.Sync();
        }
    }

    private async Task KillSoon(HubProcess hub, int other)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        hub.Kill();
        _ports = [other];
    }

    private static async Task UntilSent(JoinedAgent agent)
    {
        var since = Stopwatch.StartNew();
        while (await agent.Sync() is JsonNode report && (report["unacknowledged"]!.GetValue<long>() > 0 || !report["heard"]!.GetValue<bool>()))
        {
            Assert.True(since.Elapsed < Patience, "The agent does not get rid of its journal: " + report.ToJsonString());
            await Task.Delay(50);
        }
    }
}
