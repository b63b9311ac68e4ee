using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit that reads the lines again: facts, reversals and refunds say what their lines say, every column
/// of it, and none is there without its line. Goes through each device's lines in their order, some thousand at a time.</summary>
internal sealed class LineAudit(SegmentReader segments, int linesOfPiece)
{
    private readonly HashSet<Guid> _refunds = [];
    private (long Segment, IReadOnlyList<ReadOnlyMemory<byte>> Lines) _open = (-1, []);
    private ReadOnlyMemory<byte> _body;
    private long _facts;
    private long _reversals;

    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        var stored = PayableStore.AllRefunds(session, region).ToDictionary(refund => refund.Id);
        var places = stored.Values.Select(row => (row.DeviceNo, row.Epoch, row.Seq)).ToHashSet();
        foreach (var cursor in AuditChunkStore.Cursors(session, region))
        {
            var after = (Epoch: 0L, Seq: 0L);
            while (AuditChunkStore.Entries(session, region, cursor, after, linesOfPiece) is [.., var last] entries)
            {
                var through = (last.Epoch, last.Seq);
                var aside = AuditChunkStore.Aside(session, region, cursor.DeviceNo, after, through);
                Facts(session, region, entries, FactStore.OfPlaces(session, region, cursor.DeviceNo, after, through), aside, notes);
                Reversals(session, region, entries, ReversalStore.OfPlaces(session, region, cursor.DeviceNo, after, through), aside, notes);
                Refunds(session, region, entries, stored, places, aside, notes);
                after = through;
            }
        }
        notes.Same("settlement_fact count", region, _facts, SettlementAuditStore.FactCount(session, region));
        notes.Same("settlement_reversal count", region, _reversals, SettlementAuditStore.ReversalCount(session, region));
        notes.Same("settlement_refund count", region, _refunds.Count, stored.Count);
    }

    private void Facts(
        StoreSession session, string region, IReadOnlyList<WaitingEntry> entries, IReadOnlyList<SettledFact> stored, HashSet<(long, long)> aside, AuditNotes notes)
    {
        var facts = stored.ToDictionary(fact => (fact.Epoch, fact.Seq));
        foreach (var entry in entries.Where(entry => entry.Kind is Kinds.VisitSettled or Kinds.VisitPartlyRefunded or Kinds.ReimbursementClaimed))
        {
            if (!facts.TryGetValue((entry.Epoch, entry.Seq), out var fact))
            {
                notes.Same("settlement_fact", Key(entry), true, aside.Contains((entry.Epoch, entry.Seq)));
                continue;
            }
            _facts++;
            notes.Count("settlement_fact");
            foreach (var (column, line, held) in ClaimColumns.Of(entry, ClaimOf(session, region, entry), fact))
            {
                if (!Equals(line, held))
                {
                    notes.Differ("settlement_fact", $"{Key(entry)} {column}", line, held);
                }
            }
            notes.Same("settlement_fact content", Key(entry), ClaimIntake.ContentOf(_body.Span), fact.Content);
        }
    }

    private Claim ClaimOf(StoreSession session, string region, WaitingEntry entry) => entry.Kind switch
    {
        Kinds.VisitPartlyRefunded => Claim.Of(Body<VisitPartlyRefunded>(session, region, entry)),
        Kinds.ReimbursementClaimed => Claim.Of(Body<ReimbursementClaimed>(session, region, entry)),
        _ => Claim.Of(Body<VisitSettled>(session, region, entry)),
    };

    private void Reversals(
        StoreSession session, string region, IReadOnlyList<WaitingEntry> entries, IReadOnlyList<Reversal> stored, HashSet<(long, long)> aside, AuditNotes notes)
    {
        var reversals = stored.ToDictionary(reversal => (reversal.Epoch, reversal.Seq));
        foreach (var entry in entries.Where(entry => entry.Kind is Kinds.VisitReversed or Kinds.VisitPartlyRefunded))
        {
            if (!reversals.TryGetValue((entry.Epoch, entry.Seq), out var reversal))
            {
                notes.Same("settlement_reversal", Key(entry), true, aside.Contains((entry.Epoch, entry.Seq)));
                continue;
            }
            _reversals++;
            notes.Same("settlement_reversal", Key(entry), ReversalOf(session, region, entry), reversal);
        }
    }

    private Reversal ReversalOf(StoreSession session, string region, WaitingEntry entry)
    {
        if (entry.Kind == Kinds.VisitPartlyRefunded)
        {
            return EntryKinds.ReversalOf(entry, Body<VisitPartlyRefunded>(session, region, entry));
        }
        return EntryKinds.ReversalOf(entry, Body<VisitReversed>(session, region, entry));
    }

    /// <summary>A refund sealed again in a new epoch has one row, by its own id.</summary>
    private void Refunds(
        StoreSession session, string region, IReadOnlyList<WaitingEntry> entries, IReadOnlyDictionary<Guid, Refund> stored, HashSet<(long, long, long)> places,
        HashSet<(long, long)> aside, AuditNotes notes)
    {
        foreach (var entry in entries.Where(entry => entry.Kind == Kinds.RefundPaid))
        {
            if (aside.Contains((entry.Epoch, entry.Seq)) && !places.Contains((entry.DeviceNo, entry.Epoch, entry.Seq)))
            {
                continue;
            }
            var body = Body<RefundPaid>(session, region, entry);
            var first = _refunds.Add(body.Refund);
            if (!stored.TryGetValue(body.Refund, out var row))
            {
                notes.Differ("settlement_refund", Key(entry), "its row", null);
            }
            else if (first)
            {
                notes.Same("settlement_refund", Key(entry),
                    (body.Institution, body.Settlement, body.Person, body.Currency, body.Amount), (row.Site, row.Settlement, row.Person, row.Currency, row.Amount));
            }
        }
    }

    private T Body<T>(StoreSession session, string region, WaitingEntry entry)
    {
        if (_open.Segment != entry.SegmentId)
        {
            _open = (entry.SegmentId, segments.Lines(session, region, entry.SegmentId));
        }
        // One that is not there is refused by name.
        var line = entry.Ordinal >= 0 && entry.Ordinal < _open.Lines.Count ? _open.Lines[(int)entry.Ordinal] : segments.Line(session, region, entry.SegmentId, entry.Ordinal);
        _ = JournalCodec.ReadHead(line.Span, out var body);
        _body = line[body];
        return JournalCodec.ReadBody<T>(_body.Span);
    }

    private static string Key(WaitingEntry entry) => FormattableString.Invariant($"{entry.DeviceNo}/{entry.Epoch}/{entry.Seq}");
}
