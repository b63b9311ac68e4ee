using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Derives again what settlement keeps: facts from the lines, standings, decisions from the facts, accumulators, payables,
/// postings and the decided rollup from the decisions.</summary>
public sealed class SettlementAudit(SegmentReader segments) : IAudit
{
    private readonly PolicyReader _policies = new();

    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        Facts(session, region, notes);
        var shelf = _policies.Read(session, region);
        var rollup = new Dictionary<RollupKey, RollupSums>();
        foreach (var (person, year) in FactStore.PersonYears(session, region))
        {
            Year(session, region, person, year, shelf, rollup, notes);
        }
        Refunds(session, region, rollup, notes);
        var sums = rollup.Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        var stored = SettlementAuditStore.Rollup(session, region).Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        notes.SameRows("decided_rollup", sums, stored);
    }

    /// <summary>Each VisitSettled line that was read has its fact or stands in quarantine, and the fact says what the line says.</summary>
    private void Facts(StoreSession session, string region, AuditNotes notes)
    {
        var expected = 0L;
        foreach (var entry in SettlementAuditStore.ReadSettlements(session, region))
        {
            var key = FormattableString.Invariant($"{entry.DeviceNo}/{entry.Epoch}/{entry.Seq}");
            var fact = SettlementAuditStore.Fact(session, entry);
            if (fact is null)
            {
                notes.Same("settlement_fact", key, true, SettlementAuditStore.IsQuarantined(session, entry));
                continue;
            }
            expected++;
            var line = segments.Line(session, region, entry.SegmentId, entry.Ordinal);
            _ = JournalCodec.ReadHead(line.Span, out var body);
            var claim = JournalCodec.ReadBody<VisitSettled>(line.Span[body]);
            notes.Same("settlement_fact", key,
                (claim.Settlement, claim.Person, claim.Visit, claim.ServiceDay, claim.Totals.Total, claim.Shares, MoveText.Of(claim.Accumulators), entry.EffectiveMs),
                (fact.Settlement, fact.Person, fact.Visit, fact.ServiceDay, fact.Total,
                    new SettledShares(fact.ClaimedFund, fact.ClaimedAccount, fact.ClaimedCash), fact.ClaimedMoves, fact.EffectiveMs));
        }
        notes.Same("settlement_fact count", region, expected, SettlementAuditStore.FactCount(session, region));
    }

    private static void Year(
        StoreSession session, string region, string person, long year, PolicyShelf shelf, Dictionary<RollupKey, RollupSums> rollup, AuditNotes notes)
    {
        var facts = FactStore.OfYear(session, region, person, year);
        var held = DecisionStore.OfYear(session, region, person, year);
        var result = PersonYear.Recompute(facts, shelf);
        foreach (var (fact, judgement) in result.Judged)
        {
            notes.Same("settlement_fact standing", fact.Entry, Standings.Now(session, fact), fact.Standing);
            notes.Same("decision", fact.Entry, judgement, held.GetValueOrDefault(fact.Entry)?.Judgement);
            var open = LedgerStore.Less(TargetMovements.Of(fact, judgement), LedgerStore.Posted(session, region, TargetMovements.Cause(fact)));
            notes.Same("ledger of", TargetMovements.Cause(fact), "", string.Join("; ", open.Select(m => $"{m.Event} {m.Fen}")));
            if (fact.Standing != Standing.Duplicate)
            {
                var refunds = PayableStore.Refunds(session, region, fact.Settlement).Where(r => r.PostingMonth.Length > 0).Sum(r => r.Amount);
                var payable = PayableStore.Of(session, region, fact.Settlement);
                notes.Same("payable", fact.Settlement.ToString("D"), (judgement.Owed, refunds), (payable?.Amount ?? 0, payable?.Paid ?? 0));
            }
            Fold(session, fact, rollup);
        }
        var amounts = AccumulatorStore.OfYear(session, region, person, year);
        foreach (var key in amounts.Keys.Union(result.After.Amounts.Keys.Select(k => k.ToString())).Union(AccumulatorStore.Claimed(facts, year)))
        {
            var truth = result.After.Amounts.FirstOrDefault(each => each.Key.ToString() == key).Value.MinorUnits;
            notes.Same("person_accumulator", $"{key} of the person of {facts[0].Entry}", (long?)truth, amounts.TryGetValue(key, out var amount) ? amount : null);
        }
    }

    /// <summary>Each decision's difference to the one before it, under the month in which it was posted.</summary>
    private static void Fold(StoreSession session, SettledFact fact, Dictionary<RollupKey, RollupSums> rollup)
    {
        Judgement? former = null;
        foreach (var decision in DecisionStore.OfFact(session, fact))
        {
            Add(rollup, RollupStore.Key(fact, decision.PostingMonth), RollupSums.Of(fact, decision.Judgement) - RollupSums.Of(fact, former));
            former = decision.Judgement;
        }
    }

    private static void Refunds(StoreSession session, string region, Dictionary<RollupKey, RollupSums> rollup, AuditNotes notes)
    {
        foreach (var refund in SettlementAuditStore.PostedRefunds(session, region))
        {
            var fact = FactStore.OfId(session, region, refund.Settlement).Where(f => f.Person == refund.Person).MinBy(f => f.Order);
            if (fact is null)
            {
                notes.Differ("settlement_refund", refund.Id.ToString("D"), "its settlement", null);
                continue;
            }
            var open = LedgerStore.Less([TargetMovements.Refund(fact, refund.Site, refund.Amount)], LedgerStore.Posted(session, region, TargetMovements.RefundCause(refund.Id)));
            notes.Same("ledger of", TargetMovements.RefundCause(refund.Id), 0, open.Count);
            Add(rollup, RollupStore.RefundKey(fact, refund.Site, refund.PostingMonth), RollupSums.Zero with { Refunded = refund.Amount });
        }
    }

    private static void Add(Dictionary<RollupKey, RollupSums> rollup, RollupKey key, RollupSums sums) =>
        rollup[key] = rollup.GetValueOrDefault(key, RollupSums.Zero) + sums;
}
