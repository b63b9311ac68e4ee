using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>What the shares of a bill need besides the policy: the visit, the person, and the bill's totals. Enough to compute
/// a person's year again from stored totals, without the lines.</summary>
public sealed record ShareCase(VisitFacts Visit, PersonFacts Person, BillTotals Totals);

/// <summary>Who pays, what each limit had left, and how the accumulators move.</summary>
/// <param name="PolicyRow">Number of the row in its book.</param>
/// <param name="Deductible">The part of the eligible amount that the deductible took.</param>
public sealed record BillShare(
    int PolicyRow, Money Deductible, Shares Shares,
    IReadOnlyList<AccumulatorMove> Moves, IReadOnlyList<LimitLeft> Limits, IReadOnlyList<CitedStep> Steps)
{
    /// <summary>Deductible, rate, daily cap, annual cap, then account and cash, in this order (B20).</summary>
    /// <exception cref="ArgumentException">An accumulator is negative.</exception>
    internal static BillShare Of(ShareCase @case, PolicyRow row, AccumulatorState before, Money accountBalance, bool useAccount)
    {
        var totals = @case.Totals;
        var touched = new Touched(before, totals.Total.Currency);
        var keys = BenefitKeys.Of(@case.Visit.ServiceDay, row.Scope);
        var deductibleLeft = ShareRules.DeductibleLeft(row, touched.Of(keys.DeductibleOfYear));
        var deductible = ShareRules.Deductible(totals.Eligible, deductibleLeft.Value);
        var atRate = ShareRules.AtRate(totals.Eligible, deductible.Value, row.FundRate);
        var dayLeft = CapLeft(row.DailyCap, touched.Of(keys.FundPayOfDay));
        var afterDay = ShareRules.DailyCap(atRate.Value, dayLeft);
        var yearLeft = CapLeft(row.AnnualCap, touched.Of(keys.FundPayOfYear));
        var fund = ShareRules.AnnualCap(afterDay.Value, yearLeft);
        var accountLeft = ShareRules.AccountLeft(accountBalance, touched.Of(keys.AccountSpentOfYear));
        var account = ShareRules.Account(totals.Total - fund.Value, accountLeft, useAccount);
        var cash = ShareRules.Cash(totals.Total, fund.Value, account.Value);

        if (row.DeductibleMode != DeductibleMode.None)
        {
            var yearly = row.DeductibleMode == DeductibleMode.Year;
            touched.Limit(yearly ? LimitNames.DeductiblePerYear : LimitNames.DeductiblePerVisit, row.Deductible, deductibleLeft.Value, deductible.Value);
            touched.Move(keys.DeductibleOfYear, deductible.Value, yearly);
        }
        touched.Limit(LimitNames.DailyCap, row.DailyCap, dayLeft, fund.Value);
        touched.Move(keys.FundPayOfDay, fund.Value, row.DailyCap is not null);
        touched.Limit(LimitNames.AnnualCap, row.AnnualCap, yearLeft, fund.Value);
        touched.Move(keys.FundPayOfYear, fund.Value, row.AnnualCap is not null || fund.Value.IsPositive);
        touched.Limit(LimitNames.Account, useAccount ? accountBalance : null, accountLeft, account.Value);
        touched.Move(keys.AccountSpentOfYear, account.Value, useAccount);

        var shares = new Shares(fund.Value, account.Value, cash.Value);
        BenefitInvariants.Check(totals, deductible.Value, shares);
        return new BillShare(row.Id, deductible.Value, shares, touched.Moves, touched.Limits,
        [
            deductibleLeft.As(StepNames.DeductibleLeft), deductible.As(StepNames.Deductible), atRate.As(StepNames.AtRate),
            afterDay.As(StepNames.DailyCap), fund.As(StepNames.AnnualCap), account.As(StepNames.Account), cash.As(StepNames.Cash),
        ]);
    }

    private static Money? CapLeft(Money? cap, Money paid) => cap is { } limit ? ShareRules.CapLeft(limit, paid) : null;

    /// <summary>Gathers what a settlement reads and changes.</summary>
    private sealed class Touched(AccumulatorState before, Currency currency)
    {
        public List<AccumulatorMove> Moves { get; } = [];
        public List<LimitLeft> Limits { get; } = [];

        public Money Of(AccumulatorKey key)
        {
            var amount = before.Of(key, currency);
            return amount.IsNegative
                ? throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The accumulator {key} is {amount}; none is below zero."), nameof(key))
                : amount;
        }

        public void Move(AccumulatorKey key, Money amount, bool touched)
        {
            if (touched)
            {
                Moves.Add(new AccumulatorMove(key, Of(key), Of(key) + amount));
            }
        }

        public void Limit(string name, Money? limit, Money? left, Money used)
        {
            if (limit is { } whole && left is { } had)
            {
                Limits.Add(new LimitLeft(name, whole, had, had - used));
            }
        }
    }
}
