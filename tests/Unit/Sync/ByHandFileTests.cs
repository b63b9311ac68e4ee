using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>Files that are carried by hand: every byte of them counts.</summary>
public sealed class ByHandFileTests : IDisposable
{
    private readonly EcdsaSigner _hub = EcdsaKeys.Create();
    private readonly EcdsaSigner _device = EcdsaKeys.Create();

    [Fact]
    public async Task File_AsWritten_GivesTheSignedBatchesBack()
    {
        var (file, wires) = await File(7, 3);
        var (header, read) = await Read(file, _hub);
        Assert.Equal((1, 7), (header.FromSeq, header.LastSeq));
        Assert.Equal(wires, read);
        Assert.All(read, wire => Assert.True(BatchCodec.SignatureHolds(BatchCodec.Read(wire).Header, _device.PublicKey)));
        Assert.DoesNotContain("EHJ1", System.Text.Encoding.Latin1.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithAnyByteChanged_IsRefusedByName()
    {
        var (file, wires) = await File(4, 2);
        for (var at = 0; at < file.Length; at++)
        {
            var altered = (byte[])file.Clone();
            altered[at] ^= (byte)(1 << (at % 8));
            var (given, refused) = await Tried(altered);
            Assert.True(refused?.Code is Codes.UnknownFormat or Codes.FileDamaged or Codes.FileOfAnother, $"byte {at} of {file.Length}: {refused?.Code ?? "taken"}");
            Assert.Equal(wires.Take(given.Count), given);
        }
    }

    [Fact]
    public async Task File_CutOffAnywhereOrWithSomethingBehind_IsRefusedByName()
    {
        var (file, _) = await File(4, 2);
        for (var length = 0; length < file.Length; length++)
        {
            var (_, refused) = await Tried(file[..length]);
            Assert.True(refused?.Code is Codes.UnknownFormat or Codes.FileDamaged, $"{length} of {file.Length} bytes: {refused?.Code ?? "taken"}");
        }
        Assert.Equal(Codes.FileDamaged, (await Tried([.. file, 0])).Refused?.Code);
    }

    [Fact]
    public async Task File_OfPartsInAnotherOrder_IsRefused()
    {
        var (file, _) = await File(4, 2);
        var first = 8 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4));
        var second = first + 5 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(first + 1));
        byte[] swapped = [.. file[..first], .. file[second..], .. file[first..second]];
        var (given, refused) = await Tried(swapped);
        Assert.Empty(given);
        Assert.Equal(Codes.FileDamaged, refused?.Code);
    }

    [Fact]
    public async Task File_ForAnotherHub_IsRefusedByNameAndSaysWhose()
    {
        using var other = EcdsaKeys.Create();
        var (file, _) = await File(2, 2);
        var refused = await Assert.ThrowsAsync<JournalFormatException>(() => Read(file, other));
        Assert.Equal(Codes.FileOfAnother, refused.Code);
        using var hand = _hub.HandPair();
        Assert.Contains(hand.KeyId, refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void HandPair_OfOneKey_IsAlwaysTheSame_AndItsWordIsBelievedFromThatHubForThatRegionAlone()
    {
        using var other = EcdsaKeys.Create();
        using var again = EcdsaKeys.Import(_hub.ExportPkcs8());
        using var hand = _hub.HandPair();
        using var same = again.HandPair();
        using var others = other.HandPair();
        Assert.Equal(hand.PublicKey, same.PublicKey);
        Assert.NotEqual(hand.PublicKey, others.PublicKey);
        Assert.NotEqual(hand.PublicKey, _hub.PublicKey);
        var word = hand.Word(_hub, "530924");
        Assert.Equal(hand.PublicKey, word.Read("530924", _hub.PublicKey));
        Assert.Null(word.Read("530925", _hub.PublicKey));
        Assert.Null(word.Read("530924", other.PublicKey));
        Assert.Null((word with { PublicKey = Convert.ToBase64String(others.PublicKey) }).Read("530924", _hub.PublicKey));
    }

    [Fact]
    public void Acks_WithAnyByteChangedOrCutOff_AreRefused()
    {
        var acks = new Acks(1, "530924", "530924100201", "530924100201-1", 1, 7, new string('a', 64), 7, 0, null, null, new DateTimeOffset(2025, 3, 12, 0, 0, 0, TimeSpan.Zero));
        var file = AckFile.Write(acks, _hub);
        Assert.Equal(acks, AckFile.Read(file, _hub.PublicKey));
        for (var at = 0; at < file.Length; at++)
        {
            var altered = (byte[])file.Clone();
            altered[at] ^= (byte)(1 << (at % 8));
            Assert.True(Refused(altered) is Codes.UnknownFormat or Codes.FileDamaged or Codes.BadSignature, $"byte {at}");
            Assert.NotNull(Refused(file[..at]));
        }
        Assert.Equal(Codes.BadSignature, Refused(AckFile.Write(acks, _device)));
    }

    private string? Refused(byte[] file)
    {
        try
        {
            AckFile.Read(file, _hub.PublicKey);
            return null;
        }
        catch (JournalFormatException refused)
        {
            return refused.Code;
        }
    }

    private async Task<(byte[] File, List<byte[]> Wires)> File(int lines, int inABatch)
    {
        using var hand = _hub.HandPair();
        var all = SyncSamples.Lines(lines);
        var wires = new List<byte[]>();
        for (var from = 0; from < lines; from += inABatch)
        {
            wires.Add(BatchCodec.Write(
                "530924", "530924100201", "530924100201-1", 1, from + 1, Chain.Through(Chain.Zero, [.. all.Take(from)]), [.. all.Skip(from).Take(inABatch)], _device));
        }
        using var output = new MemoryStream();
        var header = new JournalFileHeader(
            1, "", "", "530924", "530924100201", "530924100201-1", 1, 1, lines, Chain.Text(Chain.Zero), Chain.Text(Chain.Through(Chain.Zero, all)), DateTimeOffset.UnixEpoch);
        using var writer = await JournalFileWriter.Begin(output, hand.PublicKey, header, CancellationToken.None);
        foreach (var wire in wires)
        {
            await writer.Add(wire, last: wire == wires[^1], CancellationToken.None);
        }
        return (output.ToArray(), wires);
    }

    private async Task<(List<byte[]> Given, JournalFormatException? Refused)> Tried(byte[] file)
    {
        var given = new List<byte[]>();
        try
        {
            using var hand = _hub.HandPair();
            using var reader = await JournalFileReader.Open(new MemoryStream(file), hand, CancellationToken.None);
            while (await reader.Next(CancellationToken.None) is { } wire)
            {
                given.Add(wire);
            }
            return (given, null);
        }
        catch (JournalFormatException refused)
        {
            return (given, refused);
        }
    }

    private static async Task<(JournalFileHeader Header, List<byte[]> Wires)> Read(byte[] file, EcdsaSigner hub)
    {
        using var hand = hub.HandPair();
        using var reader = await JournalFileReader.Open(new MemoryStream(file), hand, CancellationToken.None);
        var wires = new List<byte[]>();
        while (await reader.Next(CancellationToken.None) is { } wire)
        {
            wires.Add(wire);
        }
        return (reader.Header, wires);
    }

    public void Dispose()
    {
        _hub.Dispose();
        _device.Dispose();
    }
}
