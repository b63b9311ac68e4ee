using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The part of the audit that computes every person's year again: standings, decisions, postings, payables, accumulators, and
/// the decided sums that follow. Goes through the persons by their numbers, some hundred at a time; persons whom an account joins are
/// computed together, wherever they stand.</summary>
internal sealed class YearAudit(StoreSession session, string region, PolicyShelf shelf, CaseAudit cases, AuditNotes notes, int rowsOfPiece)
{
    private readonly HashSet<string> _released = AuditChunkStore.ByHand(session, region, Codes.PossibleDouble, HandStore.Release);
    private readonly HashSet<string> _withdrawn = AuditChunkStore.ByHand(session, region, Codes.Withdrawn, HandStore.Withdraw);

    /// <summary>What the decisions make of the decided rollup.</summary>
    public Dictionary<RollupKey, RollupSums> Rollup { get; } = [];

    public void Run()
    {
        var groups = JoinedPersons.Of(AuditChunkStore.Joined(session, region));
        var done = new HashSet<IReadOnlyList<string>>(ReferenceEqualityComparer.Instance);
        var after = "";
        while (AuditChunkStore.NextPersons(session, region, after, rowsOfPiece) is { } persons)
        {
            var piece = YearPiece.Read(session, region, persons.Low, persons.High);
            foreach (var (person, year) in piece.PersonYears)
            {
                if (groups.GetValueOrDefault((person, year)) is not { } group)
                {
                    Year([person], year, piece);
                }
                else if (done.Add(group))
                {
                    Year(group, year, piece.With(session, region, group.Where(each => !piece.Holds(each))));
                }
            }
            after = persons.High;
        }
    }

    public void Add(RollupKey key, RollupSums sums) => Rollup[key] = Rollup.GetValueOrDefault(key, RollupSums.Zero) + sums;

    private void Year(IReadOnlyList<string> group, long year, YearPiece piece)
    {
        var facts = group.SelectMany(person => piece.Facts(person, year)).ToList();
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
            var stood = piece.IsEntangled(fact) ? Standings.Now(session, fact) : Standings.Of([fact], [])[fact];
            notes.Same("settlement_fact standing", fact.Entry, stood, new Stood(fact.Standing, fact.ReversedMs, fact.Place));
            notes.Same("settlement_fact double_released", fact.Entry, fact.DoubleReleased, _released.Contains(fact.Entry));
            notes.Same("settlement_fact withdrawn", fact.Entry, fact.Withdrawn, fact.IsReimbursement && _withdrawn.Contains(fact.Settlement.ToString("D")));
        }
        foreach (var (fact, judgement) in result.Judged)
        {
            Judged(fact, judgement, result.HasLastWord(fact), piece);
        }
        var claimed = AccumulatorStore.Claimed(facts, year);
        foreach (var person in group)
        {
            Accumulators(piece.Accumulators(person, year), result.AfterOf(person), claimed[person], facts[0].Entry);
        }
    }

    private void Judged(SettledFact fact, Judgement judgement, bool lastWord, YearPiece piece)
    {
        var decisions = piece.Decisions(fact);
        var last = decisions.FirstOrDefault(each => each.Version == fact.DecisionVersion);
        notes.Same("decision", fact.Entry, judgement, last?.Judgement);
        notes.Same("settlement_fact decision", fact.Entry, last?.Id, fact.Decision);
        notes.Same("decision versions", fact.Entry, fact.DecisionVersion, (long)decisions.Count);
        var legs = piece.Legs(fact);
        notes.Same("ledger of", TargetMovements.Cause(fact), "", LegAudit.Difference(TargetMovements.Of(fact, judgement), legs));
        var months = string.Join(" ", legs.Select(leg => leg.Month).Except(decisions.Select(decision => decision.PostingMonth)).Order(StringComparer.Ordinal));
        notes.Same("decision posting_month", fact.Entry, "", months);
        var payable = lastWord ? piece.Payable(fact.Settlement) : null;
        cases.Judged(fact, judgement, payable);
        cases.TakenBack(fact, TakenBackTwice.Of(session, fact).Late);
        if (lastWord)
        {
            notes.Same("payable", fact.Settlement.ToString("D"), (judgement.Owed, piece.Refunded(fact.Settlement)), (payable?.Amount ?? 0, payable?.Paid ?? 0));
            if (payable is { Amount: > 0 })
            {
                notes.Same("payable cause", fact.Settlement.ToString("D"),
                    (fact.Decision, judgement.Cause, fact.Currency, fact.Site), (payable.Decision, payable.Cause, payable.Currency, payable.Site));
            }
        }
        Fold(fact, decisions);
    }

    private void Accumulators(IReadOnlyDictionary<string, long> amounts, Rules.Benefit.AccumulatorState state, IEnumerable<string> claimed, string entry)
    {
        var truth = state.Amounts.ToDictionary(each => each.Key.ToString(), each => each.Value.MinorUnits, StringComparer.Ordinal);
        foreach (var key in amounts.Keys.Union(truth.Keys).Union(claimed))
        {
            notes.Same("person_accumulator", $"{key} of a person of {entry}", (long?)truth.GetValueOrDefault(key), amounts.TryGetValue(key, out var amount) ? amount : null);
        }
    }

    /// <summary>Each decision's difference to the one before it, under the month in which it was posted.</summary>
    private void Fold(SettledFact fact, IReadOnlyList<StoredDecision> decisions)
    {
        Judgement? former = null;
        foreach (var decision in decisions)
        {
            try
            {
                Add(RollupStore.Key(fact, decision.PostingMonth), RollupSums.Of(fact, decision.Judgement) - RollupSums.Of(fact, former));
                former = decision.Judgement;
            }
            catch (ArgumentException broken)
            {
                notes.Differ("decision", $"{fact.Entry} version {decision.Version}", "shares that make the total", broken.Message);
            }
        }
    }
}
