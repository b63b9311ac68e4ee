using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Under what a decided amount is summed.</summary>
public sealed record RollupKey(
    string Region, string PostingMonth, string ServiceMonth, string Institution, string VisitType, string Currency, string ChargedTo);

/// <summary>Sums of decisions, in minor units. Total = fund + account + cash, as decided.</summary>
/// <param name="Owed">To patients, out of the fund.</param>
/// <param name="OfflineDifference">Paid to the institution though not due, because its data were stale.</param>
/// <param name="Receivable">Paid to the institution though not due, and due from it.</param>
/// <param name="Refunded">Refunds that the institution paid out for the fund.</param>
public sealed record RollupSums(
    long Visits, long Total, long InScope, long Fund, long Account, long Cash, long Owed, long OfflineDifference, long Receivable, long Refunded)
{
    public static readonly RollupSums Zero = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static RollupSums operator +(RollupSums a, RollupSums b) => checked(new(
        a.Visits + b.Visits, a.Total + b.Total, a.InScope + b.InScope, a.Fund + b.Fund, a.Account + b.Account, a.Cash + b.Cash,
        a.Owed + b.Owed, a.OfflineDifference + b.OfflineDifference, a.Receivable + b.Receivable, a.Refunded + b.Refunded));

    public static RollupSums operator -(RollupSums a, RollupSums b) => checked(new(
        a.Visits - b.Visits, a.Total - b.Total, a.InScope - b.InScope, a.Fund - b.Fund, a.Account - b.Account, a.Cash - b.Cash,
        a.Owed - b.Owed, a.OfflineDifference - b.OfflineDifference, a.Receivable - b.Receivable, a.Refunded - b.Refunded));

    /// <summary>What a settlement adds as it is judged; nothing where it does not count, or is not judged yet.</summary>
    public static RollupSums Of(SettledFact fact, Judgement? judgement) => judgement is not { Counts: true }
        ? Zero
        : new RollupSums(
            1, fact.Total, fact.Eligible, judgement.Fund, judgement.Account, judgement.Cash, judgement.Owed, judgement.OfflineDifference, judgement.Receivable, 0);
}

/// <summary>The decided rollup: changed only by differences, under the month in which they are posted.</summary>
internal static class RollupStore
{
    public static RollupKey Key(SettledFact fact, string postingMonth) => new(
        fact.Region, postingMonth, Ledger.PostingSet.MonthOf(fact.ServiceDay), fact.Site, fact.VisitType, fact.Currency, TargetMovements.ChargedTo(fact).ToString());

    /// <summary>A refund stands under the paying institution, with the service month of the settlement that it is for.</summary>
    public static RollupKey RefundKey(SettledFact fact, string payingSite, string postingMonth) => Key(fact, postingMonth) with { Institution = payingSite };

    public static void Add(StoreSession session, RollupKey key, RollupSums sums)
    {
        if (sums == RollupSums.Zero)
        {
            return;
        }
        session.Execute(
            """
            insert into decided_rollup (region, posting_month, service_month, institution, visit_type, currency, charged_to, visits, total, in_scope, fund, account,
                                        cash, owed, offline_difference, receivable, refunded)
            values (@Region, @PostingMonth, @ServiceMonth, @Institution, @VisitType, @Currency, @ChargedTo, @Visits, @Total, @InScope, @Fund, @Account,
                    @Cash, @Owed, @OfflineDifference, @Receivable, @Refunded)
            on conflict (region, posting_month, service_month, institution, visit_type, currency, charged_to) do update set
                visits = decided_rollup.visits + excluded.visits, total = decided_rollup.total + excluded.total, in_scope = decided_rollup.in_scope + excluded.in_scope,
                fund = decided_rollup.fund + excluded.fund, account = decided_rollup.account + excluded.account, cash = decided_rollup.cash + excluded.cash,
                owed = decided_rollup.owed + excluded.owed, offline_difference = decided_rollup.offline_difference + excluded.offline_difference,
                receivable = decided_rollup.receivable + excluded.receivable, refunded = decided_rollup.refunded + excluded.refunded
            """,
            new
            {
                key.Region, key.PostingMonth, key.ServiceMonth, key.Institution, key.VisitType, key.Currency, key.ChargedTo, sums.Visits, sums.Total, sums.InScope,
                sums.Fund, sums.Account, sums.Cash, sums.Owed, sums.OfflineDifference, sums.Receivable, sums.Refunded,
            });
    }
}
