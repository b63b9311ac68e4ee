using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Scenarios.Postgres;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>The hub's process is killed in the moment between its commit and its answer, again and again, while an agent's process
/// sends: what was confirmed to a clinic stands at the hub once, and nothing stands there twice.</summary>
public sealed class KilledHubTests
{
    private const int Rounds = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly SetClock _clock = new(Station.Morning);
    private int _betweenCommitAndAnswer;
    private readonly Dictionary<string, string> _confirmed = new(StringComparer.Ordinal);

    [Fact]
    public async Task Hub_KilledBetweenCommitAndAnswer_NothingIsLostAndNothingStandsTwice()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var made = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await made.Close();
        await hub.Close();
        using (var agent = await AgentProcess.Start(made.Folder))
        {
            for (var round = 0; round < Rounds; round++)
            {
                using var process = await Serving(hub);
                await Round(hub, agent, process, round);
            }
            using var last = await Serving(hub);
            await UntilSent(agent);
            last.Kill();
            agent.Kill();
        }

        await hub.Open();
        await made.Open();
        await Quiet.Reach(hub, made);
        var stored = hub.Store.Read(session => session.Query<string>("select lower(cast(settlement as text)) from settlement_fact order by 1", new { }));
        Assert.True(_betweenCommitAndAnswer > 0, "No kill came between commit and answer.");
        Assert.True(_confirmed.Count >= Rounds);
        Assert.Equal(_confirmed.Values.Order(StringComparer.Ordinal), stored);
        Assert.Equal((await made.Status())["seq"]!.GetValue<long>(), hub.Number("select count(*) from entry"));
    }

    /// <summary>Settles a few visits while the agent sends, and kills the hub as soon as its store shows that it took a batch.</summary>
    private async Task Round(JoinedHub hub, AgentProcess agent, HubProcess process, int round)
    {
        using var beside = Beside(hub);
        var before = Stored(beside);
        var load = Load(agent, round);
        var sync = Swallow(agent.Post("/api/v1/sync", new { }));
        var since = Stopwatch.StartNew();
        while (Stored(beside) == before)
        {
            Assert.True(since.Elapsed < Patience, "The agent sent nothing.");
            if (sync.IsCompleted)
            {
                sync = Swallow(agent.Post("/api/v1/sync", new { }));
            }
        }
        process.Kill();
        await load;
        await sync;
        var acked = (await agent.Get("/api/v1/status")).Body!["ackedThrough"]!.GetValue<long>();
        _betweenCommitAndAnswer += acked < Stored(beside) ? 1 : 0;
    }

    private async Task Load(AgentProcess agent, int round)
    {
        for (var number = 0; number < 3; number++)
        {
            var visit = await agent.CheckIn(1 + ((round + number) % JoinedHub.Persons));
            var key = string.Create(CultureInfo.InvariantCulture, $"kill-{round}-{number}");
            var (status, body) = await agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill(key));
            Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
            _confirmed.Add(key, body!["settlement"]!.GetValue<string>());
        }
    }

    private static async Task UntilSent(AgentProcess agent)
    {
        var since = Stopwatch.StartNew();
        while ((await agent.Post("/api/v1/sync", new { })).Body is not { } report || report["unacknowledged"]!.GetValue<long>() > 0 || !report["heard"]!.GetValue<bool>())
        {
            Assert.True(since.Elapsed < Patience, "The agent does not get rid of its journal.");
            await Task.Delay(50);
        }
    }

    /// <summary>The hub's rows, read beside its process.</summary>
    private static Store Beside(JoinedHub hub) => hub.Words is { } words
        ? PostgresStore.Open(words, TimeProvider.System, PostgresUse.Reader)
        : SqliteStore.Open(Path.Combine(hub.Folder, "hub", HubStore.FileName), readOnly: true);

    /// <summary>How many lines the hub has committed.</summary>
    private static long Stored(Store beside) =>
        beside.Read(session => session.ExecuteScalar<long>("select cast(coalesce(sum(seq), 0) as bigint) from device_head"));

    private static Task Swallow(Task<(HttpStatusCode, JsonNode?)> asked) => asked.ContinueWith(_ => { }, TaskScheduler.Default);

    private static async Task<HubProcess> Serving(JoinedHub hub)
    {
        var process = HubProcess.Launch(Path.Combine(hub.Folder, "hub"), null, hub.Port, []);
        Assert.True(await process.Ready(), "The hub ended before it answered.");
        return process;
    }
}
