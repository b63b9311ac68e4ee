using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>The lines of a batch that are what its signed header says: their number, length and chain. Their heads are read, their
/// bodies are not judged; a line whose head cannot be read keeps its place under the kind <see cref="Unreadable"/>.</summary>
public sealed class BatchLines
{
    public const string Unreadable = "Unreadable";
    private const int UnreadableSchema = 0;

    private BatchLines(IReadOnlyList<ReadOnlyMemory<byte>> lines, EntryHead[] entries, Claims claims) => (Lines, Entries, Claims) = (lines, entries, claims);

    public IReadOnlyList<ReadOnlyMemory<byte>> Lines { get; }
    public IReadOnlyList<EntryHead> Entries { get; }
    public Claims Claims { get; }

    /// <param name="today">Stands for the civil day of a line whose head cannot be read.</param>
    /// <exception cref="JournalFormatException">BatchDamaged: other lines than were signed.</exception>
    public static BatchLines Open(ReceivedBatch batch, DateOnly today)
    {
        var header = batch.Header;
        var lines = BatchCodec.Lines(BatchCodec.Inflate(batch));
        if (lines.Count != header.Count)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"count: {header.Count}, but {lines.Count} lines");
        }
        var last = Chain.Text(Chain.Through(Convert.FromHexString(header.PrevHash), lines));
        if (last != header.LastHash)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"lastHash: {header.LastHash}, but the lines give {last}");
        }
        var entries = new EntryHead[lines.Count];
        var claims = new Claims();
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = Read(lines[i].Span, header.FromSeq + i, claims, today);
        }
        return new BatchLines(lines, entries, claims);
    }

    private static EntryHead Read(ReadOnlySpan<byte> line, long seq, Claims claims, DateOnly today)
    {
        try
        {
            var head = JournalCodec.ReadHead(line, out var body);
            if (head.Seq == seq)
            {
                claims.Add(head.Kind, line[body]);
                return new EntryHead(head.Kind, head.Schema, EffectiveTime.Claimed(head), head.CivilDay);
            }
        }
        catch (JournalFormatException)
        {
            // The line is the device's own word, signed and chained: it is kept as it is, and Settlement puts it into quarantine.
        }
        return new EntryHead(Unreadable, UnreadableSchema, null, today);
    }
}
