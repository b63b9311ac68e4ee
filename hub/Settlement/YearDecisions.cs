using EdgeHub.Hub.Ledger;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Settlement;

/// <summary>Decides a person's scheme year anew and writes what changed: decisions, postings, payables, rollup, accumulators, cases.</summary>
internal static class YearDecisions
{
    /// <returns>How many decisions were written.</returns>
    public static int Write(StepWork work, PolicyShelf shelf, string person, long year)
    {
        var facts = FactStore.OfYear(work.Session, work.Region, person, year);
        var held = DecisionStore.OfYear(work.Session, work.Region, person, year);
        var result = PersonYear.Recompute(facts, shelf);
        var written = 0;
        // Duplicates first: of one settlement id, the row that stands has the last word on what is owed.
        foreach (var (fact, judgement) in result.Judged.OrderBy(judged => judged.Fact.Standing != Standing.Duplicate))
        {
            var former = held.GetValueOrDefault(fact.Entry);
            if (former?.Judgement == judgement)
            {
                KeepOverpaid(work, fact, judgement);
                continue;
            }
            Decide(work, fact, judgement, former);
            written++;
        }
        AccumulatorStore.Store(work.Session, work.Region, person, year, result.After, facts, work.AccumulatorsVersion);
        return written;
    }

    private static void Decide(StepWork work, SettledFact fact, Judgement judgement, StoredDecision? former)
    {
        var decision = new StoredDecision(fact.Entry, (former?.Version ?? 0) + 1, work.NewId(), judgement, work.PostingMonth, work.NowMs);
        DecisionStore.Insert(work.Session, fact, decision);
        FactStore.Decided(work.Session, fact, decision.Id, decision.Version, work.DecisionsVersion);
        var target = new PostingSet(
            work.NewId(), fact.Region, TargetMovements.Cause(fact), fact.ServiceDay, work.PostingDay, TargetMovements.Of(fact, judgement));
        _ = former is null ? LedgerStore.Post(work.Session, target) : LedgerStore.PostTarget(work.Session, target);
        RollupStore.Add(
            work.Session, RollupStore.Key(fact, work.PostingMonth), RollupSums.Of(fact, judgement) - RollupSums.Of(fact, former?.Judgement));
        if (fact.Standing != Standing.Duplicate || former?.Judgement.Owed > 0)
        {
            PayableStore.Owe(work.Session, fact, decision.Id, judgement, work.NowMs, () => work.PayablesVersion);
        }
        CaseStore.Keep(
            work.Session, fact, judgement.Status == Judgement.Refused ? judgement.Code : former?.Judgement.Code ?? "", fact.Entry,
            fact.ClaimedFund, stands: judgement.Status == Judgement.Refused, work.NowMs);
        if (former?.Judgement is { Status: Judgement.Refused } refused && refused.Code != judgement.Code)
        {
            CaseStore.Keep(work.Session, fact, refused.Code, fact.Entry, 0, stands: false, work.NowMs);
        }
        KeepOverpaid(work, fact, judgement);
    }

    /// <summary>A case where more was paid out than is owed.</summary>
    private static void KeepOverpaid(StepWork work, SettledFact fact, Judgement judgement)
    {
        if (fact.Standing == Standing.Duplicate || PayableStore.Of(work.Session, fact.Region, fact.Settlement) is not { Paid: > 0 } payable)
        {
            return;
        }
        RefundPosting.Settle(work, fact);
        var over = checked(payable.Paid - judgement.Owed);
        CaseStore.Keep(work.Session, fact, Codes.RefundOverpaid, fact.Settlement.ToString("D"), over, stands: over > 0, work.NowMs);
    }
}
