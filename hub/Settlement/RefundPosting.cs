using EdgeHub.Hub.Ledger;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Posts the refunds of a settlement. Paying institutions are credited, first come first, at most what was ever decided
/// as owed; the rest lies in Suspense, beside the case RefundOverpaid, until more is owed or people decide.</summary>
internal static class RefundPosting
{
    public static void Settle(StepWork work, SettledFact fact)
    {
        var left = EverOwed(work.Session, fact);
        var refunds = Of(work.Session, fact).Select(refund => (Refund: refund, Credited: Credited(work.Session, refund))).ToList();
        left = checked(left - refunds.Sum(each => each.Credited));
        foreach (var (refund, credited) in refunds.OrderBy(each => (each.Credited == 0, each.Refund.PostingMonth, each.Refund.Id)))
        {
            var more = Math.Max(0, Math.Min(left, refund.Amount - credited));
            left -= more;
            LedgerStore.PostTarget(work.Session, new PostingSet(
                work.NewId(), refund.Region, TargetMovements.RefundCause(refund.Id), fact.ServiceDay, work.PostingDay, Movements(fact, refund, credited + more)));
            RollupStore.Add(work.Session, RollupStore.RefundKey(fact, refund.Site, work.PostingMonth), RollupSums.Zero with { Refunded = more });
        }
    }

    /// <summary>What a refund moves in all, of which so much is credited to its site.</summary>
    public static IReadOnlyList<Movement> Movements(SettledFact fact, Refund refund, long credited) =>
        [.. ((Movement[])[TargetMovements.Refund(fact, refund.Site, credited), TargetMovements.Suspended(fact, refund.Site, refund.Amount - credited)]).Where(m => m.Fen != 0)];

    /// <summary>The most that any decision on the settlement has owed to its person.</summary>
    public static long EverOwed(StoreSession session, SettledFact fact) =>
        DecisionStore.OfFact(session, fact).Select(decision => decision.Judgement.Owed).DefaultIfEmpty(0).Max();

    /// <summary>The refunds taken in for a settlement and its person.</summary>
    public static IReadOnlyList<Refund> Of(StoreSession session, SettledFact fact) =>
        [.. PayableStore.Refunds(session, fact.Region, fact.Settlement).Where(r => r.PostingMonth.Length > 0 && r.Person == fact.Person)];

    public static long Credited(StoreSession session, Refund refund) =>
        LedgerStore.Posted(session, refund.Region, TargetMovements.RefundCause(refund.Id)).Where(m => m.Event == LedgerEvent.RefundPaid).Sum(m => m.Fen);
}
