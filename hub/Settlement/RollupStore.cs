using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Under what a decided amount is summed.</summary>
public sealed record RollupKey(
    string Region, string PostingMonth, string ServiceMonth, string Institution, string VisitType, string Currency, string ChargedTo);

/// <summary>Sums of decisions, in minor units. Total = fund + catastrophic + assistance + account + cash, as decided.</summary>
/// <param name="Owed">To patients, out of the fund.</param>
/// <param name="OfflineDifference">Paid to the institution in the fund's name though not due, because its data were stale.</param>
/// <param name="Receivable">Paid to the institution in the fund's name though not due, and due from it.</param>
/// <param name="OtherOwed">Owed, OfflineDifference and Receivable of catastrophic insurance and assistance (Z4).</param>
/// <param name="Refunded">Refunds that the institution paid out for the fund.</param>
/// <param name="OtherRefunded">Refunds that it paid out for catastrophic insurance and assistance (Z4).</param>
public sealed record RollupSums(
    long Visits, long Total, long InScope, long Fund, long Catastrophic, long Assistance, long Account, long Cash, long Owed, long OfflineDifference,
    long Receivable, long OtherOwed, long OtherDifference, long OtherReceivable, long Refunded, long OtherRefunded)
{
    public static readonly RollupSums Zero = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static RollupSums operator +(RollupSums a, RollupSums b) => checked(new(
        a.Visits + b.Visits, a.Total + b.Total, a.InScope + b.InScope, a.Fund + b.Fund, a.Catastrophic + b.Catastrophic, a.Assistance + b.Assistance,
        a.Account + b.Account, a.Cash + b.Cash, a.Owed + b.Owed, a.OfflineDifference + b.OfflineDifference, a.Receivable + b.Receivable,
        a.OtherOwed + b.OtherOwed, a.OtherDifference + b.OtherDifference, a.OtherReceivable + b.OtherReceivable, a.Refunded + b.Refunded,
        a.OtherRefunded + b.OtherRefunded));

    public static RollupSums operator -(RollupSums a, RollupSums b) => checked(new(
        a.Visits - b.Visits, a.Total - b.Total, a.InScope - b.InScope, a.Fund - b.Fund, a.Catastrophic - b.Catastrophic, a.Assistance - b.Assistance,
        a.Account - b.Account, a.Cash - b.Cash, a.Owed - b.Owed, a.OfflineDifference - b.OfflineDifference, a.Receivable - b.Receivable,
        a.OtherOwed - b.OtherOwed, a.OtherDifference - b.OtherDifference, a.OtherReceivable - b.OtherReceivable, a.Refunded - b.Refunded,
        a.OtherRefunded - b.OtherRefunded));

    /// <summary>What a refund adds under the institution that paid it out.</summary>
    public static RollupSums OfRefund(OwedParts credited) =>
        Zero with { Refunded = credited.Fund, OtherRefunded = checked(credited.Catastrophic + credited.Assistance) };

    /// <summary>What a settlement adds as it is judged; nothing where it does not count, or is not judged yet.</summary>
    public static RollupSums Of(SettledFact fact, Judgement? judgement)
    {
        if (judgement is not { Counts: true })
        {
            return Zero;
        }
        var borne = judgement.BorneOf(fact);
        return new RollupSums(
            1, fact.Total, fact.Eligible, judgement.Fund, judgement.Catastrophic, judgement.Assistance, judgement.Account, judgement.Cash,
            borne.Fund.Owed, borne.Fund.Stale, borne.Fund.Faulty,
            checked(borne.Catastrophic.Owed + borne.Assistance.Owed), checked(borne.Catastrophic.Stale + borne.Assistance.Stale),
            checked(borne.Catastrophic.Faulty + borne.Assistance.Faulty), 0, 0);
    }
}

/// <summary>The decided rollup: changed only by differences, under the month in which they are posted.</summary>
internal static class RollupStore
{
    public static RollupKey Key(SettledFact fact, string postingMonth) => new(
        fact.Region, postingMonth, Ledger.PostingSet.MonthOf(fact.ServiceDay), fact.Institution, fact.VisitType, fact.Currency, TargetMovements.ChargedTo(fact).ToString());

    /// <summary>A refund stands under the paying institution, with the service month of the settlement that it is for.</summary>
    public static RollupKey RefundKey(SettledFact fact, string payingSite, string postingMonth) => Key(fact, postingMonth) with { Institution = payingSite };

    public static void Add(StoreSession session, RollupKey key, RollupSums sums)
    {
        if (sums == RollupSums.Zero)
        {
            return;
        }
        session.LaterAdd(
            """
            insert into decided_rollup (region, posting_month, service_month, institution, visit_type, currency, charged_to, visits, total, in_scope, fund, catastrophic,
                                        assistance, account, cash, owed, offline_difference, receivable, other_owed, other_difference, other_receivable, refunded,
                                        other_refunded)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            on conflict (region, posting_month, service_month, institution, visit_type, currency, charged_to) do update set
                visits = decided_rollup.visits + excluded.visits, total = decided_rollup.total + excluded.total, in_scope = decided_rollup.in_scope + excluded.in_scope,
                fund = decided_rollup.fund + excluded.fund, catastrophic = decided_rollup.catastrophic + excluded.catastrophic,
                assistance = decided_rollup.assistance + excluded.assistance, account = decided_rollup.account + excluded.account, cash = decided_rollup.cash + excluded.cash,
                owed = decided_rollup.owed + excluded.owed, offline_difference = decided_rollup.offline_difference + excluded.offline_difference,
                receivable = decided_rollup.receivable + excluded.receivable, other_owed = decided_rollup.other_owed + excluded.other_owed,
                other_difference = decided_rollup.other_difference + excluded.other_difference,
                other_receivable = decided_rollup.other_receivable + excluded.other_receivable, refunded = decided_rollup.refunded + excluded.refunded,
                other_refunded = decided_rollup.other_refunded + excluded.other_refunded
            """,
            7, key.Region, key.PostingMonth, key.ServiceMonth, key.Institution, key.VisitType, key.Currency, key.ChargedTo, sums.Visits, sums.Total, sums.InScope,
            sums.Fund, sums.Catastrophic, sums.Assistance, sums.Account, sums.Cash, sums.Owed, sums.OfflineDifference, sums.Receivable,
            sums.OtherOwed, sums.OtherDifference, sums.OtherReceivable, sums.Refunded, sums.OtherRefunded);
    }
}
