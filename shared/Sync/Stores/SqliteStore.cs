using System.Data.Common;
using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeHub.Sync.Stores;

/// <summary>A SQLite file, write-ahead log, synchronous=FULL: a commit that returned survives a power cut. One connection writes
/// and checkpoints (the bundled 3.50.4 predates a fix for a log reset by one connection while another checkpoints), so automatic
/// checkpoints are off and come by our own hand. Readers are short-lived: an open one stops checkpoints.</summary>
public sealed partial class SqliteStore : Store
{
    /// <summary>How long one process waits for another's transaction: a clerk who loads a file beside a hub that settles a morning
    /// waits for its turn instead of being sent away.</summary>
    public const int BusyTimeoutMilliseconds = 30_000;

    /// <summary>Pages in the log after which the writer checkpoints.</summary>
    public const int CheckpointPages = 4_000;

    /// <summary>How long a checkpoint waits for readers before it comes back later.</summary>
    private const int CheckpointBusyMilliseconds = 20;

    private readonly bool _readOnly;
    private Func<IDisposable?>? _gate;
    private bool _roomy;
    private bool _alone;
    private long _pageBytes;
    private long _checkpointAtBytes;

    /// <summary>SQLite counts its memory under a lock of its own, twice for each piece; nobody asks for the count. Too late where another part of the
    /// program has opened a file already: then it is counted on.</summary>
    static SqliteStore()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private SqliteStore(SqliteConnection connection, string file, bool readOnly, IStoreWatch watch)
        : base(connection, file, watch) => _readOnly = readOnly;

    public const string EngineName = "sqlite";

    public override string Engine => EngineName;

    private SqliteConnection Sqlite => (SqliteConnection)Connection;

    private string LogFile => Name + "-wal";

