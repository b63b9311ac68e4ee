using EdgeHub.Hub;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.VirtualCard;
using Microsoft.AspNetCore.Builder;

namespace EdgeHub.Tests.Scenarios.Differential;

/// <summary>The real hub and eight real agents, two at each level of institution, over a clock that the test moves.</summary>
internal sealed class DifferentialWorld : IAsyncDisposable
{
    public const int Sites = 8;

    private readonly WebApplication _app;

    private DifferentialWorld(string folder, SetClock clock, HubStore hub, WebApplication app) => (Folder, Clock, Hub, _app) = (folder, clock, hub, app);

    public string Folder { get; }
    public SetClock Clock { get; }
    public HubStore Hub { get; }
    public List<DifferentialSite> At { get; } = [];

    public static async Task<DifferentialWorld> Start(int persons)
    {
        var folder = Directory.CreateTempSubdirectory("differential-").FullName;
        var clock = new SetClock(new DateTimeOffset(2025, 1, 6, 1, 0, 0, TimeSpan.Zero));
        var hub = HubStore.OpenOrMake(Path.Combine(folder, "hub"), new HubSettings(DifferentialBook.Region, "Asia/Shanghai", 0), clock, new SystemEntropy(), serving: true);
        var address = $"http://127.0.0.1:{FreePorts.One()}";
        var app = HubApp.Build(hub, address, quiet: true);
        await app.StartAsync();
        var world = new DifferentialWorld(folder, clock, hub, app);
        world.Load(persons);
        for (var site = 0; site < Sites; site++)
        {
            var agent = await DifferentialSite.Open(Path.Combine(folder, $"agent{site}"), Code(site), LevelOf(site), clock);
            world.At.Add(agent);
            await agent.Enrol(address, new Enrolment(hub).NewCode(agent.Code));
        }
        return world;
    }

    public static string Code(int site) => $"5309241003{site:00}";

    public static int LevelOf(int site) => site % 4;

    /// <summary>Lets every agent ask until nothing is sent, judged or fed any more.</summary>
    public async Task Quiet()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var reports = await Task.WhenAll(At.Select(site => site.Sync()));
            if (reports.All(report => report.SentLines + report.FeedRows + report.Unacknowledged == 0) && HasJudgedAll())
            {
                return;
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("Agents and hub do not come to rest.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var site in At)
        {
            site.Dispose();
        }
        await _app.StopAsync();
        await _app.DisposeAsync();
        Hub.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Village(int site) => $"5309241010{site:00}";

    private void Load(int persons)
    {
        // Every site serves its own village, and knows its neighbour's too: a few persons go to both.
        InstitutionFile.Load(Hub, [.. Enumerable.Range(0, Sites).Select(site => (
            new Institution(Code(site), $"样本机构{site}", LevelOf(site), LevelOf(site) == 0 ? "village_clinic" : "hospital", "member"),
            (IReadOnlyList<string>)[Village(site), Village((site + 1) % Sites)]))]);
        ParameterFile.Load(Hub, [new ParameterRow("unacknowledged.count", "100000", "count"), new ParameterRow("unacknowledged.fund", "1000000000000", "fen")]);
        var book = Path.Combine(Folder, "policy.json");
        File.WriteAllText(book, DifferentialBook.Text);
        PolicyFile.Load(Hub, PolicyFile.Read(new FileInfo(book)));
        CatalogueFile.Load(Hub, [.. DifferentialBills.Items.Select(item => (IReadOnlyList<string>)
            [item.Code, $"样本{item.Code}", "yb", item.Class, item.Category, "盒", "", item.Limit, item.Limit, item.Limit, item.Limit, item.PreSelfPay, "2024-01-01", "2026-01-01", ""])]);
        MemberFile.Load(Hub, [.. Enumerable.Range(0, persons).Select(person => DifferentialPersons.Row(person, Village(DifferentialPersons.HomeOf(person, Sites))))], whole: true);
    }

    private bool HasJudgedAll() => Hub.Read(session => session.ExecuteScalar<long>("""
        select count(*) from public_device_head h left join settlement_cursor c on c.region = h.region and c.device_no = h.device_no
        where h.seq > 0 and (c.device_no is null or c.epoch < h.epoch or (c.epoch = h.epoch and c.seq < h.seq))
        """)) == 0;
}
