namespace EdgeHub.Agent.Store;

/// <summary>Keys as files of mode 0600 in a folder of mode 0700.</summary>
public sealed class FileKeyVault(string folder) : IKeyVault
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public byte[]? Read(string name)
    {
        var path = PathOf(folder, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    public void Keep(string name, byte[] key)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
        Write(PathOf(folder, name), key);
    }

    /// <summary>A new file beside the old one, flushed to the disk, then renamed over it.</summary>
    internal static void Write(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        var next = path + ".new";
        using (var file = new FileStream(next, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    internal static string PathOf(string folder, string name) => Path.Combine(folder, name + ".key");
}
