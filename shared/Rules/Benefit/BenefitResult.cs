namespace EdgeHub.Rules.Benefit;

/// <summary>Who pays: total = fund + account + cash, and account + cash is the patient's share.</summary>
public sealed record Shares(Money Fund, Money Account, Money Cash)
{
    public Money Patient => Account + Cash;
    public Money Total => Fund + Account + Cash;
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
