using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EdgeHub.Hub;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Postgres;
using Microsoft.AspNetCore.Builder;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>A hub in this process, listening on a port of its own, in a folder that goes with it.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    public const string Region = "530924";
    public const string Clinic = "530924100201";
    public const string OtherClinic = "530924100202";

    private readonly WebApplication _app;

    private readonly TestDatabase? _database;

    private TestHub(string folder, HubStore store, WebApplication app, MovableClock clock, TestDatabase? database)
    {
        (Folder, Store, _app, Clock, _database) = (folder, store, app, clock, database);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public string Folder { get; }
    public HubStore Store { get; }
    public MovableClock Clock { get; }
    public HttpClient Http { get; }

    public static async Task<TestHub> StartAsync(SyncLimits? limits = null)
    {
        var folder = Directory.CreateTempSubdirectory("huba-").FullName;
        var clock = new MovableClock();
        var database = TestServer.IsThere ? TestServer.Migrated() : null;
        var store = HubStore.OpenOrMake(Path.Combine(folder, "hub"), new HubSettings(Region, "Asia/Shanghai", 0), clock, new SystemEntropy(), place: database?.Words);
        InstitutionFile.Load(store,
        [
            (new Institution(Clinic, "凤尾社区卫生服务站", 0, "village_clinic", "member"), ["530924101001"]),
            (new Institution(OtherClinic, "凤尾村卫生室", 0, "village_clinic", "member"), ["530924101201"]),
        ]);
        var app = HubApp.Build(store, "http://127.0.0.1:0", quiet: true, limits);
        await app.StartAsync();
        return new TestHub(folder, store, app, clock, database);
    }

    public async Task<TestDevice> EnrolAsync(string site = Clinic)
    {
        var code = new Enrolment(Store).NewCode(site);
        var key = EcdsaKeys.Create();
        var answer = await (await PostAsync("/sync/v1/enrol", new EnrolRequest(code, Convert.ToBase64String(key.PublicKey), "test"))).Content.ReadFromJsonAsync<EnrolAnswer>(JournalCodec.Options);
        return new TestDevice(this, answer!, key);
    }

    public Task<HttpResponseMessage> PostAsync<T>(string path, T body, string? authorization = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: JournalCodec.Options) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return Http.SendAsync(request);
    }

    public async Task<JournalAnswer> SendAsync(ReadOnlyMemory<byte> wire)
    {
        var answer = await Http.PostAsync("/sync/v1/journal", new ReadOnlyMemoryContent(wire));
        return (await answer.Content.ReadFromJsonAsync<JournalAnswer>(JournalCodec.Options))!;
    }

    /// <summary>The code of a problem, or the status where there is none.</summary>
    public static async Task<string> CodeAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["code"]?.GetValue<string>() ?? answer.StatusCode.ToString();

    public long Count(string sql) => Store.Read(session => session.ExecuteScalar<long>(sql));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Store.Dispose();
        _database?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
