using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>A SQLite store in a folder of its own, gone with the test.</summary>
internal sealed class TempStore : IDisposable
{
    public TempStore(string ddl, IStoreWatch? watch = null)
    {
        Folder = Directory.CreateTempSubdirectory("sync-").FullName;
        File = Path.Combine(Folder, "test.db");
        Store = SqliteStore.Open(File, watch: watch);
        Store.Write(session => session.Execute(ddl));
    }

    public string Folder { get; }

    public string File { get; }

    public SqliteStore Store { get; private set; }

    public void Reopen()
    {
        Store.Dispose();
        Store = SqliteStore.Open(File);
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
