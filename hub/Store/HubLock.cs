using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>Who may move the log into the database file. The SQLite that we ship (3.50.4) may lose a commit when one process
/// checkpoints in the instant in which another writes. So a checkpoint is the serving hub's alone, and only while no other process
/// has the hub open: commands share hub.lock for as long as they run, a checkpoint takes it alone. The locks end with their
/// process, however it ends.</summary>
internal sealed class HubLock : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private const int MostLooks = 600;

    private readonly string _file;
    private readonly FileStream _held;
    private readonly bool _serving;

    private HubLock(string file, FileStream held, bool serving) => (_file, _held, _serving) = (file, held, serving);

    /// <exception cref="StoreException">Busy: another process serves this hub, or its checkpoint did not end within half a minute.</exception>
    public static HubLock Take(string directory, bool serving, TimeProvider clock)
    {
        var file = Path.Combine(directory, "hub.lock");
        OwnerFiles.Touch(file);
        if (serving)
        {
            var serve = Path.Combine(directory, "serve.lock");
            return TryAlone(serve) is { } alone
                ? new HubLock(file, alone, serving)
                : throw new StoreException(Codes.Busy, serve, "another process serves this hub; one serves at a time");
        }
        for (var look = 0; look < MostLooks; look++)
        {
            if (TryShared(file) is { } shared)
            {
                return new HubLock(file, shared, serving);
            }
            Task.Delay(LookAgain, clock).GetAwaiter().GetResult();
        }
        throw new StoreException(Codes.Busy, file, "a checkpoint holds the hub; try again");
    }

    /// <summary>Lets the serving hub checkpoint until the pass is disposed; null: not now, or never in a command.</summary>
    public IDisposable? CheckpointPass() => _serving ? TryAlone(_file) : null;

    public void Dispose() => _held.Dispose();

    private static FileStream? TryAlone(string file) => Try(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static FileStream? TryShared(string file) => Try(file, FileMode.Open, FileAccess.Read, FileShare.Read);

    private static FileStream? Try(string file, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(file, mode, access, share);
        }
        catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }
}
