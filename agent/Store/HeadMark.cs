using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A few bytes beside the store that say where the journal's head was: written behind every commit, before anybody is told of it, and
/// not synced, so they cost next to nothing. A store that ends before them has lost what was confirmed: its log was cut, replaced or
/// lost, which the file itself cannot show. Behind the store they say nothing (a power cut took the last of them).</summary>
public sealed class HeadMark : IDisposable
{
    private const int MacBytes = 32;
    private const int Bytes = 16 + Chain.HashBytes + MacBytes;

    private readonly string _file;
    private readonly FieldCipher _cipher;
    private FileStream? _open;
    private ChainHead _last;

    public HeadMark(string database, FieldCipher cipher) => (_file, _cipher) = (FileOf(database), cipher);

    public static string FileOf(string database) => database + "-mark";

    /// <summary>Null: there is none, or it is not this store's own.</summary>
    public static ChainHead? Read(string database, FieldCipher cipher)
    {
        var bytes = new byte[Bytes + 1];
        try
        {
            using var file = new FileStream(FileOf(database), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != Bytes)
            {
                return null;
            }
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        var said = bytes.AsSpan(0, Bytes - MacBytes);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(Bytes - MacBytes, MacBytes), Mac(cipher, said))
            ? new ChainHead(BinaryPrimitives.ReadInt64BigEndian(said), BinaryPrimitives.ReadInt64BigEndian(said[8..]), said[16..].ToArray())
            : null;
    }

    /// <summary>What is wrong when the store ends at this head; null: nothing.</summary>
    /// <param name="mark">Read before the head was, where another process writes.</param>
    public static string? Fault(string database, ChainHead? mark, long epoch, long seq)
    {
        var name = Path.GetFileName(database);
        return mark is { } at && (at.Epoch > epoch || (at.Epoch == epoch && at.Seq > seq))
            ? string.Create(CultureInfo.InvariantCulture, $"{name} ends at epoch {epoch}, sequence {seq}, but epoch {at.Epoch}, sequence {at.Seq} was confirmed: it or its log {name}-wal was cut, replaced or lost")
            : null;
    }

    public void Write(ChainHead head)
    {
        if (_last.Epoch == head.Epoch && _last.Seq == head.Seq)
        {
            return;
        }
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, head.Epoch);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], head.Seq);
        head.Hash.Span.CopyTo(bytes[16..]);
        Mac(_cipher, bytes[..^MacBytes]).CopyTo(bytes[^MacBytes..]);
        try
        {
            // Always the same bytes of the file: nothing grows, so a full disk holds it too.
            if (_open is null)
            {
                OwnerFiles.Touch(_file);
                OwnerFiles.Narrow(_file);
            }
            _open ??= new FileStream(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            RandomAccess.Write(_open.SafeFileHandle, bytes, 0);
            _last = head;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A mark that stays behind says less, never anything wrong.
            _open?.Dispose();
            _open = null;
        }
    }

    public void Dispose() => _open?.Dispose();

    private static byte[] Mac(FieldCipher cipher, ReadOnlySpan<byte> said) => cipher.LookupOf("mark", Convert.ToHexString(said));
}
