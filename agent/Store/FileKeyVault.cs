using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Keys as files of mode 0600 in a folder of mode 0700.</summary>
public sealed class FileKeyVault(string folder) : IKeyVault
{
    public byte[]? Read(string name)
    {
        var path = PathOf(folder, name);
        if (!File.Exists(path))
        {
            return null;
        }
        OwnerFiles.Narrow(path);
        return File.ReadAllBytes(path);
    }

    public void Keep(string name, byte[] key)
    {
        OwnerFiles.Folder(folder);
        OwnerFiles.Write(PathOf(folder, name), key);
    }

    internal static string PathOf(string folder, string name) => Path.Combine(folder, name + ".key");
}
