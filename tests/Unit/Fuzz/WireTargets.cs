using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EdgeHub.Agent.Store;
using EdgeHub.Hub.Ingest;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Sync;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>What comes over the line, by hand, or from the own disk.</summary>
internal static class WireTargets
{
    private static readonly EcdsaSigner Device = EcdsaKeys.Create();
    private static readonly EcdsaSigner HubKey = EcdsaKeys.Create();
    private static readonly HandPair Hand = HubKey.HandPair();

    public static IEnumerable<FuzzTarget> All()
    {
        var lines = SyncSamples.Lines(11);
        var batch = BatchCodec.Write(Reference.Region, Reference.Site, "D-1", 1, 1, Chain.Zero, lines, Device);
        IReadOnlyList<byte[]> samples = [.. lines.Select(line => line.ToArray()), .. SyncSamples.Later.Select((body, at) => SyncSamples.Line(at + 1, body)), .. SyncSamples.Third.Select((body, at) => SyncSamples.Line(at + 1, body))];
        yield return new("journal batch", [batch], bytes => Batch(bytes, lines), FuzzTarget.Usual) { Bad = [Bomb(batch)] };
        yield return new("journal batch sealed anew", samples, bytes => Sealed(bytes), FuzzTarget.Usual, Shape.Json) { Wrap = Anew };
        yield return new("journal line", samples, LineRead, FuzzTarget.Usual, Shape.Json);
        var pages = new[] { FeedFormats.Rows, FeedFormats.Columns }.Select(format => Page(format, 40)).ToList();
        yield return new("feed page", pages, bytes => Feed(bytes), 4 * FuzzTarget.Usual);
        yield return new("feed rows signed anew", [Raw(pages[0])], bytes => { FeedCodec.Read(bytes, HubKey.PublicKey); return null; }, 4 * FuzzTarget.Usual) { Wrap = raw => SignedPage(pages[0], raw), Bad = [FeedBomb(pages[0])] };
        yield return new("feed columns signed anew", [Raw(pages[1])], bytes => { FeedCodec.Read(bytes, HubKey.PublicKey); return null; }, 4 * FuzzTarget.Usual) { Wrap = raw => SignedPage(pages[1], raw), Bad = [FeedBomb(pages[1])] };
        yield return new("feed column text", [Raw(pages[1])], bytes => { ColumnText.Read(bytes, 40, FeedNames.Columns[FeedNames.Members].Count); return null; }, FuzzTarget.Usual);
        yield return new("file moved by hand", [HandFile(batch)], bytes => HandRead(bytes, batch), FuzzTarget.Usual);
        var acks = new Acks(1, Reference.Region, Reference.Site, "D-1", 1, 11, new string('a', 64), 11, 0, null, null, DateTimeOffset.UnixEpoch);
        yield return new("acknowledgement file", [AckFile.Write(acks, HubKey)], bytes => { AckFile.Read(bytes, HubKey.PublicKey); return null; }, FuzzTarget.Usual);
        yield return new("acknowledgements signed anew", [JsonSerializer.SerializeToUtf8Bytes(acks, JournalCodec.Options)], bytes => { AckFile.Read(bytes, HubKey.PublicKey); return null; }, FuzzTarget.Usual, Shape.Json) { Wrap = SignedAcks };
        yield return new("ticket header", [Encoding.UTF8.GetBytes(Tickets.Header("D-1", Tickets.Issue("D-1", DateTimeOffset.UnixEpoch, new byte[32]), Device))], Ticket, FuzzTarget.Usual);
        yield return new("public key", [Device.PublicKey], bytes => EcdsaKeys.IsPublicKey(bytes) && !bytes.AsSpan().SequenceEqual(Device.PublicKey) && bytes.Length != Device.PublicKey.Length ? "another length is taken" : null, FuzzTarget.Usual);
        yield return new("packed text", [PackedText.Lines.Pack(lines[2].Span), PackedText.Answers.Pack(lines[2].Span)], Packed, FuzzTarget.Usual);
    }

    private static string? Batch(byte[] bytes, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var batch = BatchCodec.Read(bytes);
        var opened = BatchLines.Open(batch, new DateOnly(2025, 3, 5));
        BatchCodec.Open(batch);
        return BatchCodec.SignatureHolds(batch.Header, Device.PublicKey) && !opened.Lines.Select(line => Convert.ToHexString(line.Span)).SequenceEqual(lines.Select(line => Convert.ToHexString(line.Span)))
            ? "a signed header with other lines is taken"
            : null;
    }

    private static string? LineRead(byte[] bytes)
    {
        var head = JournalCodec.ReadHead(bytes, out var body);
        _ = EffectiveTime.Claimed(head);
        new Claims().Add(head.Kind, bytes.AsSpan(body));
        try
        {
            return SettledBodies.In(bytes) is { } settled && JournalCodec.ReadHead(JournalCodec.Line(head, settled), out _) != head ? "the head is another when it is written again" : null;
        }
        catch (JournalFormatException)
        {
            // The head is read, the body is not: that is Settlement's to set aside.
            return null;
        }
    }

