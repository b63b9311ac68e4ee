using System.IO.Compression;
using System.Text;
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
        yield return new("journal batch", [batch, Bomb(batch)], bytes => Batch(bytes, lines), FuzzTarget.Usual);
        yield return new("journal line", [.. lines.Select(line => line.ToArray()), .. SyncSamples.Later.Select((body, at) => Line(body, at))], LineRead, FuzzTarget.Usual);
        yield return new("journal bodies", [.. SyncSamples.Bodies.Concat(SyncSamples.Later).Select(body => Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(body, body.GetType(), JournalCodec.Options)))], Bodies, FuzzTarget.Usual);
        var pages = new[] { FeedFormats.Rows, FeedFormats.Columns }.Select(format => Page(format, 40)).ToList();
        yield return new("feed page", pages, bytes => Feed(bytes), 4 * FuzzTarget.Usual);
        yield return new("feed column text", [ColumnSample()], bytes => { ColumnText.Read(bytes, 40, FeedNames.Columns[FeedNames.Members].Count); return null; }, FuzzTarget.Usual);
        yield return new("file moved by hand", [HandFile(batch)], bytes => HandRead(bytes, batch), FuzzTarget.Usual);
        yield return new("acknowledgement file", [AckFile.Write(new Acks(1, Reference.Region, Reference.Site, "D-1", 1, 11, new string('a', 64), 11, 0, null, null, DateTimeOffset.UnixEpoch), HubKey)], bytes => { AckFile.Read(bytes, HubKey.PublicKey); return null; }, FuzzTarget.Usual);
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

    private static string? Bodies(byte[] bytes)
    {
        JournalFormatException? last = null;
        foreach (var read in (Action<byte[]>[])[
            body => JournalCodec.ReadBody<VisitSettled>(body), body => JournalCodec.ReadBody<VisitReversed>(body), body => JournalCodec.ReadBody<VisitPartlyRefunded>(body),
            body => JournalCodec.ReadBody<ReimbursementClaimed>(body), body => JournalCodec.ReadBody<CheckedIn>(body), body => JournalCodec.ReadBody<RefundPaid>(body),
            body => JournalCodec.ReadBody<CarriedFrom>(body), body => JournalCodec.ReadBody<HelloAnswer>(body), body => JournalCodec.ReadBody<EnrolAnswer>(body), body => JournalCodec.ReadBody<EpochRequest>(body)])
        {
            try
            {
                read(bytes);
            }
            catch (JournalFormatException refused)
            {
                last = refused;
            }
        }
        return last is null ? null : throw last;
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
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(header, JournalCodec.Options);
        var size = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(size, (uint)json.Length);
        return [.. "EHJ1"u8, .. size, .. json, .. packed[..length]];
    }

    private static byte[] Line(object body, int at) => body switch
    {
        VisitSettled settled => JournalCodec.Line(SyncSamples.Head(at + 1, Kinds.VisitSettled), settled),
        VisitReversed reversed => JournalCodec.Line(SyncSamples.Head(at + 1, Kinds.VisitReversed), reversed),
        VisitPartlyRefunded refunded => JournalCodec.Line(SyncSamples.Head(at + 1, Kinds.VisitPartlyRefunded), refunded),
        ReimbursementClaimed claimed => JournalCodec.Line(SyncSamples.Head(at + 1, Kinds.ReimbursementClaimed), claimed),
        _ => JournalCodec.Line(SyncSamples.Head(at + 1), body),
    };

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

    private static byte[] ColumnSample()
    {
        var page = Page(FeedFormats.Columns, 40);
        using var raw = new MemoryStream();
        using var inflated = new BrotliStream(new MemoryStream(page[(Array.IndexOf(page, (byte)'\n') + 1)..]), CompressionMode.Decompress);
        inflated.CopyTo(raw);
        return raw.ToArray();
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
