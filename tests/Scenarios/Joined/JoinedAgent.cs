using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EdgeHub.Agent;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>The real agent in this process with its local interface over HTTP, its store on disk and its line to the hub. It asks
/// the hub when a test says so, and when something was settled.</summary>
internal sealed class JoinedAgent : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly bool _ownFolder;
    private EdgeHub.Agent.Agent? _agent;
    private WebApplication? _app;
    private HttpHubLine? _hub;
    private int _keys;

    private JoinedAgent(TimeProvider clock, string folder, bool ownFolder) => (_clock, Folder, _ownFolder) = (clock, folder, ownFolder);

    public string Folder { get; }
    public LineSwitch Line { get; private set; } = null!;
    public HttpClient Http { get; private set; } = null!;
    public AgentStore Store => _agent!.Store;

    /// <summary>A new agent, enrolled for a site, that has pulled everything.</summary>
    public static async Task<JoinedAgent> Enrol(JoinedHub hub, string site, TimeProvider clock)
    {
        var agent = new JoinedAgent(clock, Directory.CreateTempSubdirectory("joined-agent-").FullName, ownFolder: true);
        await agent.Open();
        await agent.Post("/api/v1/enrol", new { hub = hub.Address, code = hub.NewCode(site) });
        Assert.Null((await agent.Sync())["failure"]);
        return agent;
    }

    /// <summary>Over a copy of another agent's folder, which must be closed: a second copy of the device.</summary>
    public static async Task<JoinedAgent> Clone(JoinedAgent other, TimeProvider clock)
    {
        var agent = new JoinedAgent(clock, Directory.CreateTempSubdirectory("joined-clone-").FullName, ownFolder: true);
        foreach (var file in Directory.GetFiles(other.Folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(agent.Folder, Path.GetRelativePath(other.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        await agent.Open();
        return agent;
    }

    public async Task Open()
    {
        var options = new AgentOptions(Folder, null, TimeSpan.Zero, true, TimeSpan.FromHours(1), null) { OpenApi = true };
        _agent = await EdgeHub.Agent.Agent.Open(options, _clock, new SystemEntropy(), IStoreWatch.None);
        Line = new LineSwitch();
        _hub = new HttpHubLine(Line);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _agent.AddTo(builder.Services, _hub);
        builder.Services.AddLocalApi();
        _app = builder.Build();
        _app.UseLocalApi();
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB");
    }

    public async Task Close()
    {
        if (_app is { } app)
        {
            _app = null;
            Http.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
            _agent!.Dispose();
            _hub!.Dispose();
        }
    }

    public Task<JsonNode> Sync() => Post("/api/v1/sync", new { });

    /// <summary>Checks a person in and settles one line of class A over so many fen; 11 has the deductible of the year.</summary>
    public async Task<JsonNode> Treat(int person, long fen, string visitType = "11", bool useAccount = false)
    {
        var visit = await CheckIn(person, visitType);
        return await Post($"/api/v1/visits/{visit["visit"]}/settlements", Bill(fen, useAccount));
    }

    public Task<JsonNode> CheckIn(int person, string visitType = "11") => Post(
        "/api/v1/visits", new { visitType, evidence = new { kind = "idnumber", number = Reference.IdNumber(person) }, @operator = "op" });

    public object Bill(long fen, bool useAccount = false) => new
    {
        requestKey = Key(), diagnoses = (string[])["J06.9"], useAccount, @operator = "op",
        lines = new[] { new { item = "A1", price = fen / 100m, quantity = 1, amount = fen } },
    };

    public Task<(HttpStatusCode Status, JsonNode Body)> TryPay(JsonNode payable) =>
        TryPost($"/api/v1/payables/{payable["decision"]}/payment", new { requestKey = Key(), @operator = "op" });

    public async Task<JsonArray> Payables(int person) => (await Get($"/api/v1/persons/{Reference.Person(person)}/payables")).AsArray();

    public Task<JsonNode> Status() => Get("/api/v1/status");

    public string Key() => $"{Path.GetFileName(Folder)}-{Interlocked.Increment(ref _keys)}";

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    public async Task<JsonNode> Post(string path, object body)
    {
        var (status, answer) = await TryPost(path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {answer.ToJsonString()}");
        return answer;
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> TryPost(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    /// <summary>What this agent would compute with, without zeros, as "person key amount".</summary>
    public async Task<IReadOnlyList<string>> Accumulators() => await Store.Do(session => (IReadOnlyList<string>)
        [.. Enumerable.Range(1, JoinedHub.Persons + JoinedHub.Outsiders).SelectMany(number => AccumulatorStore.Of(session, Reference.Person(number), "", Currency.Cny).Amounts
            .Where(amount => amount.Value.MinorUnits != 0).Select(amount => $"{Reference.Person(number)} {amount.Key} {amount.Value.MinorUnits}"))
            .Order(StringComparer.Ordinal)]);

    public async ValueTask DisposeAsync()
    {
        await Close();
        if (_ownFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
