using System.Runtime.InteropServices;
using System.Text;

namespace EdgeHub.Sync.Stores;

/// <summary>Files and folders that are their owner's alone (0600 and 0700), and files that are wholly there or not at all after a
/// power cut. On Windows the modes are the folder's own rights, which the installer sets.</summary>
public static class OwnerFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder where it is missing, and takes a wider mode from one that stands there. A folder that everybody
    /// shares (sticky, such as /tmp) is left as it is.</summary>
    /// <returns>True: others could look into it until now, or still can; worth a warning.</returns>
    public static bool Folder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return false;
        }
        Directory.CreateDirectory(folder, OwnFolder);
        var mode = File.GetUnixFileMode(folder);
        if ((mode & Others) == UnixFileMode.None)
        {
            return false;
        }
        if (!mode.HasFlag(UnixFileMode.StickyBit))
        {
            File.SetUnixFileMode(folder, mode & ~Others);
        }
        return true;
    }

    /// <summary>Takes the rights of others from a file that exists.</summary>
    public static void Narrow(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file) && File.GetUnixFileMode(file) is var mode && (mode & Others) != UnixFileMode.None)
        {
            File.SetUnixFileMode(file, mode & OwnFile);
        }
    }

    /// <summary>Writes a file so that after a power cut either the old or the new content is there: a new file beside it, flushed,
    /// renamed over it, and the folder flushed.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".new";
        File.Delete(next);
        using (var file = new FileStream(next, Options(FileMode.CreateNew)))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes the file, empty, where there is none, so that whatever writes it later finds it narrow.</summary>
    public static void Touch(string path)
    {
        if (!File.Exists(path))
        {
            using var made = new FileStream(path, Options(FileMode.OpenOrCreate));
        }
    }

    /// <summary>Brings the folder's own entries to the disk: a rename is durable only behind it.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals its names by itself.
        }
        var handle = Open(Encoding.UTF8.GetBytes(folder + "\0"), 0);
        if (handle < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened to be flushed: error {Marshal.GetLastPInvokeError()}.");
        }
        var flushed = Flush(handle);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (flushed != 0)
        {
            throw new IOException($"The folder {folder} cannot be flushed: error {error}.");
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }
        return options;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