    /// <summary>One line in a batch of its own, as a device would seal it whose programs are somebody else's.</summary>
    private static byte[] Anew(byte[] inside) => inside.Length is > 0 and <= JournalCodec.MaxLineBytes && !inside.AsSpan(..^1).Contains((byte)'\n') && inside[^1] == '\n'
        ? BatchCodec.Write(Reference.Region, Reference.Site, "D-1", 1, 1, Chain.Zero, [inside], Device)
        : inside;

    private static string? Sealed(byte[] bytes)
    {
        var opened = BatchLines.Open(BatchCodec.Read(bytes), new DateOnly(2025, 3, 5));
        return opened.Lines.Count == opened.Entries.Count ? null : "another number of entries than lines";
    }

    private static string? Feed(byte[] bytes)
    {
        var page = FeedCodec.Read(bytes, HubKey.PublicKey);
        return page.Rows.Count == 40 ? null : "a signed page with other rows is taken";
    }

    private static string? HandRead(byte[] bytes, byte[] batch)
    {
        using var reader = JournalFileReader.Open(new MemoryStream(bytes), Hand, CancellationToken.None).GetAwaiter().GetResult();
        while (reader.Next(CancellationToken.None).GetAwaiter().GetResult() is { } wire)
        {
            if (!wire.AsSpan().SequenceEqual(batch))
            {
                return "another batch came out";
            }
        }
        return null;
    }

    private static string? Ticket(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (Tickets.TryRead(text) is { } claim)
        {
            Tickets.IsGood(claim.Ticket, claim.Device, DateTimeOffset.UnixEpoch, new byte[32]);
            Tickets.SignatureHolds(claim, Device.PublicKey);
        }
        return null;
    }

    private static string? Packed(byte[] bytes)
    {
        try
        {
            PackedText.Lines.Unpack(bytes);
        }
        catch (InvalidDataException)
        {
            // The store names it as damaged.
        }
        return null;
    }

    /// <summary>A header that promises what the limits allow, over a body that inflates to a thousand times its length.</summary>
    private static byte[] Bomb(byte[] batch)
    {
        var zeros = new byte[BatchCodec.MaxRawBytes];
        var packed = new byte[1 << 16];
        BrotliEncoder.TryCompress(zeros, packed, out var length, 11, 24);
        var header = BatchCodec.Read(batch).Header with { RawLength = BatchCodec.MaxRawBytes };
        var json = JsonSerializer.SerializeToUtf8Bytes(header, JournalCodec.Options);
        var size = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(size, (uint)json.Length);
        return [.. "EHJ1"u8, .. size, .. json, .. packed[..length]];
    }

    private static byte[] Page(int format, int rows) =>
        FeedCodec.Write(FeedNames.Members, Reference.Region, Reference.Site, 0, 1, "", null, Writer(format, rows), HubKey, "one");

    private static FeedPageWriter Writer(int format, int rows)
    {
        var writer = new FeedPageWriter(FeedNames.Columns[FeedNames.Members], format);
        for (var number = 1; number <= rows; number++)
        {
            var row = Reference.Member(number);
            writer.TryAdd([.. row, .. new object?[writer.Columns.Count - row.Length]]);
        }
        return writer;
    }

    private static byte[] Raw(byte[] page)
    {
        using var raw = new MemoryStream();
        using var inflated = new BrotliStream(new MemoryStream(page[(Array.IndexOf(page, (byte)'\n') + 1)..]), CompressionMode.Decompress);
        inflated.CopyTo(raw);
        return raw.ToArray();
    }

    /// <summary>Rows under a header that fits them, signed: what a hub of another mind would send.</summary>
    private static byte[] SignedPage(byte[] page, byte[] raw) => SignedPage(page, raw, raw.Length);

    private static byte[] SignedPage(byte[] page, byte[] raw, int said)
    {
        var header = JsonSerializer.Deserialize<FeedHeader>(page.AsSpan(0, Array.IndexOf(page, (byte)'\n')), JournalCodec.Options)!;
        header = header with { RawLength = said, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(raw)) };
        header = header with { Signature = Convert.ToBase64String(HubKey.Sign(header.SignedBytes())) };
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(raw.Length) + 64];
        BrotliEncoder.TryCompress(raw, packed, out var length, 4, 22);
        return [.. JsonSerializer.SerializeToUtf8Bytes(header, JournalCodec.Options), (byte)'\n', .. packed[..length]];
    }

    /// <summary>Inflates to sixteen times what its signed header says.</summary>
    private static byte[] FeedBomb(byte[] page) => SignedPage(page, new byte[FeedCodec.MaxRawBytes], FeedCodec.MaxRawBytes / 16);

    private static byte[] SignedAcks(byte[] json)
    {
        var length = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(length, (uint)json.Length);
        return [.. "EHA1"u8, .. length, .. json, .. HubKey.Sign([.. "EHA1\n"u8, .. json])];
    }

    private static byte[] HandFile(byte[] batch)
    {
        using var output = new MemoryStream();
        var header = BatchCodec.Read(batch).Header;
        using var writer = JournalFileWriter.Begin(
            output, Hand.PublicKey, new JournalFileHeader(1, "", "", header.Region, header.Site, header.Device, 1, 1, header.LastSeq, header.PrevHash, header.LastHash, DateTimeOffset.UnixEpoch), CancellationToken.None).GetAwaiter().GetResult();
        writer.Add(batch, last: true, CancellationToken.None).GetAwaiter().GetResult();
        return output.ToArray();
    }
}
