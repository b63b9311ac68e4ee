using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class BatchCodecTests
{
    private static readonly EcdsaSigner Key = EcdsaKeys.Create();
    private static readonly byte[] Prev = Chain.Next(Chain.Zero, "before\n"u8);

    [Fact]
    public void Read_OfABatch_GivesItsHeaderAndLines()
    {
        var lines = SyncSamples.Lines(25, fromSeq: 11);
        var batch = BatchCodec.Read(Wire(lines));
        Assert.True(BatchCodec.SignatureHolds(batch.Header, Key.PublicKey));
        Assert.Equal(("530924", "530924100001", "D1", 2, 11, 25, 35), (batch.Header.Region, batch.Header.Site, batch.Header.Device, batch.Header.Epoch, batch.Header.FromSeq, batch.Header.Count, batch.Header.LastSeq));
        var opened = BatchCodec.Open(batch);
        Assert.Equal(lines.Select(SyncSamples.Text), opened.Lines.Select(SyncSamples.Text));
        Assert.Equal(batch.Header.LastHash, Chain.Text(Chain.Through(Prev, lines)));
    }

    [Fact]
    public void Write_AtTheLimits_IsReadAndOneMoreIsRefused()
    {
        var lines = SyncSamples.Lines(BatchCodec.MaxEvents + 1);
        Assert.Equal(BatchCodec.MaxEvents, BatchCodec.Open(BatchCodec.Read(Wire(lines[..^1], 1))).Lines.Count);
        Refused(Codes.BatchTooLarge, "count", () => Wire(lines, 1));
        var big = Enumerable.Range(1, 33).Select(seq => (ReadOnlyMemory<byte>)JournalCodec.Line(SyncSamples.Head(seq), new StoreChecked(new string('x', 261_500), 1, 1))).ToList();
        Refused(Codes.BatchTooLarge, "rawLength", () => Wire(big, 1));
        Assert.Equal(31, BatchCodec.Open(BatchCodec.Read(Wire(big[..31], 1))).Lines.Count);
        Assert.Throws<ArgumentException>(() => Wire([], 1));
        Assert.Throws<ArgumentException>(() => Wire([Encoding.UTF8.GetBytes("no end")], 1));
        Assert.Throws<ArgumentException>(() => Wire([Encoding.UTF8.GetBytes("two\nlines\n")], 1));
    }

    [Fact]
    public void Write_OfWhatDoesNotCompressUpToTheSafeSum_Fits()
    {
        var noise = new byte[60_000];
        new Random(7).NextBytes(noise);
        var lines = Enumerable.Range(1, BatchCodec.SafeRawBytes / 80_200).Select(seq => (ReadOnlyMemory<byte>)JournalCodec.Line(SyncSamples.Head(seq), new StoreChecked(Convert.ToBase64String(noise) + seq, 1, 1))).ToList();
        Assert.InRange(Wire(lines, 1).Length, 1, BatchCodec.MaxWireBytes);
    }

    [Fact]
    public void Read_CutAtAnyByte_IsRefused()
    {
        var wire = Wire(SyncSamples.Lines(4));
        for (var length = 0; length < wire.Length; length++)
        {
            var cut = wire.AsMemory(0, length);
            Assert.Throws<JournalFormatException>(() => BatchCodec.Open(BatchCodec.Read(cut)));
        }
        Refused(Codes.BatchDamaged, "behind its end", () => BatchCodec.Open(BatchCodec.Read((byte[])[.. wire, 0])));
    }

    [Fact]
    public void Read_WithAnyBitFlipped_IsRefusedOrSaysTheSameLines()
    {
        var lines = SyncSamples.Lines(4).ConvertAll(SyncSamples.Text);
        var wire = Wire(SyncSamples.Lines(4));
        var accepted = 0;
        for (var bit = 0; bit < wire.Length * 8; bit += 7) // every byte, and each of its bits in turn
        {
            var flipped = wire.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                var batch = BatchCodec.Read(flipped);
                if (BatchCodec.SignatureHolds(batch.Header, Key.PublicKey))
                {
                    Assert.Equal(lines, BatchCodec.Open(batch).Lines.Select(SyncSamples.Text));
                    accepted++;
                }
            }
            catch (JournalFormatException refused)
            {
                Assert.Contains(refused.Code, (string[])[Codes.BatchDamaged, Codes.BatchTooLarge, Codes.UnknownFormat, Codes.BadJson]);
            }
        }
        Assert.InRange(accepted, 0, 8); // bits of Brotli that mean nothing, such as its window's size
    }

    [Fact]
    public void Read_OfAnotherMagicOrFormat_IsUnknown()
    {
        var wire = Wire(SyncSamples.Lines(1));
        wire[3] = (byte)'2';
        Refused(Codes.UnknownFormat, "EHJ1", () => BatchCodec.Read(wire));
        Refused(Codes.UnknownFormat, "format: 2", () => BatchCodec.Read(Crafted(header => header with { Format = 2 })));
        Refused(Codes.UnknownFormat, "EHJ1", () => BatchCodec.Read(ReadOnlyMemory<byte>.Empty));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4_097u)]
    [InlineData(2_147_483_648u)]
    [InlineData(uint.MaxValue)]
    public void Read_WithALiedHeaderLength_IsDamaged(uint length)
    {
        var wire = Wire(SyncSamples.Lines(20));
        BinaryPrimitives.WriteUInt32BigEndian(wire.AsSpan(4), length);
        Refused(Codes.BatchDamaged, "header length", () => BatchCodec.Read(wire));
    }

    [Fact]
    public void Read_OverTheWireLimit_IsTooLargeBeforeAnythingIsRead() =>
        Refused(Codes.BatchTooLarge, "batch", () => BatchCodec.Read(new byte[BatchCodec.MaxWireBytes + 1]));

    [Fact]
    public void Read_WithFieldsThatAreNone_IsDamagedByName()
    {
        (string Field, Func<BatchHeader, BatchHeader> Forge)[] cases =
        [
            ("region", h => h with { Region = "5309\n24" }), ("site", h => h with { Site = "" }), ("device", h => h with { Device = new string('d', 65) }),
            ("keyId", h => h with { KeyId = "a b" }), ("epoch", h => h with { Epoch = 0 }), ("fromSeq", h => h with { FromSeq = 0 }),
            ("fromSeq", h => h with { FromSeq = long.MaxValue }), ("count", h => h with { Count = -1 }), ("rawLength", h => h with { RawLength = 0 }),
            ("prevHash", h => h with { PrevHash = "00" }), ("lastHash", h => h with { LastHash = new string('G', 64) }),
        ];
        foreach (var (field, forge) in cases)
        {
            Refused(Codes.BatchDamaged, field, () => BatchCodec.Read(Crafted(forge)));
        }
        Refused(Codes.BatchTooLarge, "count", () => BatchCodec.Read(Crafted(h => h with { Count = BatchCodec.MaxEvents + 1 })));
        Refused(Codes.BatchTooLarge, "rawLength", () => BatchCodec.Read(Crafted(h => h with { RawLength = BatchCodec.MaxRawBytes + 1 })));
        Refused(Codes.BatchDamaged, "header", () => BatchCodec.Read(Framed("{\"format\":1}"u8, [])));
        Refused(Codes.BatchDamaged, "header", () => BatchCodec.Read(Framed("null"u8, [])));
        Refused(Codes.BatchDamaged, "header", () => BatchCodec.Read(Framed(Encoding.UTF8.GetBytes(new string('[', 2000)), [])));
    }

    [Fact]
    public void Inflate_OfABomb_StopsAtTheLengthThatTheHeaderSays()
    {
        var bomb = Compressed(new byte[64 * 1024 * 1024]);
        Assert.InRange(bomb.Length, 1, 4_096);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(Codes.BatchDamaged, "inflates to more", () => BatchCodec.Open(BatchCodec.Read(Crafted(h => h with { RawLength = 1_000 }, bomb))));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Inflate_WithALiedRawLength_IsDamaged()
    {
        Refused(Codes.BatchDamaged, "inflates to more", () => BatchCodec.Open(BatchCodec.Read(Crafted(h => h with { RawLength = h.RawLength - 1 }))));
        Refused(Codes.BatchDamaged, "inflates to", () => BatchCodec.Open(BatchCodec.Read(Crafted(h => h with { RawLength = h.RawLength + 1 }))));
        Refused(Codes.BatchDamaged, "payload", () => BatchCodec.Open(BatchCodec.Read(Crafted(h => h, [0xFF, 0xFF, 0xFF, 0xFF]))));
    }

    [Fact]
    public void Open_OfReorderedMissingOrDoubledLines_IsDamaged()
    {
        var lines = SyncSamples.Lines(3, 11);
        Refused(Codes.BatchDamaged, "seq 12; expected 11", () => Opened([lines[1], lines[0], lines[2]]));
        Refused(Codes.BatchDamaged, "seq 13; expected 12", () => Opened([lines[0], lines[2], lines[1]]));
        Refused(Codes.BatchDamaged, "seq 11; expected 12", () => Opened([lines[0], lines[0], lines[2]]));
        Refused(Codes.BatchDamaged, "count: 3, but 2 lines", () => Opened([lines[0], lines[1]]));
        Refused(Codes.BatchDamaged, "lastHash", () => Opened([lines[0], lines[1], SyncSamples.Line(13, SyncSamples.Bodies[0])]));
    }

    [Fact]
    public void Open_WithAnotherPrevHash_IsDamaged() =>
        Refused(Codes.BatchDamaged, "lastHash", () => BatchCodec.Open(BatchCodec.Read(Crafted(h => h with { PrevHash = Chain.Text(Chain.Zero) }))));

    [Fact]
    public void Open_OfLinesThatAreNone_IsRefusedByName()
    {
        Refused(Codes.BatchDamaged, "empty", () => Opened([.. new[] { "\n", "{}\n", "{}\n" }.Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))]));
        Refused(Codes.BatchDamaged, "no LF", () => Opened([Encoding.UTF8.GetBytes("{}\n{}\n{}")]));
        Refused(Codes.TooLong, "line 1", () => Opened([Encoding.UTF8.GetBytes(new string('x', JournalCodec.MaxLineBytes) + "\n")]));
        Refused(Codes.BadJson, "depth", () => Opened([Encoding.UTF8.GetBytes("{\"clock\":{\"a\":" + new string('[', 100_000) + "\n"), Encoding.UTF8.GetBytes("x\n"), Encoding.UTF8.GetBytes("x\n")]));
    }

    [Fact]
    public void SignatureHolds_ForForgedHeadersAndOtherKeys_IsFalse()
    {
        using var other = EcdsaKeys.Create();
        var header = BatchCodec.Read(Wire(SyncSamples.Lines(3))).Header;
        BatchHeader[] forged =
        [
            header with { Region = "530925" }, header with { Site = "530924100002" }, header with { Device = "D2" }, header with { Epoch = 3 },
            header with { FromSeq = 12 }, header with { Count = 2 }, header with { RawLength = header.RawLength + 1 },
            header with { PrevHash = Chain.Text(Chain.Zero) }, header with { LastHash = Chain.Text(Chain.Zero) }, header with { KeyId = "0" },
            header with { Signature = "" }, header with { Signature = Convert.ToBase64String(new byte[64]) }, header with { Signature = header.Signature.ToLowerInvariant() },
            header with { Signature = Convert.ToBase64String(other.Sign(header.SignedBytes())) },
        ];
        Assert.True(BatchCodec.SignatureHolds(header, Key.PublicKey));
        Assert.All(forged, one => Assert.False(BatchCodec.SignatureHolds(one, Key.PublicKey)));
        Assert.False(BatchCodec.SignatureHolds(header, other.PublicKey));
    }

    private static byte[] Wire(IReadOnlyList<ReadOnlyMemory<byte>> lines, long fromSeq = 11) =>
        BatchCodec.Write("530924", "530924100001", "D1", 2, fromSeq, Prev, lines, Key);

    private static void Refused(string code, string detail, Action act)
    {
        var refused = Assert.Throws<JournalFormatException>(act);
        Assert.Equal(code, refused.Code);
        Assert.Contains(detail, refused.Detail, StringComparison.Ordinal);
    }

    /// <summary>A header that says what three right lines would need, over other lines: what a thief with the device's key could send.</summary>
    private static OpenedBatch Opened(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var raw = lines.SelectMany(line => line.ToArray()).ToArray();
        return BatchCodec.Open(BatchCodec.Read(Crafted(h => h with { RawLength = raw.Length }, Compressed(raw))));
    }

    private static byte[] Crafted(Func<BatchHeader, BatchHeader> forge, byte[]? payload = null)
    {
        var right = BatchCodec.Read(Wire(SyncSamples.Lines(3, 11)));
        var header = forge(right.Header);
        header = header with { Signature = Convert.ToBase64String(Key.Sign(header.SignedBytes())) };
        return Framed(JsonSerializer.SerializeToUtf8Bytes(header, JournalCodec.Options), payload ?? right.Payload.ToArray());
    }

    private static byte[] Framed(ReadOnlySpan<byte> header, byte[] payload)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, header.Length);
        return [.. "EHJ1"u8, .. length, .. header, .. payload];
    }

    private static byte[] Compressed(byte[] raw)
    {
        var room = new byte[BrotliEncoder.GetMaxCompressedLength(raw.Length)];
        Assert.True(BrotliEncoder.TryCompress(raw, room, out var written, 4, 22));
        return room[..written];
    }
}
