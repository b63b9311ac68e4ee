using System.Text.Json;
using EdgeHub.Agent;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Sync.Seams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>An agent in the test's own process, over a folder of its own and a hub in memory.</summary>
public sealed class Station : IAsyncDisposable
{
    public static readonly DateTimeOffset Morning = new(2025, 3, 12, 1, 0, 0, TimeSpan.Zero);
    private readonly bool _ownFolder;
    private ServiceProvider _parts = null!;
    private int _keys;

    private Station(SetClock clock, FakeHub hub, string folder, bool ownFolder) => (Clock, Hub, Folder, _ownFolder) = (clock, hub, folder, ownFolder);

    private const ulong UsualSeed = 7;

    /// <summary>False: the test alters the store by hand.</summary>
    public bool LooksThrough { get; set; } = true;

    private ulong Seed { get; init; } = UsualSeed;

    public SetClock Clock { get; }
    public FakeHub Hub { get; }
    public string Folder { get; }
    public EdgeHub.Agent.Agent Agent { get; private set; } = null!;
    public AgentStore Store => Agent.Store;

    public T Part<T>() where T : notnull => _parts.GetRequiredService<T>();

    /// <summary>An enrolled agent that has pulled everything.</summary>
    public static Task<Station> Start(params IReadOnlyList<object?[]> parameters) => StartIn(NewFolder(), ownFolder: true, parameters);

    /// <summary>The same in a folder of the caller's. The hub's address is one that refuses: a process on this folder is cut off.</summary>
    public static Task<Station> StartIn(string folder, bool ownFolder, params IReadOnlyList<object?[]> parameters) => StartIn(folder, ownFolder, UsualSeed, parameters);

    /// <param name="seed">Stations of another seed have other keys.</param>
    public static async Task<Station> StartIn(string folder, bool ownFolder, ulong seed, params IReadOnlyList<object?[]> parameters)
    {
        var clock = new SetClock(Morning);
        var station = new Station(clock, new FakeHub(clock, Reference.Feeds(parameters)), folder, ownFolder) { Seed = seed };
        await station.Open();
        Assert.IsType<EnrolOutcome.Enrolled>(await station.Part<Enrol>().With(new EnrolAsked("http://127.0.0.1:9", FakeHub.Code), CancellationToken.None));
        Assert.Null((await station.Sync()).Failure);
        return station;
    }

    /// <summary>An agent that is not enrolled.</summary>
    public static async Task<Station> Bare(string? folder = null, IStoreWatch? watch = null)
    {
        var clock = new SetClock(Morning);
        var station = new Station(clock, new FakeHub(clock, Reference.Feeds()), folder ?? NewFolder(), folder is null);
        await station.Open(watch);
        return station;
    }

    /// <summary>Over a folder that another agent left, and the hub that it knew.</summary>
    public static async Task<Station> Over(string folder, FakeHub hub, SetClock clock)
    {
        var station = new Station(clock, hub, folder, ownFolder: false);
        await station.Open();
        return station;
    }

    /// <summary>What opens next stands before its first question to the hub, as a program does that was just started.</summary>
    public bool BeforeFirstQuestion { get; set; }

    public async Task Open(IStoreWatch? watch = null)
    {
        var options = new AgentOptions(Folder, null, TimeSpan.Zero, true, TimeSpan.FromSeconds(5), null) { OpenApi = true };
        Agent = await EdgeHub.Agent.Agent.Open(options, Clock, new SeededEntropy((ulong)Clock.GetTimestamp() + Seed), watch ?? IStoreWatch.None);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        Agent.AddTo(services, Hub);
        _parts = services.BuildServiceProvider();
        if (!BeforeFirstQuestion)
        {
            // No worker asks the hub here: what waits for the first question would wait its whole time.
            Part<HubContact>().Failed("nobody has asked the hub");
        }
    }

    /// <summary>Stops as a service is stopped, and starts again.</summary>
    public async Task Restart(IStoreWatch? watch = null)
    {
        await Close();
        await Open(watch);
        await Agent.Store.Announce("test");
    }

    public async Task Close()
    {
        await _parts.DisposeAsync();
        Agent.Dispose();
    }

    public Task<SyncReport> Sync() => Part<SyncWorker>().Round(CancellationToken.None);

    public async Task<VisitAnswer> CheckIn(int person, string visitType = "11")
    {
        var outcome = await Part<CheckIn>().Open(new CheckInRequest(visitType, new EvidenceGiven("idnumber", Reference.IdNumber(person), null), "op"));
        return Assert.IsType<CheckInOutcome.Opened>(outcome).Visit;
    }

    public async Task<Refusal> CheckInRefused(CheckInRequest request) =>
        Assert.IsType<CheckInOutcome.Refused>(await Part<CheckIn>().Open(request)).Why;

    /// <summary>A bill of one line of class A over so many yuan.</summary>
    public SettleRequest Bill(decimal yuan, string? key = null) => new(
        key ?? $"key-{++_keys}", null, ["J06.9"], null, null, true, [new LineGiven("A1", yuan, 1m, (long)(yuan * 100m))], "op", null);

    public Task<MoneyOutcome> Settle(string visit, SettleRequest request) => Part<SettleVisit>().Settle(visit, request, CancellationToken.None);

    /// <summary>Check in and settle.</summary>
    public async Task<SettledAnswer> Treat(int person, decimal yuan, string visitType = "11")
    {
        var visit = await CheckIn(person, visitType);
        return Settled(await Settle(visit.Visit, Bill(yuan)));
    }

    public static SettledAnswer Settled(MoneyOutcome outcome) => Read<SettledAnswer>(Assert.IsType<MoneyOutcome.Done>(outcome).Json);

    public static Refusal Refused(MoneyOutcome outcome) => Assert.IsType<MoneyOutcome.Refused>(outcome).Why;

    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, RequestContent.Json)!;

    public Task<MoneyOutcome> Reverse(Guid settlement, string? key = null) =>
        Part<ReverseVisit>().Reverse(settlement.ToString("D"), new ReverseRequest(key ?? $"key-{++_keys}", "mistake", "op"));

    public async ValueTask DisposeAsync()
    {
        // Whatever a test did, the look through the whole store finds nothing on it.
        Assert.True(!LooksThrough || Store.Damage is not null || Store.LookThrough() is null, Store.Damage);
        await Close();
        if (_ownFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    public static string NewFolder() => Directory.CreateTempSubdirectory("agent-test-").FullName;
}
