using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Agent;

/// <summary>The agent is killed with SIGKILL: what was confirmed is there, what was not is settled once when it is asked again.</summary>
public sealed class KillTests
{
    private const int Lanes = 4;
    private const int KillsPerLane = 25;
    private const int Clients = 3;

    /// <summary>The process is cut off from the hub for the whole test and may settle much.</summary>
    private static readonly IReadOnlyList<object?[]> Roomy =
    [
        ["offline.after_minutes", 0, "10080", "minutes"], ["unacknowledged.count", 0, "100000", ""], ["unacknowledged.fund", 0, "100000000000", "fen"],
    ];

    [Fact]
    public async Task Kill_AHundredTimesUnderLoad_NothingConfirmedIsLostAndNothingIsTwice()
    {
        var lanes = await Task.WhenAll(Enumerable.Range(1, Lanes).Select(seed => Task.Run(() => Lane(seed))));
        Assert.True(lanes.Sum() > Lanes * KillsPerLane, $"only {lanes.Sum()} settlements were confirmed in all");
    }

    [Fact]
    public async Task Kill_BetweenConfirmationAndAnswer_TheRequestKeyTellsTheTruth()
    {
        await using var station = await Station.Start(Roomy);
        await station.Close();
        string visit;
        JsonElement known;
        using (var agent = await AgentProcess.Start(station.Folder))
        {
            visit = await agent.CheckIn(1);
            await KilledUnheard(agent, $"/api/v1/visits/{visit}/settlements", AgentProcess.Bill("cut"), "cut");
        }
        using (var agent = await AgentProcess.Start(station.Folder))
        {
            known = JsonSerializer.SerializeToElement((await agent.Get("/api/v1/requests/cut")).Body);
            var (status, again) = await agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill("cut"));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(known.GetProperty("settlement").GetString(), again!["settlement"]!.GetValue<string>());
            agent.Kill();
        }
        await station.Open();
        await station.Sync();
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitSettled);
    }

    [Fact]
    public async Task Kill_BetweenConfirmationAndAnswerOfAPartRefund_TheSameRequestTellsTheTruth()
    {
        await using var station = await Station.Start(Roomy);
        var settled = await station.Treat(1, 100m);
        await station.Close();
        var path = $"/api/v1/settlements/{settled.Settlement}/partial-refund";
        var request = new { requestKey = "cut", reason = "returned", @operator = "op", lines = new[] { new { no = 1, quantity = 0.25m, amount = 25_00 } } };
        using (var agent = await AgentProcess.Start(station.Folder))
        {
            await KilledUnheard(agent, path, request, "cut");
        }
        using (var agent = await AgentProcess.Start(station.Folder))
        {
            var (status, again) = await agent.Post(path, request);
            Assert.Equal((HttpStatusCode.OK, 25_00L), (status, again!["now"]!["totals"]!["total"]!.GetValue<long>()));
            var (otherKey, refused) = await agent.Post(path, request with { requestKey = "other" });
            Assert.Equal((HttpStatusCode.Conflict, "PartlyRefunded"), (otherKey, refused!["code"]!.GetValue<string>()));
            agent.Kill();
        }
        await station.Open();
        Assert.Null(station.Store.Damage);
        await station.Sync();
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitPartlyRefunded);
    }

    /// <summary>Sends a request, reads no answer, and kills the agent when it was done.</summary>
    private static async Task KilledUnheard(AgentProcess agent, string path, object request, string key)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, agent.Port);
        var body = JsonSerializer.SerializeToUtf8Bytes(request);
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        await line.GetStream().WriteAsync(body);
        // Done, and the answer lies unread in the line.
        while ((await agent.Get("/api/v1/requests/" + key)).Status != HttpStatusCode.OK)
        {
            await Task.Delay(5);
        }
        agent.Kill();
    }

    /// <summary>One agent, killed again and again; at the end its journal goes to the hub, which checks every link of the chain.</summary>
    /// <returns>Settlements that were confirmed.</returns>
    private static async Task<int> Lane(int seed)
    {
        var random = new Random(seed);
        await using var station = await Station.Start(Roomy);
        await station.Close();
        var confirmed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var open = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        for (var kill = 0; kill < KillsPerLane; kill++)
        {
            using var agent = await AgentProcess.Start(station.Folder);
            await Resolve(agent, open, confirmed);
            foreach (var (key, settlement) in confirmed.Skip(random.Next(Math.Max(1, confirmed.Count))).Take(3))
            {
                Assert.Equal(settlement, (await agent.Get("/api/v1/requests/" + key)).Body?["settlement"]?.GetValue<string>());
            }
            var load = Enumerable.Range(0, Clients).Select(client => Load(agent, $"{seed}-{kill}-{client}", 1 + (client * 10) + random.Next(10), open, confirmed)).ToList();
            // At a random moment: after none to five confirmations of this start, and then a little.
            var enough = confirmed.Count + random.Next(6);
            while (confirmed.Count < enough && !load.Any(client => client.IsCompleted))
            {
                await Task.Delay(1);
            }
            await Task.Delay(random.Next(30));
            agent.Kill();
            await Task.WhenAll(load);
        }
        using (var agent = await AgentProcess.Start(station.Folder))
        {
            await Resolve(agent, open, confirmed);
            agent.Kill();
        }
        await station.Open();
        Assert.Null(station.Store.Damage);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        var settled = station.Hub.Lines.Where(line => JournalCodec.ReadHead(line, out _).Kind == Kinds.VisitSettled).Select(line =>
        {
            JournalCodec.ReadHead(line, out var body);
            return JournalCodec.ReadBody<VisitSettled>(line.AsSpan(body));
        }).ToList();
        Assert.Equal(confirmed.OrderBy(pair => pair.Key), settled.Select(entry => KeyValuePair.Create(entry.RequestKey, entry.Settlement.ToString("D"))).OrderBy(pair => pair.Key));
        Assert.Equal(settled.Count, settled.Select(entry => (entry.Visit, entry.Ordinal)).Distinct().Count());
        return confirmed.Count;
    }

    /// <summary>What was asked before the kill and not answered: the key tells, and where it says no, the request goes again.</summary>
    private static async Task Resolve(AgentProcess agent, ConcurrentDictionary<string, string> open, ConcurrentDictionary<string, string> confirmed)
    {
        foreach (var (key, visit) in open)
        {
            var (status, body) = await agent.Get("/api/v1/requests/" + key);
            if (status == HttpStatusCode.NotFound)
            {
                (status, body) = await agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill(key));
            }
            Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
            confirmed[key] = body!["settlement"]!.GetValue<string>();
            open.TryRemove(key, out _);
        }
    }

    /// <summary>Visits one after another until the agent is gone.</summary>
    private static async Task Load(
        AgentProcess agent, string name, int person, ConcurrentDictionary<string, string> open, ConcurrentDictionary<string, string> confirmed)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                var visit = await agent.CheckIn(person);
                var key = $"{name}-{number}";
                open[key] = visit;
                var (status, body) = await agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill(key));
                Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
                confirmed[key] = body!["settlement"]!.GetValue<string>();
                open.TryRemove(key, out _);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or JsonException)
        {
            // Killed while it was asked: what is open is asked again after the next start.
        }
    }
}
