using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Sync.Feeds;

/// <summary>Pages of feeds on the wire: the header as one JSON line, then the rows in Brotli; signed by the hub. What comes is
/// bounded, checked against the signature and the hash, and only then read.</summary>
public static class FeedCodec
{
    public const int MaxRows = 5_000;
    public const int MaxRawBytes = 16 * 1024 * 1024;
    public const int MaxWireBytes = 8 * 1024 * 1024;
    public const int MaxHeaderBytes = 8_192;
    public const int MaxColumns = 64;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 2 };

    /// <param name="after">Version that the caller holds, <paramref name="upTo"/>: that it holds behind the last page.</param>
    /// <param name="cursor">The cursor that was asked with, "" for the first page; <paramref name="next"/>: to ask on with, null on the last.</param>
    /// <exception cref="JournalFormatException">BatchTooLarge: it compressed so badly that it is over <see cref="MaxWireBytes"/>.</exception>
    public static byte[] Write(
        string feed, string region, string site, long after, long upTo, string cursor, string? next, FeedPageWriter page, ISigner hub, string? incarnation = null)
    {
        var raw = page.Raw();
        var header = new FeedHeader(
            feed, region, site, after, upTo, cursor, next, page.Columns, page.Count, raw.Length,
            Convert.ToHexStringLower(SHA256.HashData(raw.Span)), "", incarnation, page.Format == FeedFormats.Rows ? null : page.Format);
        CheckHeader(header);
        header = header with { Signature = Convert.ToBase64String(hub.Sign(header.SignedBytes())) };
        var first = JsonSerializer.SerializeToUtf8Bytes(header, JournalCodec.Options);
        var rented = ArrayPool<byte>.Shared.Rent(first.Length + 1 + BrotliEncoder.GetMaxCompressedLength(raw.Length));
        try
        {
            first.CopyTo(rented, 0);
            rented[first.Length] = (byte)'\n';
            if (!BrotliEncoder.TryCompress(raw.Span, rented.AsSpan(first.Length + 1), out var written, BatchCodec.Quality, BatchCodec.Window))
            {
                throw new InvalidOperationException("Brotli did not keep to its own bound.");
            }
            var length = first.Length + 1 + written;
            return length <= MaxWireBytes && first.Length <= MaxHeaderBytes
                ? rented.AsSpan(0, length).ToArray()
                : throw new JournalFormatException(Codes.BatchTooLarge, $"page: {length} bytes, header {first.Length}; at most {MaxWireBytes} and {MaxHeaderBytes}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Reads and checks a page. That it answers what was asked (feed, site, after, cursor) is the caller's to compare.</summary>
    /// <exception cref="JournalFormatException">BatchTooLarge, BatchDamaged, BadSignature, BadJson.</exception>
    public static FeedPage Read(ReadOnlyMemory<byte> wire, ReadOnlySpan<byte> hubKey)
    {
        if (wire.Length > MaxWireBytes)
        {
            throw new JournalFormatException(Codes.BatchTooLarge, $"page: {wire.Length} bytes; at most {MaxWireBytes}");
        }
        var end = wire.Span[..Math.Min(wire.Length, MaxHeaderBytes + 1)].IndexOf((byte)'\n');
        if (end <= 0)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"page: no header line within {MaxHeaderBytes} bytes");
        }
        var header = ReadHeader(wire.Span[..end]);
        CheckHeader(header);
        if (!SignatureHolds(header, hubKey))
        {
            throw new JournalFormatException(Codes.BadSignature, $"feed {header.Feed}: not signed by the hub that this device enrolled with");
        }
        var raw = Brotli.Inflate(wire.Span[(end + 1)..], header.RawLength, Codes.BatchDamaged);
        if (Convert.ToHexStringLower(SHA256.HashData(raw)) != header.Sha256)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"feed {header.Feed}: sha256 is not that of the rows");
        }
        return new FeedPage(header, header.Format is null ? Rows(header, raw) : [.. ColumnText.Read(raw, header.Count, header.Columns.Count).Select(cells => new FeedRow(cells))]);
    }

    public static bool SignatureHolds(FeedHeader header, ReadOnlySpan<byte> hubKey) =>
        EcdsaKeys.TryReadSignature(header.Signature) is { } signature && EcdsaKeys.Verify(hubKey, header.SignedBytes(), signature);

    private static FeedRow[] Rows(FeedHeader header, ReadOnlySpan<byte> raw)
    {
        var rows = new FeedRow[header.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var end = raw.IndexOf((byte)'\n');
            if (end < 0)
            {
                throw new JournalFormatException(Codes.BatchDamaged, $"count: {header.Count}, but {i} rows");
            }
            try
            {
                rows[i] = new FeedRow(Cells(raw[..end], header.Columns.Count));
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
            {
                throw new JournalFormatException(Codes.BadJson, $"row {i + 1}: {unreadable.Message}", unreadable);
            }
            raw = raw[(end + 1)..];
        }
        return raw.IsEmpty ? rows : throw new JournalFormatException(Codes.BatchDamaged, $"count: {header.Count}, but more rows");
    }

    private static object?[] Cells(ReadOnlySpan<byte> row, int count)
    {
        var cells = new object?[count];
        var reader = new Utf8JsonReader(row, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("expected an array");
        }
        for (var i = 0; i < count; i++)
        {
            reader.Read();
            cells[i] = reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
                JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
                _ => throw new JsonException($"column {i + 1}: {reader.TokenType}; expected text, a number or null"),
            };
        }
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? cells : throw new JsonException($"expected {count} columns");
    }

    private static FeedHeader ReadHeader(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<FeedHeader>(json, JournalCodec.Options) ?? throw new JournalFormatException(Codes.BatchDamaged, "header: null");
        }
        catch (JsonException unreadable)
        {
            throw new JournalFormatException(Codes.BatchDamaged, "header: " + unreadable.Message, unreadable);
        }
    }

    private static void CheckHeader(FeedHeader header)
    {
        if (header.Count > MaxRows || header.RawLength > MaxRawBytes || header.Columns.Count > MaxColumns)
        {
            throw new JournalFormatException(Codes.BatchTooLarge, $"count {header.Count}, rawLength {header.RawLength}, columns {header.Columns.Count}; at most {MaxRows}, {MaxRawBytes}, {MaxColumns}");
        }
        if (header.Format is not (null or FeedFormats.Columns))
        {
            throw new JournalFormatException(Codes.UnknownFormat, $"feed {header.Feed}: format {header.Format}; expected {FeedFormats.Rows} or {FeedFormats.Columns}");
        }
        var wrong =
            !Plain(header.Feed) ? "feed"
            : !Plain(header.Region) ? "region"
            : !Plain(header.Site) ? "site"
            : header.Cursor.Any(char.IsControl) ? "cursor"
            : header.Next?.Any(char.IsControl) == true ? "next"
            : header.Incarnation is { } incarnation && !Plain(incarnation) ? "incarnation"
            : header.After < 0 ? "after"
            : header.UpTo < header.After ? "upTo"
            : header.Count < 0 ? "count"
            : header.RawLength < 0 ? "rawLength"
            : header.Columns.Count < 2 || !header.Columns.All(Plain) ? "columns"
            : Chain.TryParse(header.Sha256) is null ? "sha256"
            : null;
        if (wrong is not null)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"{wrong}: expected plain words, versions from 0 upwards, 64 hexadecimal digits");
        }
    }

    private static bool Plain(string word) => word.Length is > 0 and <= 64 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
