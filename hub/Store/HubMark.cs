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

    private readonly string _file;
    private FileStream? _open;
    private long _next;
    private long _written = -1;

    public HubMark(string database) => _file = FileOf(database);

    public static string FileOf(string database) => database + "-mark";

    /// <param name="restored">The operator says that the file is meant: the mark is of a life that has ended.</param>
    /// <returns>False: there was no mark.</returns>
    /// <exception cref="StoreException">StoreDamaged: the file is behind its mark.</exception>
    public static bool Demand(string database, StoreSession session, bool restored)
    {
        if (restored)
        {
            File.Delete(FileOf(database));
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
        try
        {
            if (_open is null)
            {
                OwnerFiles.Touch(_file);
                OwnerFiles.Narrow(_file);
            }
            _open ??= new FileStream(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            RandomAccess.Write(_open.SafeFileHandle, bytes, 0);
            _written = _next;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A mark that stays behind says less, never anything wrong.
            _open?.Dispose();
            _open = null;
        }
    }

    public void Dispose() => _open?.Dispose();

    private static long Reached(StoreSession session) => (long)session.Prepared("select cast(coalesce(sum(value), 0) as bigint) from counter").Scalar()!;

    private static long? Read(string database)
    {
        var bytes = new byte[Bytes + 1];
        try
        {
            using var file = new FileStream(FileOf(database), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == Bytes && SumOf(bytes.AsSpan(0, sizeof(long))).SequenceEqual(bytes.AsSpan(sizeof(long), SumBytes))
                ? BinaryPrimitives.ReadInt64BigEndian(bytes)
                : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> SumOf(ReadOnlySpan<byte> said) => SHA256.HashData([.. "hub-mark"u8, .. said]).AsSpan(0, SumBytes);
}
