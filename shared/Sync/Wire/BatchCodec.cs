using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Wire;

/// <summary>Batches on the wire: "EHJ1", header length (unsigned 32 bit, big endian), header as JSON, the lines in Brotli 4.
/// Nothing is inflated before the header's sizes were checked, and never more than the header says.</summary>
public static class BatchCodec
{
    public const int MaxEvents = 1000;
    public const int MaxRawBytes = 8 * 1024 * 1024;
    public const int MaxWireBytes = 2 * 1024 * 1024;
    public const int MaxHeaderBytes = 4096;

    /// <summary>Lines up to this sum fit into <see cref="MaxWireBytes"/> however badly they compress: what a sender fills a batch to.</summary>
    public const int SafeRawBytes = 2_000_000;

    internal const int Quality = 4;
    internal const int Window = 22;
    private static ReadOnlySpan<byte> Magic => "EHJ1"u8;

    /// <param name="prevHash">Chain hash before the first line.</param>
    /// <exception cref="ArgumentException">No lines, a line without its LF, a field that is no plain word.</exception>
    /// <exception cref="JournalFormatException">BatchTooLarge: more than the limits; send fewer lines.</exception>
    public static byte[] Write(
        string region, string site, string device, long epoch, long fromSeq, ReadOnlySpan<byte> prevHash,
        IReadOnlyList<ReadOnlyMemory<byte>> lines, ISigner signer)
    {
        if (lines.Count == 0)
        {
            throw new ArgumentException("A batch has at least one line.", nameof(lines));
        }
        if (lines.Count > MaxEvents)
        {
            throw new JournalFormatException(Codes.BatchTooLarge, $"count: {lines.Count}; at most {MaxEvents}");
        }
        var raw = Joined(lines);
        var unsigned = new BatchHeader(
            BatchHeader.CurrentFormat, region, site, device, epoch, fromSeq, lines.Count, raw.Length,
            Chain.Text(prevHash), Chain.Text(Chain.Through(prevHash, lines)), signer.KeyId, "");
        CheckFields(unsigned);
        var header = unsigned with { Signature = Convert.ToBase64String(signer.Sign(unsigned.SignedBytes())) };
        return Wrapped(JsonSerializer.SerializeToUtf8Bytes(header, JournalCodec.Options), raw);
    }

