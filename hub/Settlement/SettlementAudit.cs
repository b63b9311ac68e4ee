using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Derives again what settlement keeps: facts from the lines, standings, decisions from the facts, accumulators, payables,
/// postings and the decided rollup from the decisions.</summary>
public sealed class SettlementAudit(SegmentReader segments) : IAudit
{
    private readonly PolicyReader _policies = new();

    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        new LineAudit(segments).Run(session, region, notes);
        var cases = new CaseAudit();
        var shelf = _policies.Read(session, region);
        var rollup = new Dictionary<RollupKey, RollupSums>();
        foreach (var (person, year) in FactStore.PersonYears(session, region))
        {
            Year(session, region, person, year, shelf, rollup, cases, notes);
        }
        cases.Run(session, region, notes);
        Refunds(session, region, rollup, notes);
        foreach (var loose in SettlementAuditStore.LoosePayables(session, region))
        {
            notes.Differ("payable", loose.ToString("D"), "its settlement", null);
        }
        var sums = rollup.Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        var stored = SettlementAuditStore.Rollup(session, region).Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        notes.SameRows("decided_rollup", sums, stored);
    }

    private static void Year(
        StoreSession session, string region, string person, long year, PolicyShelf shelf, Dictionary<RollupKey, RollupSums> rollup, CaseAudit cases, AuditNotes notes)
    {
        var facts = FactStore.OfYear(session, region, person, year);
        var held = DecisionStore.OfYear(session, region, person, year);
        PersonYearResult result;
        try
        {
            result = PersonYear.Recompute(facts, shelf);
        }
        catch (Exception broken) when (broken is InvalidOperationException or OverflowException or FaultException)
        {
            notes.Differ("settlement_fact", FormattableString.Invariant($"{year} of the person of {facts[0].Entry}"), "a year that can be computed", broken.Message);
            return;
        }
        foreach (var (fact, judgement) in result.Judged)
        {
            notes.Same("settlement_fact standing", fact.Entry, Standings.Now(session, fact), fact.Standing);
            notes.Same("decision", fact.Entry, judgement, held.GetValueOrDefault(fact.Entry)?.Judgement);
            var open = LedgerStore.Less(TargetMovements.Of(fact, judgement), LedgerStore.Posted(session, region, TargetMovements.Cause(fact)));
            notes.Same("ledger of", TargetMovements.Cause(fact), "", string.Join("; ", open.Select(m => $"{m.Event} {m.Fen}")));
            var months = string.Join(" ", LedgerStore.MonthsOf(session, region, TargetMovements.Cause(fact)).Except(DecisionStore.OfFact(session, fact).Select(d => d.PostingMonth)));
            notes.Same("decision posting_month", fact.Entry, "", months);
            cases.Judged(fact, judgement, PayableStore.Of(session, region, fact.Settlement));
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
            var cause = TargetMovements.RefundCause(refund.Id);
            var open = LedgerStore.Less(RefundPosting.Movements(fact, refund, RefundPosting.Credited(session, refund)), LedgerStore.Posted(session, region, cause));
            notes.Same("ledger of", cause, 0, open.Count);
            var all = RefundPosting.Of(session, fact);
            notes.Same(
                "refunds credited of", fact.Settlement.ToString("D"), Math.Min(all.Sum(r => r.Amount), RefundPosting.EverOwed(session, fact)),
                all.Sum(r => RefundPosting.Credited(session, r)));
            foreach (var (month, fen) in LedgerStore.PostedByMonth(session, region, cause, LedgerEvent.RefundPaid))
            {
                Add(rollup, RollupStore.RefundKey(fact, refund.Site, month), RollupSums.Zero with { Refunded = fen });
            }
        }
    }

    private static void Add(Dictionary<RollupKey, RollupSums> rollup, RollupKey key, RollupSums sums) =>
        rollup[key] = rollup.GetValueOrDefault(key, RollupSums.Zero) + sums;
}
