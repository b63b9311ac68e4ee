using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>Where a hub keeps its rows: the file hub.db of its folder, or a database on PostgreSQL whose words of connection stand
/// in the folder's hub-store.json, for its owner's eyes alone, since they may hold a password.</summary>
public sealed class StorePlace
{
    public const string FileName = "hub-store.json";

    /// <summary>Connections that write by row, beside the one that writes alone.</summary>
    private const int PostgresLanes = 2;

    private const int MostPostgresReaders = 16;
    private const int MostSqliteReaders = 1_000;
    private const int IdleSqliteReaders = 4;

    private readonly string _directory;
    private readonly string? _connection;
    private readonly TimeProvider _clock;

    private StorePlace(string directory, string? connection, TimeProvider clock) => (_directory, _connection, _clock) = (directory, connection, clock);

    /// <summary>Any number of processes may serve one database on PostgreSQL; one serves a file.</summary>
    public bool IsShared => _connection is not null;

    /// <summary>Connections that write by row; 0: there is one writer for everything.</summary>
    public int Lanes => IsShared ? PostgresLanes : 0;

    /// <summary>Connections kept for reading; more readers at once open one for themselves.</summary>
    public int IdleReaders => IsShared ? MostPostgresReaders : IdleSqliteReaders;

    /// <summary>Connections that read at once: a server has only so many for all of its processes.</summary>
    public int MostReaders => IsShared ? MostPostgresReaders : MostSqliteReaders;

    private string Database => Path.Combine(_directory, HubStore.FileName);

    /// <summary>Whether a hub was made in the folder before.</summary>
    public static bool Stands(string directory) =>
        File.Exists(Path.Combine(directory, HubStore.FileName)) || File.Exists(Path.Combine(directory, FileName));

    /// <param name="given">Words of connection to PostgreSQL; null: as kept in the folder, else the file.</param>
    /// <exception cref="FaultException">The folder holds a hub in a file, and another place was given.</exception>
    /// <exception cref="StoreException">StoreDamaged: hub-store.json cannot be read.</exception>
    internal static StorePlace Of(string directory, string? given, TimeProvider clock)
    {
        if (given is not null && File.Exists(Path.Combine(directory, HubStore.FileName)))
        {
            throw new FaultException(new Fault(Codes.Duplicated, "--store", "", $"a folder without {HubStore.FileName}: this one holds a hub in a file"));
        }
        return new StorePlace(directory, given ?? Kept(directory), clock);
    }

    /// <summary>Once the place was opened: later commands need only the folder.</summary>
    internal void Keep()
    {
        if (_connection is { } connection && Kept(_directory) != connection)
        {
            OwnerFiles.Write(Path.Combine(_directory, FileName), JsonSerializer.SerializeToUtf8Bytes(new Words(connection)));
        }
    }

    /// <summary>The connection that writes alone.</summary>
    internal Sync.Stores.Store Writer(IStoreWatch watch, HubLock? held, bool serving) => _connection is { } connection
        ? PostgresStore.Open(connection, _clock, PostgresUse.Alone, watch)
        : SqliteStore.Open(Database, readOnly: false, watch, held is null ? null : held.CheckpointPass, roomy: serving);

    internal Sync.Stores.Store Reader(IStoreWatch watch) => _connection is { } connection
        ? PostgresStore.Open(connection, _clock, PostgresUse.Reader, watch)
        : SqliteStore.Open(Database, readOnly: true, watch);

    /// <summary>A connection that writes by row.</summary>
    internal Sync.Stores.Store Lane(IStoreWatch watch) =>
        PostgresStore.Open(_connection ?? throw new InvalidOperationException("A file has one writer."), _clock, PostgresUse.Beside, watch);

    private static string? Kept(string directory)
    {
        var file = Path.Combine(directory, FileName);
        if (!File.Exists(file))
        {
            return null;
        }
        OwnerFiles.Narrow(file);
        try
        {
            return JsonSerializer.Deserialize<Words>(File.ReadAllBytes(file))?.Postgres ?? throw new JsonException("no \"Postgres\"");
        }
        catch (JsonException damaged)
        {
            throw new StoreException(Codes.StoreDamaged, file, "it does not say where the database is; give --store again after deleting it", damaged);
        }
    }

    private sealed record Words(string Postgres);
}
