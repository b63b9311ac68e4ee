using System.Text;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>What each version wrote, kept as files: every later version reads it, to the same hash. Never write these files anew; a
/// changed body gets a new schema number and a new file. Version 2: settlements and reversals of schema 2 and the later
/// kinds; version 3: looks, bookings and access; version 4: why a visit was not settled.</summary>
public sealed class FrozenSamplesTests
{
    private const string LastHash = "9e5705d13a5081bbcb30986a590aba75c2d7f466d6d3af332abf45bed461e36f";

    private const string LastHashOfVersionTwo = "a20979e0526d9fc5955b9be29803dba98a7a45fbec2865f883609b6acc82c4c1";

    private const string LastHashOfVersionThree = "972a0c477bd7afc40cc60948d1daec96d74034ec44fc4f329e212b7ab724ff26";

    private const string LastHashOfVersionFour = "fb32f09302262d42e589492edcd9a7304541ec3a55d9e506c621bd7d2fbd30c4";

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
    public void Lines_OfVersionOne_WhoseSchemaStands_AreWhatIsStillWritten()
    {
        var stand = BatchCodec.Lines(Frozen("journal-v1.ndjson")).Zip(SyncSamples.Bodies).Where(pair => Kinds.SchemaOf(pair.Second.GetType().Name) == 1).ToList();
        Assert.Equal(9, stand.Count);
        Assert.All(stand, pair => Assert.Equal(
            SyncSamples.Text(SyncSamples.Line(JournalCodec.ReadHead(pair.First.Span, out _).Seq, pair.Second)), SyncSamples.Text(pair.First)));
    }

    [Fact]
    public void Bodies_OfVersionOne_AreReadAsTheirKinds()
    {
        foreach (var (line, body) in BatchCodec.Lines(Frozen("journal-v1.ndjson")).Zip(SyncSamples.Bodies))
        {
            var head = JournalCodec.ReadHead(line.Span, out var at);
            Assert.Equal((body.GetType().Name, 1), (head.Kind, head.Schema));
            Assert.Equal(SyncSamples.Text(SyncSamples.Line(head.Seq, body)), SyncSamples.Text(SyncSamples.Line(head.Seq, Read(head.Kind, line.Span[at]))));
        }
    }

    [Fact]
    public void Settlement_OfSchemaOne_HasTheDefaultsOfWhatCameLater()
    {
        var line = BatchCodec.Lines(Frozen("journal-v1.ndjson"))[2];
        JournalCodec.ReadHead(line.Span, out var at);
        var body = JournalCodec.ReadBody<VisitSettled>(line.Span[at]);
        Assert.Equal(new SettledShares(5_550, 3_000, 10_000, 0, 0), body.Shares);
        Assert.Equal(("NotNeeded", null, "", "feed"), (body.Referral, body.Admitted, body.AccountOwner, body.KnownBy));
    }

    [Theory]
    [InlineData("journal-v2.ndjson", LastHashOfVersionTwo)]
    [InlineData("journal-v3.ndjson", LastHashOfVersionThree)]
    [InlineData("journal-v4.ndjson", LastHashOfVersionFour)]
    public void Lines_OfALaterVersion_AreReadAndWrittenToTheSameBytes(string name, string hash)
    {
        var (lines, bodies) = (BatchCodec.Lines(Frozen(name)), name switch { "journal-v2.ndjson" => SyncSamples.Later, "journal-v3.ndjson" => SyncSamples.Third, _ => SyncSamples.Fourth });
        Assert.Equal(hash, Chain.Text(Chain.Through(Chain.Zero, lines)));
        Assert.Equal(bodies.Select((body, i) => SyncSamples.Text(SyncSamples.Line(i + 1, body))), lines.Select(SyncSamples.Text));
        foreach (var line in lines)
        {
            var head = JournalCodec.ReadHead(line.Span, out var at);
            Assert.Equal(SyncSamples.Text(line), SyncSamples.Text(SyncSamples.Line(head.Seq, Read(head.Kind, line.Span[at]))));
        }
    }

    /// <summary>A kind without a frozen sample could be changed and nobody would notice.</summary>
    [Fact]
    public void EveryKind_StandsInASample()
    {
        var kinds = typeof(Kinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Empty(kinds.Except(SyncSamples.Bodies.Concat(SyncSamples.Later).Concat(SyncSamples.Third).Concat(SyncSamples.Fourth).Select(body => body.GetType().Name)));
    }

    [Fact]
    public void Batch_OfVersionOne_IsReadAndItsSignatureHolds()
    {
        var parts = Encoding.ASCII.GetString(Frozen("batch-v1.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var batch = BatchCodec.Read(Convert.FromBase64String(parts[1]));
        Assert.True(BatchCodec.SignatureHolds(batch.Header, Convert.FromBase64String(parts[0])));
        Assert.Equal(LastHash, BatchCodec.Open(batch).Header.LastHash);
    }

    [Theory]
    [InlineData("feed-v1.txt", null)]
    [InlineData("feed-v2.txt", FeedFormats.Columns)]
    public void Page_OfEachFormat_IsReadAndItsSignatureHolds(string name, int? format)
    {
        var parts = Encoding.ASCII.GetString(Frozen(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var page = FeedCodec.Read(Convert.FromBase64String(parts[1]), Convert.FromBase64String(parts[0]));
        Assert.Equal((format, FeedNames.Members, 0L, 9L, "0~530924101001~53092400000012", "00000000000000a1"),
            (page.Header.Format, page.Header.Feed, page.Header.After, page.Header.UpTo, page.Header.Next, page.Header.Incarnation));
        Assert.Equal(
            ["53092400000001|0|990924198001010013|S00000001|李\\文\n|1|1980-01-01|530924101001|390|15|530924|2025-01-01||1|1234|",
             "53092400000012|1|990924199105170028||王芳|2|1991-05-17|530924101001|390|15|530924|2025-01-01|2026-01-01|2|0|53092400000001"],
            page.Rows.Select(row => string.Join('|', Enumerable.Range(0, row.Count).Select(row.Cell))));
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
        Kinds.VisitPartlyRefunded => JournalCodec.ReadBody<VisitPartlyRefunded>(body),
        Kinds.ReimbursementClaimed => JournalCodec.ReadBody<ReimbursementClaimed>(body),
        Kinds.PersonLookedUp => JournalCodec.ReadBody<PersonLookedUp>(body),
        Kinds.BookingMade => JournalCodec.ReadBody<BookingMade>(body),
        Kinds.BookingCancelled => JournalCodec.ReadBody<BookingCancelled>(body),
        Kinds.BookingStepped => JournalCodec.ReadBody<BookingStepped>(body),
        Kinds.PersonSeen => JournalCodec.ReadBody<PersonSeen>(body),
        Kinds.AccessChanged => JournalCodec.ReadBody<AccessChanged>(body),
        Kinds.ActionApproved => JournalCodec.ReadBody<ActionApproved>(body),
        Kinds.DrawerCounted => JournalCodec.ReadBody<DrawerCounted>(body),
        Kinds.VisitUnsettled => JournalCodec.ReadBody<VisitUnsettled>(body),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
