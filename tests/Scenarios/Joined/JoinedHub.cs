using EdgeHub.Hub;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.AuditTrail;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Checker;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Postgres;
using EdgeHub.Tests.VirtualCard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>The real hub in this process, over a folder that goes with the test. It can be closed and opened again at the same
/// address, and its database put back to an earlier copy.</summary>
internal sealed class JoinedHub : IAsyncDisposable
{
    public const string Clinic = Reference.Site;
    public const string OtherClinic = "530924100201";
    public const int Persons = 6;

    /// <summary>Persons of a village that no clinic here serves: the numbers behind <see cref="Persons"/>.</summary>
    public const int Outsiders = 2;
    private const string FarVillage = "530924101301";
    public const string Village = "530924101001";
    public const string OtherVillage = "530924101201";
    private readonly TimeProvider _clock;
    private readonly TestDatabase? _database;
    private WebApplication? _app;
    private int _exports;

    private JoinedHub(TimeProvider clock, string folder, int port, string? words)
    {
        (_clock, Folder, Port) = (clock, folder, port);
        _database = words is null && TestServer.IsThere ? TestServer.Migrated() : null;
        Words = words ?? _database?.Words;
    }

    public string Folder { get; }
    public int Port { get; }
    public HubStore Store { get; private set; } = null!;
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Two clinics with the same catchment of two villages, the reference book, catalogue and a few persons.</summary>
    /// <param name="policy">The book; the reference book where it says nothing.</param>
    /// <param name="words">A database of the caller's; null: one of the run's own, or a file.</param>
    public static async Task<JoinedHub> Start(TimeProvider clock, string? policy = null, string? words = null)
    {
        var hub = new JoinedHub(clock, Directory.CreateTempSubdirectory("joined-hub-").FullName, FreePorts.One(), words);
        await hub.Open();
        InstitutionFile.Load(hub.Store,
        [
            (new Institution(Clinic, "凤尾社区卫生服务站", 0, "village_clinic", "member"), [Village, OtherVillage]),
            (new Institution(OtherClinic, "凤尾村卫生室", 0, "village_clinic", "member"), [OtherVillage, Village]),
        ]);
        var book = Path.Combine(hub.Folder, "policy.json");
        await File.WriteAllTextAsync(book, policy ?? Reference.Book);
        PolicyFile.Load(hub.Store, PolicyFile.Read(new FileInfo(book)));
        CatalogueFile.Load(hub.Store, [.. Reference.Catalogue.Select(row => (IReadOnlyList<string>)[.. row.Where((_, at) => at != 1).Select(cell => $"{cell}")])]);
        MemberFile.Load(hub.Store, [.. Enumerable.Range(1, Persons + Outsiders).Select(Member)], whole: true);
        return hub;
    }

    public async Task Open()
    {
        Store = HubStore.OpenOrMake(Path.Combine(Folder, "hub"), new HubSettings(Reference.Region, "Asia/Shanghai", 0), _clock, new SystemEntropy(), place: Words);
        _app = HubApp.Build(Store, Address, quiet: true);
        await _app.StartAsync();
    }

    public async Task Close()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
            Store.Dispose();
        }
    }

    /// <summary>Everything that it answers, as its endpoint list has it.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Words of connection to its database; null: its rows are in a file.</summary>
    public string? Words { get; }

    public string NewCode(string site) => new Enrolment(Store).NewCode(site);

    public long Number(string sql) => Store.Read(session => session.ExecuteScalar<long>(sql));

    /// <summary>Nothing that the hub has stored waits for its judgement.</summary>
    public bool HasJudgedAll() => Number("""
        select count(*) from public_device_head h left join settlement_cursor c on c.region = h.region and c.device_no = h.device_no
        where h.seq > 0 and (c.device_no is null or c.epoch < h.epoch or (c.epoch = h.epoch and c.seq < h.seq))
        """) == 0;

    /// <summary>What lies on the envelopes of a kind and an owner, in fen.</summary>
    public long Balance(string kind, string owner) => Store.Read(session => session.ExecuteScalar<long>(
        "select cast(coalesce(sum(fen), 0) as bigint) from public_balance where kind = @kind and owner = @owner", new { kind, owner }));

    /// <summary>Waits until the rooms that read entries on their own account have read all.</summary>
    public async Task Taken()
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (Number("select count(*) from public_device_head h left join entry_cursor c on c.region = h.region and c.device_no = h.device_no where c.device_no is null or c.epoch < h.epoch or (c.epoch = h.epoch and c.seq < h.seq)") > 0)
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), "Entries are not taken.");
            await Task.Delay(50);
        }
    }

    /// <summary>What the hub holds true, without zeros, as "person key amount".</summary>
    public IReadOnlyList<string> Accumulators() => Store.Read(session =>
        session.Query<string>("select person || ' ' || accumulator || ' ' || amount from public_accumulator where amount <> 0 order by 1", new { }));

    /// <summary>Each room derives again what it keeps, and the checker, which knows none of our code, counts an export of it once more;
    /// anything that differs fails the test.</summary>
    public void Verify()
    {
        var notes = Store.Read(session => VerifyCommand.Run(session, Store.Region));
        Assert.True(notes.First is null, $"{notes.Differences} differences; the first: {notes.First}");
        Assert.True(notes.Counts.Count > 0);
        var export = Directory.CreateDirectory(Path.Combine(Folder, $"export-{++_exports}"));
        AuditExport.Write(Store, export, AuditRange.Of(null, null));
        var errors = new StringWriter();
        Assert.True(Check.Run([export.FullName, "--key", Store.Keys.Signer.KeyId], TextWriter.Null, errors) == 0, errors.ToString());
        export.Delete(recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _database?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>From now on another person's account pays for a member.</summary>
    public void SharesAccount(int member, int owner) =>
        MemberFile.Load(Store, [Member(member) with { AccountOwner = Reference.Person(owner), AccountMinor = 0 }], whole: false);

    private static MemberRow Member(int number) => Member(Reference.Person(number), Reference.IdNumber(number), Reference.Card(number), new DateOnly(1970, 5, 17), number);

    /// <summary>A member who is like one of the reference persons in all that a benefit rests on.</summary>
    public static MemberRow Member(string person, string idNumber, string card, DateOnly born, int number) => new(
        person, idNumber, card, $"样本{number}", "1", born,
        number > Persons ? FarVillage : number % 2 == 0 ? OtherVillage : Village, "390", "15", Reference.Region, new DateOnly(2025, 1, 1), "2026-01-01", "1", 12_00);
}
