using EdgeHub.Hub.Ledger;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Settlement;

/// <summary>Decides a scheme year anew, of one person or of those whom a family's account joins, and writes what changed: decisions,
/// postings, payables, rollup, accumulators, cases. What stays as it was writes nothing.</summary>
internal static class YearDecisions
{
    /// <param name="persons">All who hang together; see <see cref="AccountGroup"/>.</param>
    /// <returns>How many decisions were written.</returns>
    public static int Write(StepWork work, PolicyShelf shelf, IReadOnlyList<string> persons, long year)
    {
        var facts = persons.SelectMany(person => FactStore.OfYear(work.Session, work.Region, person, year)).ToList();
        var held = persons.SelectMany(person => DecisionStore.OfYear(work.Session, work.Region, person, year))
            .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        var result = PersonYear.Recompute(facts, shelf);
        var written = 0;
        foreach (var (fact, judgement) in result.Judged.OrderBy(judged => result.HasLastWord(judged.Fact)))
        {
            var lastWord = result.HasLastWord(fact);
            var former = held.GetValueOrDefault(fact.Entry);
            if (former?.Judgement != judgement)
            {
                Decide(work, fact, judgement, former, lastWord);
                written++;
            }
            KeepTakenBackTwice(work, fact);
        }
        var own = facts.Select(fact => fact.Entry).ToHashSet(StringComparer.Ordinal);
        foreach (var part in persons.SelectMany(person => PaidParts.Of(work.Session, work.Region, person)).ToList())
        {
            if (part.Any(each => own.Contains(each.Fact.Entry)))
            {
                RefundPosting.Settle(work, part);
            }
            foreach (var each in part)
            {
                KeepPaid(work, each);
            }
        }
        var claimed = AccumulatorStore.Claimed(facts, year);
        foreach (var person in persons)
        {
            AccumulatorStore.Store(
                work.Session, work.Region, person, year, result.AfterOf(person), claimed[person], work.IsTouched(person, year), () => work.AccumulatorsVersion);
        }
        return written;
    }

    private static void Decide(StepWork work, SettledFact fact, Judgement judgement, StoredDecision? former, bool lastWord)
    {
        var decision = new StoredDecision(fact.Entry, (former?.Version ?? 0) + 1, work.NewId(), judgement, work.PostingMonth, work.NowMs);
        DecisionStore.Insert(work.Session, fact, decision);
        FactStore.Decided(work.Session, fact, decision.Id, decision.Version, work.DecisionsVersion);
        var target = new PostingSet(
            work.NewId(), fact.Region, TargetMovements.Cause(fact), fact.ServiceDay, work.PostingDay, TargetMovements.Of(fact, judgement));
        _ = former is null ? LedgerStore.Post(work.Session, target) : LedgerStore.PostTarget(work.Session, target);
        RollupStore.Add(
            work.Session, RollupStore.Key(fact, work.PostingMonth), RollupSums.Of(fact, judgement) - RollupSums.Of(fact, former?.Judgement));
        if (lastWord || former?.Judgement.Owed > 0)
        {
            PayableStore.Owe(work.Session, fact, decision.Id, judgement, work.NowMs, () => work.PayablesVersion);
        }
        if (former?.Judgement is { Status: Judgement.Refused } refused && refused.Code != judgement.Code)
        {
            CaseStore.Close(work.Session, fact.Region, refused.Code, fact.Entry, work.NowMs);
        }
        if (judgement.IsCase)
        {
            CaseStore.Open(work.Session, fact, judgement.Code, fact.Entry, fact.AtStake, work.NowMs);
        }
    }

    /// <summary>What was paid out counts for the settlement that stands; a case where more was paid out than is owed.</summary>
    private static void KeepPaid(StepWork work, PaidSettlement paid)
    {
        var (fact, payable) = (paid.Fact, paid.Payable);
        if (paid.Carried != (payable?.Carried ?? 0))
        {
            PayableStore.Carry(work.Session, fact, payable?.Decision ?? fact.Decision ?? Guid.Empty, paid.Carried, work.NowMs, work.PayablesVersion);
        }
        var subject = fact.Settlement.ToString("D");
        if (paid.Over > 0)
        {
            CaseStore.Open(work.Session, fact, Codes.RefundOverpaid, subject, paid.Over, work.NowMs);
        }
        else
        {
            CaseStore.Close(work.Session, fact.Region, Codes.RefundOverpaid, subject, work.NowMs);
        }
    }

    private static void KeepTakenBackTwice(StepWork work, SettledFact fact)
    {
        var (first, late) = TakenBackTwice.Of(work.Session, fact);
        foreach (var reversal in first)
        {
            CaseStore.Close(work.Session, fact.Region, Codes.AlreadyReversed, reversal.Entry, work.NowMs);
        }
        foreach (var reversal in late)
        {
            CaseStore.Open(work.Session, fact, Codes.AlreadyReversed, reversal.Entry, fact.AtStake, work.NowMs);
        }
    }
}
