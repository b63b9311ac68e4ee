using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit that reads the lines again: facts, reversals and refunds say what their lines say, every column
/// of it, and none is there without its line.</summary>
internal sealed class LineAudit(SegmentReader segments)
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        Facts(session, region, notes);
        Reversals(session, region, notes);
        Refunds(session, region, notes);
    }

    private void Facts(StoreSession session, string region, AuditNotes notes)
    {
        var expected = 0L;
        foreach (var kind in (string[])[Kinds.VisitSettled, Kinds.VisitPartlyRefunded, Kinds.ReimbursementClaimed])
        {
            foreach (var entry in SettlementAuditStore.Read(session, region, kind))
            {
                var fact = SettlementAuditStore.Fact(session, entry);
                if (fact is null)
                {
                    notes.Same("settlement_fact", Key(entry), true, SettlementAuditStore.IsQuarantined(session, entry));
                    continue;
                }
                expected++;
                notes.Count("settlement_fact");
                foreach (var (column, line, stored) in ClaimColumns.Of(entry, ClaimOf(session, region, entry), fact))
                {
                    if (!Equals(line, stored))
                    {
                        notes.Differ("settlement_fact", $"{Key(entry)} {column}", line, stored);
                    }
                }
            }
        }
        notes.Same("settlement_fact count", region, expected, SettlementAuditStore.FactCount(session, region));
    }

    private Claim ClaimOf(StoreSession session, string region, WaitingEntry entry) => entry.Kind switch
    {
        Kinds.VisitPartlyRefunded => Claim.Of(Body<VisitPartlyRefunded>(session, region, entry)),
        Kinds.ReimbursementClaimed => Claim.Of(Body<ReimbursementClaimed>(session, region, entry)),
        _ => Claim.Of(Body<VisitSettled>(session, region, entry)),
    };

    private void Reversals(StoreSession session, string region, AuditNotes notes)
    {
        var rows = 0L;
        foreach (var entry in SettlementAuditStore.Read(session, region, Kinds.VisitReversed).Concat(SettlementAuditStore.Read(session, region, Kinds.VisitPartlyRefunded)))
        {
            var stored = SettlementAuditStore.ReversalOf(session, entry);
            if (stored is null)
            {
                notes.Same("settlement_reversal", Key(entry), true, SettlementAuditStore.IsQuarantined(session, entry));
                continue;
            }
            rows++;
            notes.Same("settlement_reversal", Key(entry), ReversalOf(session, region, entry), stored);
        }
        notes.Same("settlement_reversal count", region, rows, SettlementAuditStore.ReversalCount(session, region));
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
    private void Refunds(StoreSession session, string region, AuditNotes notes)
    {
        var stored = PayableStore.AllRefunds(session, region).ToDictionary(refund => refund.Id);
        var seen = new HashSet<Guid>();
        foreach (var entry in SettlementAuditStore.Read(session, region, Kinds.RefundPaid))
        {
            if (SettlementAuditStore.IsQuarantined(session, entry) && !stored.Values.Any(row => (row.DeviceNo, row.Epoch, row.Seq) == (entry.DeviceNo, entry.Epoch, entry.Seq)))
            {
                continue;
            }
            var body = Body<RefundPaid>(session, region, entry);
            var first = seen.Add(body.Refund);
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
        notes.Same("settlement_refund count", region, seen.Count, stored.Count);
    }

    private T Body<T>(StoreSession session, string region, WaitingEntry entry)
    {
        var line = segments.Line(session, region, entry.SegmentId, entry.Ordinal);
        _ = JournalCodec.ReadHead(line.Span, out var body);
        return JournalCodec.ReadBody<T>(line.Span[body]);
    }

    private static string Key(WaitingEntry entry) => FormattableString.Invariant($"{entry.DeviceNo}/{entry.Epoch}/{entry.Seq}");
}
