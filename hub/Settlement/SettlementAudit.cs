using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
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
        var done = new HashSet<(string, long)>();
        foreach (var (person, year) in FactStore.PersonYears(session, region).Where(each => !done.Contains(each)))
        {
            var group = AccountGroup.Of(session, region, [person], year);
            done.UnionWith(group.Select(each => (each, year)));
            Year(session, region, group, year, shelf, rollup, cases, notes);
        }
        PayableAudit.Carried(session, region, notes);
        cases.Run(session, region, notes);
        RefundAudit.Run(session, region, (key, sums) => Add(rollup, key, sums), notes);
        foreach (var loose in SettlementAuditStore.LooseAccumulators(session, region))
        {
            notes.Differ("person_accumulator", loose, 0, "more than 0, without a settlement");
        }
        Aside(session, region, notes);
        foreach (var loose in SettlementAuditStore.LoosePayables(session, region))
        {
            notes.Differ("payable", loose.ToString("D"), "its settlement", null);
        }
        PayableAudit.Open(session, region, notes);
        var sums = rollup.Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        var stored = SettlementAuditStore.Rollup(session, region).Where(cell => cell.Value != RollupSums.Zero).ToDictionary(cell => cell.Key, cell => cell.Value);
        notes.SameRows("decided_rollup", sums, stored);
    }

    /// <summary>What an entry moved that is set aside is told, be it as zero.</summary>
    private void Aside(StoreSession session, string region, AuditNotes notes)
    {
        foreach (var entry in SettlementAuditStore.Aside(session, region))
        {
            foreach (var (person, year, key) in AsideMoves.Of(session, entry, segments))
            {
                notes.Same(
                    "person_accumulator", FormattableString.Invariant($"{key} of the person of {entry.DeviceNo}/{entry.Epoch}/{entry.Seq}, set aside"), true,
                    SettlementAuditStore.IsAccumulatorTold(session, region, person, year, key));
            }
        }
    }

    private static void Year(
        StoreSession session, string region, IReadOnlyList<string> group, long year, PolicyShelf shelf, Dictionary<RollupKey, RollupSums> rollup, CaseAudit cases, AuditNotes notes)
    {
        var facts = group.SelectMany(person => FactStore.OfYear(session, region, person, year)).ToList();
        var held = group.SelectMany(person => DecisionStore.OfYear(session, region, person, year)).ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        PersonYearResult result;
        try
        {
            result = PersonYear.Recompute(facts, shelf);
        }
        catch (Exception broken) when (broken is InvalidOperationException or OverflowException or FaultException)
        {
            notes.Differ("settlement_fact", FormattableString.Invariant($"{year} of the persons of {facts[0].Entry}"), "a year that can be computed", broken.Message);
            return;
        }
        foreach (var fact in facts)
        {
            notes.Same("settlement_fact standing", fact.Entry, Standings.Now(session, fact), new Stood(fact.Standing, fact.ReversedMs, fact.Place));
            notes.Same("settlement_fact double_released", fact.Entry, fact.DoubleReleased, HandStore.Released(session, region, Codes.PossibleDouble, fact.Entry));
            notes.Same("settlement_fact withdrawn", fact.Entry, fact.Withdrawn, fact.IsReimbursement && HandStore.Withdrawn(session, region, fact.Settlement));
        }
        foreach (var (fact, judgement) in result.Judged)
        {
            notes.Same("decision", fact.Entry, judgement, held.GetValueOrDefault(fact.Entry)?.Judgement);
            var open = LedgerStore.Less(TargetMovements.Of(fact, judgement), LedgerStore.Posted(session, region, TargetMovements.Cause(fact)));
            notes.Same("ledger of", TargetMovements.Cause(fact), "", string.Join("; ", open.Select(m => $"{m.Event} {m.Fen}")));
            var months = string.Join(" ", LedgerStore.MonthsOf(session, region, TargetMovements.Cause(fact)).Except(DecisionStore.OfFact(session, fact).Select(d => d.PostingMonth)));
            notes.Same("decision posting_month", fact.Entry, "", months);
            var lastWord = result.HasLastWord(fact);
            cases.Judged(fact, judgement, lastWord ? PayableStore.Of(session, region, fact.Settlement) : null);
            cases.TakenBack(fact, TakenBackTwice.Of(session, fact).Late);
            if (lastWord)
            {
                var refunds = PayableStore.Refunds(session, region, fact.Settlement).Where(r => r.PostingMonth.Length > 0).Sum(r => r.Amount);
                var payable = PayableStore.Of(session, region, fact.Settlement);
                notes.Same("payable", fact.Settlement.ToString("D"), (judgement.Owed, refunds), (payable?.Amount ?? 0, payable?.Paid ?? 0));
            }
            Fold(session, fact, rollup, notes);
        }
        var claimed = AccumulatorStore.Claimed(facts, year);
        foreach (var person in group)
        {
            Accumulators(session, region, person, year, result.AfterOf(person), claimed[person], facts[0].Entry, notes);
        }
    }

    private static void Accumulators(
        StoreSession session, string region, string person, long year, AccumulatorState state, IEnumerable<string> claimed, string entry, AuditNotes notes)
    {
        var amounts = AccumulatorStore.OfYear(session, region, person, year);
        var truth = state.Amounts.ToDictionary(each => each.Key.ToString(), each => each.Value.MinorUnits, StringComparer.Ordinal);
        foreach (var key in amounts.Keys.Union(truth.Keys).Union(claimed))
        {
            notes.Same("person_accumulator", $"{key} of a person of {entry}", (long?)truth.GetValueOrDefault(key), amounts.TryGetValue(key, out var amount) ? amount : null);
        }
    }

    /// <summary>Each decision's difference to the one before it, under the month in which it was posted.</summary>
    private static void Fold(StoreSession session, SettledFact fact, Dictionary<RollupKey, RollupSums> rollup, AuditNotes notes)
    {
        Judgement? former = null;
        foreach (var decision in DecisionStore.OfFact(session, fact))
        {
            try
            {
                Add(rollup, RollupStore.Key(fact, decision.PostingMonth), RollupSums.Of(fact, decision.Judgement) - RollupSums.Of(fact, former));
                former = decision.Judgement;
            }
            catch (ArgumentException broken)
            {
                notes.Differ("decision", $"{fact.Entry} version {decision.Version}", "shares that make the total", broken.Message);
            }
        }
    }

    private static void Add(Dictionary<RollupKey, RollupSums> rollup, RollupKey key, RollupSums sums) =>
        rollup[key] = rollup.GetValueOrDefault(key, RollupSums.Zero) + sums;
}