    /// <summary>Reads the header alone.</summary>
    /// <exception cref="JournalFormatException">UnknownFormat, BatchTooLarge or BatchDamaged.</exception>
    public static ReceivedBatch Read(ReadOnlyMemory<byte> wire)
    {
        var bytes = wire.Span;
        if (bytes.Length > MaxWireBytes)
        {
            throw new JournalFormatException(Codes.BatchTooLarge, $"batch: {bytes.Length} bytes; at most {MaxWireBytes}");
        }
        if (bytes.Length < 8 || !bytes.StartsWith(Magic))
        {
            throw new JournalFormatException(Codes.UnknownFormat, "batch: expected EHJ1 and a header length");
        }
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (length is 0 or > MaxHeaderBytes || length > bytes.Length - 8)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"header length: {length}; expected 1 to {Math.Min(MaxHeaderBytes, bytes.Length - 8)}");
        }
        var header = ReadHeader(bytes.Slice(8, (int)length));
        CheckFields(header);
        return new ReceivedBatch(header, wire, wire[(8 + (int)length)..]);
    }

    /// <summary>True when the device's key signed exactly this header.</summary>
    public static bool SignatureHolds(BatchHeader header, ReadOnlySpan<byte> publicKey) =>
        EcdsaKeys.TryReadSignature(header.Signature) is { } signature && EcdsaKeys.Verify(publicKey, header.SignedBytes(), signature);

    /// <summary>The lines' bytes. At most <see cref="BatchHeader.RawLength"/> bytes are ever made, whatever the payload holds.</summary>
    /// <exception cref="JournalFormatException">BatchDamaged: the payload is not Brotli, or inflates to another length.</exception>
    public static byte[] Inflate(ReceivedBatch batch) => Brotli.Inflate(batch.Payload.Span, batch.Header.RawLength, Codes.BatchDamaged);

    /// <summary>The lines in raw bytes, each with its LF.</summary>
    /// <exception cref="JournalFormatException">BatchDamaged: no LF at the end, an empty line, more than <see cref="MaxEvents"/>; TooLong: a line over its limit.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> raw)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!raw.IsEmpty)
        {
            var end = raw.Span.IndexOf((byte)'\n');
            if (end <= 0)
            {
                throw new JournalFormatException(Codes.BatchDamaged, $"line {lines.Count + 1}: " + (end < 0 ? "no LF at its end" : "empty"));
            }
            if (end >= JournalCodec.MaxLineBytes)
            {
                throw new JournalFormatException(Codes.TooLong, $"line {lines.Count + 1}: {end + 1} bytes; at most {JournalCodec.MaxLineBytes}");
            }
            if (lines.Count == MaxEvents)
            {
                throw new JournalFormatException(Codes.BatchDamaged, $"lines: more than {MaxEvents}");
            }
            lines.Add(raw[..(end + 1)]);
            raw = raw[(end + 1)..];
        }
        return lines;
    }

    /// <summary>Inflates and checks everything that the header promises: length, count, sequences without gap, the chain. The
    /// signature is the caller's to check before.</summary>
    /// <exception cref="JournalFormatException">BatchDamaged, TooLong or BadJson, with the line.</exception>
    public static OpenedBatch Open(ReceivedBatch batch)
    {
        var header = batch.Header;
        var lines = Lines(Inflate(batch));
        if (lines.Count != header.Count)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"count: {header.Count}, but {lines.Count} lines");
        }
        var heads = new JournalHead[lines.Count];
        for (var i = 0; i < heads.Length; i++)
        {
            heads[i] = JournalCodec.ReadHead(lines[i].Span, out _);
            if (heads[i].Seq != header.FromSeq + i)
            {
                throw new JournalFormatException(Codes.BatchDamaged, $"line {i + 1}: seq {heads[i].Seq}; expected {header.FromSeq + i}");
            }
        }
        var last = Chain.Text(Chain.Through(Convert.FromHexString(header.PrevHash), lines));
        return last == header.LastHash
            ? new OpenedBatch(header, lines, heads)
            : throw new JournalFormatException(Codes.BatchDamaged, $"lastHash: {header.LastHash}, but the lines give {last}");
    }

    private static byte[] Joined(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var length = 0L;
        foreach (var line in lines)
        {
            if (line.Length is < 2 or > JournalCodec.MaxLineBytes || line.Span.IndexOf((byte)'\n') != line.Length - 1)
            {
                throw new ArgumentException($"A line has 2 to {JournalCodec.MaxLineBytes} bytes and one LF, at its end.", nameof(lines));
            }
            length += line.Length;
        }
        if (length > MaxRawBytes)
        {
            throw new JournalFormatException(Codes.BatchTooLarge, $"rawLength: {length}; at most {MaxRawBytes}");
        }
        var raw = GC.AllocateUninitializedArray<byte>((int)length);
        var at = 0;
        foreach (var line in lines)
        {
            line.Span.CopyTo(raw.AsSpan(at));
            at += line.Length;
        }
        return raw;
    }

    private static byte[] Wrapped(ReadOnlySpan<byte> header, ReadOnlySpan<byte> raw)
    {
        var rented = ArrayPool<byte>.Shared.Rent(8 + header.Length + BrotliEncoder.GetMaxCompressedLength(raw.Length));
        try
        {
            Magic.CopyTo(rented);
            BinaryPrimitives.WriteUInt32BigEndian(rented.AsSpan(4), (uint)header.Length);
            header.CopyTo(rented.AsSpan(8));
            if (!BrotliEncoder.TryCompress(raw, rented.AsSpan(8 + header.Length), out var written, Quality, Window))
            {
                throw new InvalidOperationException("Brotli did not keep to its own bound.");
            }
            var length = 8 + header.Length + written;
            return length <= MaxWireBytes
                ? rented.AsSpan(0, length).ToArray()
                : throw new JournalFormatException(Codes.BatchTooLarge, $"batch: {length} bytes; at most {MaxWireBytes}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static BatchHeader ReadHeader(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<BatchHeader>(json, JournalCodec.Options) ?? throw new JournalFormatException(Codes.BatchDamaged, "header: null");
        }
        catch (JsonException unreadable)
        {
            throw new JournalFormatException(Codes.BatchDamaged, "header: " + unreadable.Message, unreadable);
        }
    }

    private static void CheckFields(BatchHeader header)
    {
        if (header.Format != BatchHeader.CurrentFormat)
        {
            throw new JournalFormatException(Codes.UnknownFormat, $"format: {header.Format}; expected {BatchHeader.CurrentFormat}");
        }
        if (header.RawLength > MaxRawBytes || header.Count > MaxEvents)
        {
            throw new JournalFormatException(Codes.BatchTooLarge, $"rawLength {header.RawLength}, count {header.Count}; at most {MaxRawBytes} and {MaxEvents}");
        }
        var wrong =
            !Word(header.Region) ? "region"
            : !Word(header.Site) ? "site"
            : !Word(header.Device) ? "device"
            : !Word(header.KeyId) ? "keyId"
            : header.Epoch < 1 ? "epoch"
            : header.FromSeq is < 1 or > long.MaxValue - MaxEvents ? "fromSeq"
            : header.Count < 1 ? "count"
            : header.RawLength < header.Count ? "rawLength"
            : Chain.TryParse(header.PrevHash) is null ? "prevHash"
            : Chain.TryParse(header.LastHash) is null ? "lastHash"
            : null;
        if (wrong is not null)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"{wrong}: expected a word of 1 to 64 letters, digits, '-', '_', '.', a positive number, or 64 hexadecimal digits");
        }
    }

    private static bool Word(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            {
                return false;
            }
        }
        return text.Length is > 0 and <= 64;
    }
}
