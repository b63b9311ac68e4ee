using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>A few bytes beside hub.db that say how far its counters were (segments, sets, versions; none ever falls): written behind every commit,
/// before anybody is told of it, and not synced. A file that is behind them has lost what was confirmed: it or its log was cut, replaced or put
/// back, which SQLite itself cannot show. Behind the file they say nothing. A database on PostgreSQL has its server's own log.</summary>
internal sealed class HubMark : IDisposable
{
    private const int SumBytes = 8;
    private const int Bytes = sizeof(long) + SumBytes;

    private readonly StoreMark _mark;
    private long _next;
    private long _written = -1;

    public HubMark(string database) => _mark = new StoreMark(database);

    /// <param name="restored">The operator says that the file is meant: the mark is of a life that has ended.</param>
    /// <returns>False: there was no mark.</returns>
    /// <exception cref="StoreException">StoreDamaged: the file is behind its mark.</exception>
    public static bool Demand(string database, StoreSession session, bool restored)
    {
        if (restored)
        {
            File.Delete(StoreMark.FileOf(database));
        }
        if (Read(database) is not { } mark)
        {
            return false;
        }
        if (mark > Reached(session))
        {
            var name = Path.GetFileName(database);
            throw new StoreException(Codes.StoreDamaged, database,
                $"{name} lacks what was confirmed: it or its log {name}-wal was cut, replaced or put back from a backup. When that backup is meant, start once with hub serve --restored: the clinics send again what it lacks (handbook, \"A hub's store that broke\")");
        }
        return true;
    }

    /// <summary>Inside a transaction, behind its last statement.</summary>
    public void Note(StoreSession session) => _next = Reached(session);

    /// <summary>The transaction was committed.</summary>
    public void Write()
    {
        if (_next == _written)
        {
            return;
        }
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, _next);
        SumOf(bytes[..sizeof(long)]).CopyTo(bytes[sizeof(long)..]);
        _written = _mark.Write(bytes) ? _next : _written;
    }

    public void Dispose() => _mark.Dispose();

    private static long Reached(StoreSession session) => (long)session.Prepared("select cast(coalesce(sum(value), 0) as bigint) from counter").Scalar()!;

    private static long? Read(string database) =>
        StoreMark.Read(database, Bytes) is { } bytes && SumOf(bytes.AsSpan(0, sizeof(long))).SequenceEqual(bytes.AsSpan(sizeof(long)))
            ? BinaryPrimitives.ReadInt64BigEndian(bytes)
            : null;

    private static ReadOnlySpan<byte> SumOf(ReadOnlySpan<byte> said) => SHA256.HashData([.. "hub-mark"u8, .. said]).AsSpan(0, SumBytes);
}
