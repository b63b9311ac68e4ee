using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>The one folder in which an agent keeps everything: the store, its keys, its logs. A lock file keeps a second
/// process out: one writer per site.</summary>
public sealed class StateFolder : IDisposable
{
    private readonly FileStream? _held;

    private StateFolder(string root, FileStream? held) => (Root, _held) = (root, held);

    public string Root { get; }

    /// <summary>Others could look into the folder until now; worth a warning.</summary>
    public bool WasOpenToOthers { get; private init; }

    public string Database => Path.Combine(Root, "agent.db");
    /// <summary>Public lists of codes; can be made again at any time.</summary>
    public string Lists => Path.Combine(Root, "lists.db");

    public string Keys => Path.Combine(Root, "keys");

    /// <summary>A card that is presented by writing this file; only with the simulated reader.</summary>
    public string SimulatedCard => Path.Combine(Root, "card.json");

    /// <summary>Takes the folder for this process alone, and makes it where it is missing.</summary>
    /// <exception cref="StateFolderInUse">Another process holds it.</exception>
    public static StateFolder Take(string root)
    {
        var full = Path.GetFullPath(root);
        var open = OwnerFiles.Folder(full);
        try
        {
            // No sharing: an advisory lock on Linux (flock), a mandatory one on Windows; both end with the process, however it ends.
            return new StateFolder(full, new FileStream(Path.Combine(full, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)) { WasOpenToOthers = open };
        }
        catch (IOException refused) when (refused is not DirectoryNotFoundException && !StoreFull.Is(refused))
        {
            throw new StateFolderInUse(full, refused);
        }
    }

    /// <summary>To read only, beside a process that may be running.</summary>
    /// <exception cref="StoreException">There is no store in that folder.</exception>
    public static StateFolder Look(string root)
    {
        var folder = new StateFolder(Path.GetFullPath(root), null);
        return File.Exists(folder.Database)
            ? folder
            : throw new StoreException(Codes.NotFound, folder.Database, "there is no agent's store in this folder");
    }

    /// <summary>A store stands there, or the key of a device that had one.</summary>
    public static bool HoldsAnything(string root)
    {
        var folder = new StateFolder(Path.GetFullPath(root), null);
        return File.Exists(folder.Database) || (Directory.Exists(folder.Keys) && Directory.EnumerateFiles(folder.Keys).Any());
    }

    public void Dispose() => _held?.Dispose();
}

/// <summary>A second process on the same state folder.</summary>
public sealed class StateFolderInUse(string root, Exception inner)
    : Exception($"The state folder {root} is in use by another process: one agent per site.", inner);
