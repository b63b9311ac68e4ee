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

    private readonly StoreMark _mark;
    private readonly FieldCipher _cipher;
    private ChainHead _last;

    public HeadMark(string database, FieldCipher cipher) => (_mark, _cipher) = (new StoreMark(database), cipher);

    /// <summary>Null: there is none, or it is not this store's own.</summary>
    public static ChainHead? Read(string database, FieldCipher cipher) =>
        StoreMark.Read(database, Bytes) is { } bytes && bytes.AsSpan(0, Bytes - MacBytes) is var said
        && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(Bytes - MacBytes), Mac(cipher, said))
            ? new ChainHead(BinaryPrimitives.ReadInt64BigEndian(said), BinaryPrimitives.ReadInt64BigEndian(said[8..]), said[16..].ToArray())
            : null;

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
        if (_mark.Write(bytes))
        {
            _last = head;
        }
    }

    public void Dispose() => _mark.Dispose();

    private static byte[] Mac(FieldCipher cipher, ReadOnlySpan<byte> said) => cipher.LookupOf("mark", Convert.ToHexString(said));
}
