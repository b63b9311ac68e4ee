using System.Data.Common;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>What an engine may say of itself while it works.</summary>
public enum EngineFault
{
    Full,
    Disk,
    Corrupt,
    Busy,
}

/// <summary>A store of its own, gone with the test: a SQLite file, or a database on PostgreSQL where a server is named.</summary>
internal sealed class TempStore : IDisposable
{
    private readonly TestDatabase? _database;

    /// <param name="disk">Where its bytes lie; null: where others do.</param>
    public TempStore(string ddl, IStoreWatch? watch = null, SmallDisk? disk = null)
    {
        Folder = disk is null ? Directory.CreateTempSubdirectory("sync-").FullName : Directory.CreateDirectory(Path.Combine(disk.Folder, "sync")).FullName;
        _database = TestServer.IsThere ? TestServer.Empty(disk?.Tablespace) : null;
        Store = Open(watch);
        Store.Write(session => session.Execute(ddl));
    }

    public string Folder { get; }

    /// <summary>SQLite's.</summary>
    public string File => _database is null ? Path.Combine(Folder, "test.db") : throw new InvalidOperationException("On PostgreSQL there is no file of ours.");

    public Store Store { get; private set; }

    /// <summary>For tests of the file (Engine=Sqlite).</summary>
    public SqliteStore Sqlite => (SqliteStore)Store;

    /// <summary>Another connection to the same rows.</summary>
    public Store Open(IStoreWatch? watch = null, bool readOnly = false) => _database is { } database
        ? PostgresStore.Open(database.Words, TimeProvider.System, readOnly ? PostgresUse.Reader : PostgresUse.Alone, watch)
        : SqliteStore.Open(File, readOnly, watch);

    /// <summary>One read on a connection of its own.</summary>
    public T Beside<T>(Func<StoreSession, T> work)
    {
        using var reader = Open(readOnly: true);
        return reader.Read(work);
    }

    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    /// <summary>The engine's own exception for a fault of it.</summary>
    public static DbException Broken(EngineFault fault) => TestServer.IsThere
        ? new PostgresException("broken", "ERROR", "ERROR", fault switch
        {
            EngineFault.Full => PostgresErrorCodes.DiskFull,
            EngineFault.Disk => PostgresErrorCodes.IoError,
            EngineFault.Corrupt => PostgresErrorCodes.DataCorrupted,
            _ => PostgresErrorCodes.LockNotAvailable,
        })
        : new SqliteException("broken", fault switch { EngineFault.Full => 13, EngineFault.Disk => 10, EngineFault.Corrupt => 11, _ => 5 });

    /// <summary>Whether an exception is the engine's word that a key stands there already.</summary>
    public static bool IsDuplicate(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteErrorCode: 19 };

    /// <summary>Shortens how long a connection waits for another one's transaction.</summary>
    public static void Hurry(Store store, int milliseconds) =>
        store.Read(session => session.Execute(TestServer.IsThere ? $"set lock_timeout = {milliseconds}" : $"pragma busy_timeout = {milliseconds}"));

    public void Dispose()
    {
        Store.Dispose();
        _database?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
