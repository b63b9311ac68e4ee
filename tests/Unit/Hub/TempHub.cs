using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>A hub's store in a folder of its own (or a database of its own, where a server is named), gone with the test; its clock
/// stands still until a test moves it.</summary>
internal sealed class TempHub : IDisposable
{
    public const string Region = "530924";
    public static readonly HubSettings Settings = new(Region, "Asia/Shanghai", 0);

    public TempHub(IStoreWatch? watch = null)
    {
        Folder = Directory.CreateTempSubdirectory("huba-").FullName;
        _database = TestServer.IsThere ? TestServer.Migrated() : null;
        Store = HubStore.OpenOrMake(Path.Combine(Folder, "hub"), Settings, Clock, new SystemEntropy(), watch, place: _database?.Words);
    }

    private readonly TestDatabase? _database;

    public string Folder { get; }
    public StandingClock Clock { get; } = new();
    public HubStore Store { get; }

    public long Count(string sql) => Store.Read(session => session.ExecuteScalar<long>(sql));

    public void Dispose()
    {
        Store.Dispose();
        _database?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2025, 3, 12, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What the clock on the wall shows above the true time.</summary>
    public TimeSpan Leap { get; set; }

    public override DateTimeOffset GetUtcNow() => Now + Leap;

    /// <summary>Time goes by as it is set: the monotonic clock goes with the one on the wall.</summary>
    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
