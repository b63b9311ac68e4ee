using Microsoft.Win32.SafeHandles;

namespace EdgeHub.Sync.Stores;

/// <summary>A few bytes beside a database that say how far it was: written behind every commit, before anybody is told of it, and not
/// synced, so they cost next to nothing; always the same bytes of the file, so that a full disk holds them too. What they say, and by
/// what they are known for the store's own, is the caller's. A mark that stays behind says less, never anything wrong.</summary>
public sealed class StoreMark(string database) : IDisposable
{
    private readonly string _file = FileOf(database);
    private SafeFileHandle? _open;

    public static string FileOf(string database) => database + "-mark";

    /// <summary>The mark's bytes; null: there is none, or it is not of this length.</summary>
    public static byte[]? Read(string database, int length)
    {
        var bytes = new byte[length + 1];
        try
        {
            using var file = new FileStream(FileOf(database), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == length ? bytes[..length] : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>False: they could not be written; the next commit tries again.</returns>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_open is null)
            {
                OwnerFiles.Touch(_file);
                OwnerFiles.Narrow(_file);
            }
            _open ??= File.OpenHandle(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.Write(_open, bytes, 0);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _open?.Dispose();
            _open = null;
            return false;
        }
    }

    public void Dispose() => _open?.Dispose();
}
