using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class BatchCodecTests
{
    private static readonly EcdsaSigner Key = EcdsaKeys.Create();

    [Fact]
    public void Read_OfABatch_GivesItsHeaderAndLines()
    {
        var lines = SyncSamples.Lines(25, fromSeq: 11);
        var batch = BatchCodec.Read(BatchCodec.Write("530924", "530924100001", "D1", 2, 11, Chain.Zero, lines, Key));
        Assert.True(BatchCodec.SignatureHolds(batch.Header, Key.PublicKey));
        Assert.Equal(("530924", "530924100001", "D1", 2, 11, 25, 35), (batch.Header.Region, batch.Header.Site, batch.Header.Device, batch.Header.Epoch, batch.Header.FromSeq, batch.Header.Count, batch.Header.LastSeq));
        var opened = BatchCodec.Open(batch);
        Assert.Equal(lines.Select(SyncSamples.Text), opened.Lines.Select(SyncSamples.Text));
        Assert.Equal(batch.Header.LastHash, Chain.Text(Chain.Through(Chain.Zero, lines)));
    }
}
