namespace EdgeHub.Rules.Benefit;

/// <summary>Who pays: total = fund + catastrophic + assistance + account + cash, and account + cash is the patient's share.</summary>
/// <param name="Fund">The pooled fund: what alone is charged to the package (Z4).</param>
/// <param name="Catastrophic">Catastrophic insurance (大病保险). <paramref name="Assistance"/>: medical assistance (医疗救助).</param>
/// <param name="Account">The patient's or a family member's personal account.</param>
public sealed record Shares(Money Fund, Money Catastrophic, Money Assistance, Money Account, Money Cash)
{
    /// <summary>Where neither catastrophic insurance nor assistance pays.</summary>
    public Shares(Money fund, Money account, Money cash)
        : this(fund, Money.Zero(fund.Currency), Money.Zero(fund.Currency), account, cash)
    {
    }

    public Money Patient => Account + Cash;
    public Money Total => Fund + Catastrophic + Assistance + Account + Cash;

    /// <summary>The difference by payer; a part of it may be below zero.</summary>
    public static Shares operator -(Shares a, Shares b) => new(
        a.Fund - b.Fund, a.Catastrophic - b.Catastrophic, a.Assistance - b.Assistance, a.Account - b.Account, a.Cash - b.Cash);
}

/// <summary>How the bill's total divides: total = full self-pay + over price limit + pre-self-pay + eligible.</summary>
public sealed record BillTotals(Money Total, Money FullSelfPay, Money OverPriceLimit, Money PreSelfPay, Money Eligible);

/// <summary>One category's sum of a bill, and the same division.</summary>
public sealed record CategoryTotal(ExpenseCategory Category, Money Total, Money Eligible);

/// <summary>A limit that the settlement touched: what was left before and after.</summary>
public sealed record LimitLeft(string Name, Money Limit, Money Before, Money After);

/// <summary>The outcome of the benefit rules for one bill: totals, shares, accumulators, and every step with its article.</summary>
/// <param name="Deductible">The part of the eligible amount that the deductible took.</param>
public sealed record BenefitResult(
    PolicyReference Policy, int PolicyRow,
    IReadOnlyList<LineSplit> Lines, IReadOnlyList<CategoryTotal> Categories, BillTotals Totals, Money Deductible, Shares Shares,
    IReadOnlyList<AccumulatorMove> Moves, IReadOnlyList<LimitLeft> Limits, IReadOnlyList<CitedStep> Steps);

/// <summary>What the benefit rules say of a bill: a result, or why there is none.</summary>
public abstract record BenefitOutcome
{
    private BenefitOutcome() { }

    public sealed record Computed(BenefitResult Result) : BenefitOutcome;

    public sealed record Refused(string Code, Article Article, IReadOnlyList<Fault> Faults) : BenefitOutcome;
}
