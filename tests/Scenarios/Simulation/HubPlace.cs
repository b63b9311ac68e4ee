using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Where a simulated hub's rows lie: the file of its folder, or a database of the test's own server.</summary>
internal interface IHubPlace : IDisposable
{
    /// <summary>Words of connection; null: the folder's file.</summary>
    string? Words { get; }

    /// <summary>A copy is made, or put in their place, while nobody is connected.</summary>
    bool CopiesAtRest { get; }

    /// <summary>A copy of the rows as a backup has them.</summary>
    /// <returns>What it is called.</returns>
    string BackUp(string folder, string spare);

    /// <param name="withMark">What lies beside the rows and says how far they were is put back too, where there is such a thing.</param>
    void PutBack(string folder, string backup, bool withMark);

    /// <summary>What the engine says when its disk is full.</summary>
    Exception Full();

    /// <summary>Every connection ends as when the server, or the way to it, is gone for a moment.</summary>
    /// <returns>False: there is no such way.</returns>
    bool Cut();

    /// <summary>A process died: what it had begun ends with its connections, as the system closes them for it.</summary>
    void Died();

    /// <summary>A column of bytes as hexadecimal digits, in the engine's words.</summary>
    string Hex(string column);
}

internal static class HubPlace
{
    public static IHubPlace New() => TestServer.IsThere ? new DatabasePlace() : new FilePlace();
}

/// <summary>hub.db in the hub's folder.</summary>
internal sealed class FilePlace : IHubPlace
{
    private const int SqliteFull = 13;
    private const string Files = HubStore.FileName + "*";

    public string? Words => null;

    public bool CopiesAtRest => false;

    public string BackUp(string folder, string spare)
    {
        Folders.Copy(folder, spare);
        return spare;
    }

    /// <summary>The database is put back; the keys stay as they are.</summary>
    public void PutBack(string folder, string backup, bool withMark)
    {
        var mark = StoreMark.FileOf(HubStore.FileName);
        foreach (var file in Directory.GetFiles(folder, Files).Where(file => withMark || Path.GetFileName(file) != mark))
        {
            File.Delete(file);
        }
        foreach (var file in Directory.GetFiles(backup, Files).Where(file => withMark || Path.GetFileName(file) != mark))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public Exception Full() => new SqliteException("database or disk is full", SqliteFull);

    public bool Cut() => false;

    public void Died() { }

    public string Hex(string column) => $"lower(hex({column}))";

    public void Dispose() { }
}

/// <summary>A database of the server that EDGEHUB_TEST_POSTGRES names. A copy of it is another database.</summary>
internal sealed class DatabasePlace : IHubPlace
{
    private readonly List<string> _copies = [];
    private TestDatabase _database = TestServer.Migrated();

    public string? Words => _database.Words;

    public bool CopiesAtRest => true;

    public string BackUp(string folder, string spare)
    {
        WaitAlone();
        var copy = $"{_database.Name}_b{_copies.Count}";
        TestServer.Execute($"create database {copy} template {_database.Name}");
        _copies.Add(copy);
        return copy;
    }

    public void PutBack(string folder, string backup, bool withMark)
    {
        WaitAlone();
        TestServer.Execute($"drop database {_database.Name}");
        TestServer.Execute($"create database {_database.Name} template {backup}");
    }

    public Exception Full() => new PostgresException("could not extend file: No space left on device", "ERROR", "ERROR", PostgresErrorCodes.DiskFull);

    public bool Cut()
    {
        TestServer.Execute($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{_database.Name}'");
        return true;
    }

    /// <summary>Nobody else is in the middle of anything: one thread plays all.</summary>
    public void Died() => TestServer.Execute($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{_database.Name}' and state like 'idle in transaction%'");

    public string Hex(string column) => $"encode({column}, 'hex')";

    public void Dispose()
    {
        foreach (var copy in _copies)
        {
            TestServer.Execute($"drop database {copy} with (force)");
        }
        WaitAlone();
        _database.Dispose();
    }

    /// <summary>A connection that was closed here ends there a moment later.</summary>
    private void WaitAlone() => Cut();
}
