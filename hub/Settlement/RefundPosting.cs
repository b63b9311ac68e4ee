using EdgeHub.Hub.Ledger;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>A refund with what is credited of it to its site, by the payers that it is credited out of.</summary>
/// <param name="Fact">The settlement that it was paid for.</param>
internal sealed record CreditedRefund(SettledFact Fact, Refund Refund, OwedParts Credited)
{
    /// <summary>Nobody's debt yet: it lies in Suspense.</summary>
    public long Suspended => checked(Refund.Amount - Credited.Total);

    /// <summary>All that it moves.</summary>
    public IReadOnlyList<Movement> Movements => TargetMovements.Refund(Fact, Refund.Site, Credited, Suspended);
}

/// <summary>Posts the refunds of a visit part. Paying institutions are credited, first come first, at most what was ever decided as owed,
/// by the payers that owe it: those of the settlement that stands, whatever settlement of the part it was paid for. The rest lies in
/// Suspense, beside the case RefundOverpaid, until more is owed or people decide. Source: Z2, Z4; data.md, "Who bears".</summary>
internal static class RefundPosting
{
    public static void Settle(StepWork work, IReadOnlyList<PaidSettlement> part)
    {
        var refunds = PartRefunds.Of(work.Session, part);
        foreach (var (refund, before) in refunds.Divided(refunds.Credit()).Zip(refunds.Posted))
        {
            LedgerStore.PostTarget(work.Session, new PostingSet(
                work.NewId(), refund.Fact.Region, TargetMovements.RefundCause(refund.Refund.Id), refund.Fact.ServiceDay, work.PostingDay, refund.Movements));
            RollupStore.Add(
                work.Session, RollupStore.RefundKey(refund.Fact, refund.Refund.Site, work.PostingMonth), RollupSums.OfRefund(refund.Credited - before));
        }
    }

    /// <summary>What the ledger has of a refund as credited to its site.</summary>
    public static OwedParts Posted(StoreSession session, Refund refund)
    {
        var posted = LedgerStore.Posted(session, refund.Region, TargetMovements.RefundCause(refund.Id));
        return new OwedParts(Of(LedgerEvent.RefundPaid), Of(LedgerEvent.RefundPaidForCatastrophic), Of(LedgerEvent.RefundPaidForAssistance));

        long Of(LedgerEvent happened) => posted.Where(m => m.Event == happened).Sum(m => m.Fen);
    }
}
