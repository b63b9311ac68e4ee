using System.Buffers.Binary;

namespace EdgeHub.Agent.Store;

/// <summary>A row as it lies in a page: its number, and its columns: null, a whole number, bytes (texts too), or a number with a fraction, which
/// nobody here asks for.</summary>
public sealed record ScannedRow(long RowId, IReadOnlyList<object?> Columns);

/// <summary>Reads what rows of tables lie in a damaged SQLite file and its log, page by page, whatever else is broken: older forms of a page
/// too. What it gives is not proven; whoever takes it must know it again by its seal. Source: sqlite.org/fileformat2.html.</summary>
public static class PageScan
{
    private const byte TableLeaf = 0x0D;
    private const int FileHeaderBytes = 100;
    private const int LogHeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int UsualPageBytes = 4_096;
    private const int MostColumns = 64;
    private const int MostPayloadBytes = 1 << 20;

    /// <summary>Rows of the log first, the newest frames before the older ones, then of the file.</summary>
    public static IEnumerable<ScannedRow> Rows(string database)
    {
        using var pages = Pages.Open(database);
        var page = new byte[pages.Bytes];
        foreach (var place in pages.Places)
        {
            if (!pages.Read(place, page))
            {
                continue;
            }
            var start = place.Number == 1 && !place.InLog && StartsAsFile(page) ? FileHeaderBytes : place is { Number: 1, InLog: true } ? FileHeaderBytes : 0;
            if (page[start] != TableLeaf)
            {
                continue;
            }
            var cells = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(start + 3));
            for (var i = 0; i < cells && start + 10 + (2 * i) <= page.Length; i++)
            {
                if (Cell(page, BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(start + 8 + (2 * i))), pages) is { } row)
                {
                    yield return row;
                }
            }
        }
    }

    private static bool StartsAsFile(byte[] page) => page.AsSpan().StartsWith("SQLite format 3\0"u8);

    private static ScannedRow? Cell(byte[] page, int at, Pages pages)
    {
        if (!Varint(page, ref at, out var length) || !Varint(page, ref at, out var rowId) || length is <= 0 or > MostPayloadBytes)
        {
            return null;
        }
        var payload = Payload(page, at, (int)length, pages);
        return payload is not null && Columns(payload) is { } columns ? new ScannedRow(rowId, columns) : null;
    }

    /// <summary>The part in the page, and what overflowed into others. Null: it leads nowhere.</summary>
    private static byte[]? Payload(byte[] page, int at, int length, Pages pages)
    {
        var usable = pages.Bytes;
        var least = ((usable - 12) * 32 / 255) - 23;
        var local = length <= usable - 35 ? length : least + ((length - least) % (usable - 4));
        local = local <= usable - 35 ? local : least;
        var spills = local < length;
        if (at + local + (spills ? 4 : 0) > page.Length)
        {
            return null;
        }
        var payload = new byte[length];
        page.AsSpan(at, local).CopyTo(payload);
        var next = spills ? BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at + local)) : 0;
        var more = new byte[pages.Bytes];
        while (local < length)
        {
            if (!pages.ReadNewest(next, more))
            {
                return null;
            }
            next = BinaryPrimitives.ReadUInt32BigEndian(more);
            var take = Math.Min(length - local, usable - 4);
            more.AsSpan(4, take).CopyTo(payload.AsSpan(local));
            local += take;
        }
        return payload;
    }

    private static List<object?>? Columns(byte[] payload)
    {
        var at = 0;
        if (!Varint(payload, ref at, out var header) || header > payload.Length)
        {
            return null;
        }
        var columns = new List<object?>();
        var body = (int)header;
        while (at < header)
        {
            if (columns.Count == MostColumns || !Varint(payload, ref at, out var type) || type < 0 || type > 2L * MostPayloadBytes)
            {
                return null;
            }
            var size = type switch { 0 or 8 or 9 => 0, 1 => 1, 2 => 2, 3 => 3, 4 => 4, 5 => 6, 6 or 7 => 8, 10 or 11 => -1, _ => (int)((type - 12) / 2) };
            if (size < 0 || body + size > payload.Length)
            {
                return null;
            }
            columns.Add(type switch
            {
                0 or 7 => null,
                8 => 0L,
                9 => 1L,
                >= 12 => payload[body..(body + size)],
                _ => Whole(payload.AsSpan(body, size)),
            });
            body += size;
        }
        return columns;
    }

    private static long Whole(ReadOnlySpan<byte> bytes)
    {
        var value = (long)unchecked((sbyte)bytes[0]);
        for (var i = 1; i < bytes.Length; i++)
        {
            value = (value << 8) | bytes[i];
        }
        return value;
    }

    private static bool Varint(byte[] bytes, ref int at, out long value)
    {
        value = 0;
        for (var i = 0; i < 9 && at < bytes.Length; i++)
        {
            var one = bytes[at++];
            if (i == 8)
            {
                value = (value << 8) | one;
                return true;
            }
            value = (value << 7) | (uint)(one & 0x7F);
            if (one < 0x80)
            {
                return true;
            }
        }
        return false;
    }

    /// <param name="Number">The page's own number; <paramref name="Offset"/>: where it lies in the log, or in the file.</param>
    private readonly record struct Place(long Number, bool InLog, long Offset);

    /// <summary>The pages of file and log, and which form of each is the newest.</summary>
    private sealed class Pages : IDisposable
    {
        private readonly FileStream? _file;
        private readonly FileStream? _log;
        private readonly Dictionary<long, Place> _newest = [];

        private Pages(FileStream? file, FileStream? log) => (_file, _log) = (file, log);

        public int Bytes { get; private set; } = UsualPageBytes;

        public List<Place> Places { get; } = [];

        public static Pages Open(string database)
        {
            var pages = new Pages(OpenOne(database), OpenOne(database + "-wal"));
            pages.Find();
            return pages;
        }

        public bool Read(Place place, byte[] page)
        {
            var from = place.InLog ? _log! : _file!;
            return RandomAccess.Read(from.SafeFileHandle, page, place.Offset) == page.Length;
        }

        public bool ReadNewest(long number, byte[] page) => _newest.TryGetValue(number, out var place) && Read(place, page);

        private void Find()
        {
            var head = new byte[FileHeaderBytes];
            if (_file is not null && RandomAccess.Read(_file.SafeFileHandle, head, 0) == head.Length && StartsAsFile(head))
            {
                var said = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(16));
                Bytes = said is >= 512 and <= 32_768 && (said & (said - 1)) == 0 ? said : UsualPageBytes;
            }
            if (_log is not null)
            {
                Frames(_log);
            }
            for (var number = 1L; _file is not null && (number - 1) * Bytes < _file.Length; number++)
            {
                Places.Add(new Place(number, InLog: false, (number - 1) * Bytes));
                _newest.TryAdd(number, Places[^1]);
            }
        }

        /// <summary>A log is written over again from its beginning: what has another salt than its header is older.</summary>
        private void Frames(FileStream log)
        {
            var (header, frame) = (new byte[LogHeaderBytes], new byte[FrameHeaderBytes]);
            RandomAccess.Read(log.SafeFileHandle, header, 0);
            var older = new List<Place>();
            for (var at = (long)LogHeaderBytes; RandomAccess.Read(log.SafeFileHandle, frame, at) == frame.Length; at += FrameHeaderBytes + Bytes)
            {
                if (BinaryPrimitives.ReadUInt32BigEndian(frame) is var number and > 0)
                {
                    var place = new Place(number, InLog: true, at + FrameHeaderBytes);
                    var isNow = frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8));
                    (isNow ? Places : older).Add(place);
                    if (isNow)
                    {
                        _newest[number] = place;
                    }
                }
            }
            Places.Reverse();
            older.Reverse();
            Places.AddRange(older);
            older.ForEach(place => _newest.TryAdd(place.Number, place));
        }

        private static FileStream? OpenOne(string path) => File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;

        public void Dispose()
        {
            _file?.Dispose();
            _log?.Dispose();
        }
    }
}
