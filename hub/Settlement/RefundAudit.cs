using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit about refunds: of what was paid out for a visit part so much is credited as was ever owed for it, each
/// part of it out of the payers that owe it, and the ledger has just these movements.</summary>
internal static class RefundAudit
{
    /// <param name="fold">Takes what a refund adds to the decided rollup, under the month in which it was posted.</param>
    public static void Run(StoreSession session, string region, Action<RollupKey, RollupSums> fold, AuditNotes notes)
    {
        var seen = new HashSet<Guid>();
        foreach (var part in SettlementAuditStore.PersonsPaid(session, region).SelectMany(person => PaidParts.Of(session, region, person)))
        {
            try
            {
                Part(session, PartRefunds.Of(session, part), seen, fold, notes);
            }
            catch (ArgumentException broken)
            {
                notes.Differ("decision", part[0].Fact.Entry, "shares that make the total", broken.Message);
            }
        }
        foreach (var refund in SettlementAuditStore.PostedRefunds(session, region).Where(refund => !seen.Contains(refund.Id)))
        {
            notes.Differ("settlement_refund", refund.Id.ToString("D"), "its settlement, with a payable of which it was paid", null);
        }
    }

    private static void Part(StoreSession session, PartRefunds refunds, HashSet<Guid> seen, Action<RollupKey, RollupSums> fold, AuditNotes notes)
    {
        if (refunds.Count == 0)
        {
            return;
        }
        notes.Same("refunds credited of", refunds.Name, refunds.Most, refunds.PostedTotal);
        // Without the right total nobody can say who bears it.
        var divided = refunds.PostedTotal == refunds.Most ? refunds.Divided([.. refunds.Posted.Select(each => each.Total)]) : refunds.AsPosted();
        foreach (var refund in divided)
        {
            seen.Add(refund.Refund.Id);
            var cause = TargetMovements.RefundCause(refund.Refund.Id);
            var open = LedgerStore.Less(refund.Movements, LedgerStore.Posted(session, refund.Fact.Region, cause));
            notes.Same("ledger of", cause, "", string.Join("; ", open.Select(m => $"{m.Event} {m.Fen}")));
            foreach (var (month, credited) in PostedByMonth(session, refund.Refund))
            {
                fold(RollupStore.RefundKey(refund.Fact, refund.Refund.Site, month), RollupSums.OfRefund(credited));
            }
        }
    }

    private static IEnumerable<(string Month, OwedParts Credited)> PostedByMonth(StoreSession session, Refund refund)
    {
        return Of(LedgerEvent.RefundPaid, fen => new OwedParts(fen, 0, 0))
            .Concat(Of(LedgerEvent.RefundPaidForCatastrophic, fen => new OwedParts(0, fen, 0)))
            .Concat(Of(LedgerEvent.RefundPaidForAssistance, fen => new OwedParts(0, 0, fen)));

        IEnumerable<(string, OwedParts)> Of(LedgerEvent happened, Func<long, OwedParts> part) =>
            LedgerStore.PostedByMonth(session, refund.Region, TargetMovements.RefundCause(refund.Id), happened).Select(each => (each.Month, part(each.Fen)));
    }
}
