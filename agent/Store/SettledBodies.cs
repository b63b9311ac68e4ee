using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A settlement whole, as its journal entry holds it: a settlement's own, or what remained after a partial refund.</summary>
public static class SettledBodies
{
    /// <exception cref="InvalidOperationException">The row points at no line, or at one that holds another settlement.</exception>
    public static VisitSettled Of(StoreSession session, JournalStore journal, SettlementRow row)
    {
        var lines = journal.After(session, row.Epoch, row.Seq - 1, 1, int.MaxValue);
        return lines.Count == 1 && lines[0].Seq == row.Seq && In(lines[0].Line) is { } body && body.Settlement == row.Settlement
            ? body
            : throw new InvalidOperationException($"The journal does not hold the settlement {row.Settlement} at epoch {row.Epoch}, sequence {row.Seq}.");
    }

    /// <summary>The settlement that a line makes; null: another kind of entry.</summary>
    public static VisitSettled? In(byte[] line) => JournalCodec.ReadHead(line, out var range).Kind switch
    {
        Kinds.VisitSettled => JournalCodec.ReadBody<VisitSettled>(line.AsSpan(range)),
        Kinds.VisitPartlyRefunded => JournalCodec.ReadBody<VisitPartlyRefunded>(line.AsSpan(range)).Now,
        _ => null,
    };
}
