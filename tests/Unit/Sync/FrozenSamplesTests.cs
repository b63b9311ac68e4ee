using System.Text;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>What version 1 wrote, kept as files: every later version reads it, to the same hash. Never write these files anew; a
/// changed body gets a new schema number and a new file.</summary>
public sealed class FrozenSamplesTests
{
    private const string LastHash = "9e5705d13a5081bbcb30986a590aba75c2d7f466d6d3af332abf45bed461e36f";

    private static byte[] Frozen(string name)
    {
        using var stream = typeof(FrozenSamplesTests).Assembly.GetManifestResourceStream("Sync/Frozen/" + name);
        Assert.NotNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    [Fact]
    public void Lines_OfVersionOne_HashToWhatTheyHashedTo()
    {
        var lines = BatchCodec.Lines(Frozen("journal-v1.ndjson"));
        Assert.Equal(SyncSamples.Bodies.Count, lines.Count);
        Assert.Equal(LastHash, Chain.Text(Chain.Through(Chain.Zero, lines)));
    }

    [Fact]
    public void Lines_OfVersionOne_AreWhatIsStillWritten() => Assert.Equal(
        SyncSamples.Lines(SyncSamples.Bodies.Count).ConvertAll(SyncSamples.Text), BatchCodec.Lines(Frozen("journal-v1.ndjson")).Select(SyncSamples.Text));

    [Fact]
    public void Bodies_OfVersionOne_AreReadAsTheirKinds()
    {
        foreach (var (line, body) in BatchCodec.Lines(Frozen("journal-v1.ndjson")).Zip(SyncSamples.Bodies))
        {
            var head = JournalCodec.ReadHead(line.Span, out var at);
            Assert.Equal(body.GetType().Name, head.Kind);
            Assert.Equal(SyncSamples.Text(line), SyncSamples.Text(SyncSamples.Line(head.Seq, Read(head.Kind, line.Span[at]))));
        }
    }

    [Fact]
    public void Batch_OfVersionOne_IsReadAndItsSignatureHolds()
    {
        var parts = Encoding.ASCII.GetString(Frozen("batch-v1.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var batch = BatchCodec.Read(Convert.FromBase64String(parts[1]));
        Assert.True(BatchCodec.SignatureHolds(batch.Header, Convert.FromBase64String(parts[0])));
        Assert.Equal(LastHash, BatchCodec.Open(batch).Header.LastHash);
    }

    [Fact]
    public void Line_OfANeighbouringVersion_IsReadPastWhatItAdds()
    {
        var text = Encoding.UTF8.GetString(SyncSamples.Line(2, SyncSamples.Bodies[1]))
            .Replace("\"clock\":{", "\"added\":{\"a\":[1]},\"clock\":{\"skew\":1,", StringComparison.Ordinal)
            .Replace("\"body\":{", "\"body\":{\"added\":[{\"b\":2}],", StringComparison.Ordinal);
        var line = Encoding.UTF8.GetBytes(text);
        Assert.Equal(SyncSamples.Head(2, Kinds.CheckedIn), JournalCodec.ReadHead(line, out var at));
        Assert.Equal(SyncSamples.Bodies[1], JournalCodec.ReadBody<CheckedIn>(line.AsSpan()[at]));
    }

    private static object Read(string kind, ReadOnlySpan<byte> body) => kind switch
    {
        Kinds.DeviceStarted => JournalCodec.ReadBody<DeviceStarted>(body),
        Kinds.CheckedIn => JournalCodec.ReadBody<CheckedIn>(body),
        Kinds.VisitSettled => JournalCodec.ReadBody<VisitSettled>(body),
        Kinds.VisitReversed => JournalCodec.ReadBody<VisitReversed>(body),
        Kinds.RefundPaid => JournalCodec.ReadBody<RefundPaid>(body),
        Kinds.ContactRecorded => JournalCodec.ReadBody<ContactRecorded>(body),
        Kinds.OfflineRefused => JournalCodec.ReadBody<OfflineRefused>(body),
        Kinds.ClockJumped => JournalCodec.ReadBody<ClockJumped>(body),
        Kinds.StoreChecked => JournalCodec.ReadBody<StoreChecked>(body),
        Kinds.EvidenceKept => JournalCodec.ReadBody<EvidenceKept>(body),
        Kinds.CarriedFrom => JournalCodec.ReadBody<CarriedFrom>(body),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