    /// <summary>Opens the file (makes it, unless read only), sets what is per connection and asserts it.</summary>
    /// <exception cref="StoreException">DiskFull; StoreDamaged: no database, damaged, missing (read only), or a pragma that does not hold.</exception>
    /// <param name="gate">Where several processes write: lets this one checkpoint (until disposed), or not now (null).</param>
    /// <param name="roomy">For a store that is written all day: the log keeps its room (<see cref="WhenStarted"/>).</param>
    /// <param name="alone">Without what processes share (-shm), for which a full disk has no room; no other process can read meanwhile.</param>
    public static SqliteStore Open(string file, bool readOnly = false, IStoreWatch? watch = null, Func<IDisposable?>? gate = null, bool roomy = false, bool alone = false)
    {
        if (!readOnly)
        {
            Narrow(file);
        }
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = BusyTimeoutMilliseconds / 1000,
            Vfs = readOnly ? null : LogVfs.ForWriters,
        }.ToString());
        var store = new SqliteStore(connection, file, readOnly, watch ?? IStoreWatch.None) { _gate = gate, _roomy = roomy, _alone = alone };
        try
        {
            store.Guarded(store.SetUp);
            return store;
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>One read on a short-lived connection of its own: any thread, any time, never in the writer's way.</summary>
    /// <exception cref="StoreException">StoreDamaged or Busy.</exception>
    public static T ReadFrom<T>(string file, Func<StoreSession, T> work, IStoreWatch? watch = null)
    {
        using var store = Open(file, readOnly: true, watch);
        return store.Read(work);
    }

    /// <summary>Moves the log into the file. With truncate the log is cut to nothing as well.</summary>
    /// <returns>False when a reader, another writer or another process stood in the way: the rest comes next time.</returns>
    public bool Checkpoint(bool truncate)
    {
        using var pass = _gate?.Invoke();
        if (_gate is not null && pass is null)
        {
            return false;
        }
        var whole = false;
        Guarded(() =>
        {
            Watch.At(StorePoint.Checkpoint, "");
            raw.sqlite3_busy_timeout(Sqlite.Handle, CheckpointBusyMilliseconds);
            try
            {
                using var reader = Prepared(truncate ? "pragma wal_checkpoint(truncate)" : "pragma wal_checkpoint(passive)").Read();
                whole = reader.Read() && reader.GetInt64(0) == 0 && reader.GetInt64(1) == reader.GetInt64(2);
            }
            finally
            {
                raw.sqlite3_busy_timeout(Sqlite.Handle, BusyTimeoutMilliseconds);
            }
        });
        return whole;
    }

    /// <summary>SQLite's own check of the file's structure: "ok", or what was found (at most 20 lines).</summary>
    public string QuickCheck()
    {
        var found = new List<string>();
        Guarded(() =>
        {
            using var reader = Prepared("pragma quick_check(20)").Read();
            while (reader.Read())
            {
                found.Add(reader.GetString(0));
            }
        });
        return string.Join("; ", found);
    }

    internal override string? StructureFault()
    {
        using var reader = Prepared("pragma integrity_check(5)").Read();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }
        return found is ["ok"] ? null : string.Join("; ", found);
    }

    internal override StoreException? Fault(Exception exception)
    {
        if (exception is StoreException own)
        {
            return own;
        }
        if (exception is not SqliteException sqlite)
        {
            return null;
        }
        var said = string.Create(CultureInfo.InvariantCulture, $"SQLite {sqlite.SqliteExtendedErrorCode}: {sqlite.Message}");
        return sqlite.SqliteExtendedErrorCode is raw.SQLITE_IOERR_SHMSIZE
            ? new StoreException(Codes.DiskFull, Name, said, sqlite)
            : sqlite.SqliteErrorCode switch
            {
                raw.SQLITE_FULL => new StoreException(Codes.DiskFull, Name, said, sqlite),
                raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY => Damaged(said, sqlite),
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreException(Codes.Busy, Name, said, sqlite),
                _ => null,
            };
    }

    internal override object ToColumn(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString("D"),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => Instants.Write(instant),
        bool yes => yes ? 1L : 0L,
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        // A list goes as one text, which SQLite reads row by row: see Lists.
        string[] or Guid[] or long[] => ListText((Array)value),
        _ => value,
    };

    internal override string ParameterName(int position) => "$" + position.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nobody else writes while this connection is in a writing transaction.</summary>
    internal override void Lock(string table, string column, string region, IReadOnlyList<long> numbers) { }

    internal override RowWriter Rows(string table, IReadOnlyList<string> columns) => new SqliteRowWriter(
        (SqliteStatement)Prepared($"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select((_, at) => ParameterName(at + 1)))})"),
        columns.Count);

    /// <summary>synchronous=FULL was asserted when this connection was opened for writing.</summary>
    private protected override void RunCommit(PreparedStatement statement)
    {
        if (_readOnly)
        {
            statement.Run();
            return;
        }
        LogVfs.Commit(statement);
    }

    private protected override string BeginSql(bool forWriting) => forWriting ? "begin immediate" : "begin deferred";

    private protected override PreparedStatement Prepare(string sql) =>
        new SqliteStatement(this, Sqlite.Handle ?? throw new InvalidOperationException("The connection is closed."), sql);

    private protected override bool AlreadyRolledBack(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR } && raw.sqlite3_get_autocommit(Sqlite.Handle) != 0;

    /// <summary>The file is its owner's alone; SQLite gives the log beside it the same mode. A folder that cannot be written is
    /// SQLite's to name, with a code.</summary>
    private static void Narrow(string file)
    {
        try
        {
            OwnerFiles.Touch(file);
            foreach (var name in (string[])[file, file + "-wal", file + "-shm"])
            {
                OwnerFiles.Narrow(name);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Another owner's file, a full disk, a missing folder: opening it says so under the store's own codes.
        }
    }

    private void SetUp()
    {
        Watch.At(StorePoint.Open, "");
        Sqlite.Open();
        Pragma("busy_timeout=" + BusyTimeoutMilliseconds.ToString(CultureInfo.InvariantCulture));
        if (_alone)
        {
            Pragma("locking_mode=exclusive");
        }
        if (!_readOnly)
        {
            Pragma("journal_mode=wal");
            Pragma("synchronous=full");
            Pragma("wal_autocheckpoint=0");
        }
        Pragma("foreign_keys=on");
        Assert("journal_mode", "wal");
        Assert("foreign_keys", "1");
        Assert("busy_timeout", BusyTimeoutMilliseconds.ToString(CultureInfo.InvariantCulture));
        if (!_readOnly)
        {
            Assert("synchronous", "2");
            Assert("wal_autocheckpoint", "0");
        }
        _pageBytes = long.Parse(Pragma("page_size"), CultureInfo.InvariantCulture);
        _checkpointAtBytes = CheckpointAt;
    }

    private void Assert(string pragma, string expected)
    {
        if (Pragma(pragma) is var found && found != expected)
        {
            throw new StoreException(Codes.StoreDamaged, Name, $"pragma {pragma} is \"{found}\"; expected \"{expected}\"");
        }
    }

    private string Pragma(string text)
    {
        using var command = Sqlite.CreateCommand();
        command.CommandText = "pragma " + text;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
