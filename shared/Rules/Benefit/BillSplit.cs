using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>A bill divided line by line, before any policy: totals, categories in their order, and the steps.</summary>
public sealed record BillSplit(
    IReadOnlyList<LineSplit> Lines, IReadOnlyList<CategoryTotal> Categories, BillTotals Totals, IReadOnlyList<CitedStep> Steps)
{
    /// <summary>Divides lines that were checked.</summary>
    internal static BillSplit Of(IReadOnlyList<BillLine> lines)
    {
        var steps = new List<CitedStep>();
        var splits = new List<LineSplit>(lines.Count);
        var categories = new SortedDictionary<ExpenseCategory, CategoryTotal>();
        var zero = Money.Zero(lines[0].Amount.Currency);
        var totals = new BillTotals(zero, zero, zero, zero, zero);
        foreach (var line in lines)
        {
            var split = LineRules.Split(line, steps);
            splits.Add(split);
            totals = new BillTotals(
                totals.Total + line.Amount, totals.FullSelfPay + split.FullSelfPay, totals.OverPriceLimit + split.OverPriceLimit,
                totals.PreSelfPay + split.PreSelfPay, totals.Eligible + split.Eligible);
            var sum = categories.GetValueOrDefault(line.Category, new CategoryTotal(line.Category, zero, zero));
            categories[line.Category] = sum with { Total = sum.Total + line.Amount, Eligible = sum.Eligible + split.Eligible };
        }
        steps.Add(B10.Gives(totals.FullSelfPay, lines.CountAs("lines")).As(StepNames.FullSelfPay));
        steps.Add(B17.Gives(totals.OverPriceLimit, lines.CountAs("lines")).As(StepNames.OverPriceLimit));
        steps.Add(B18.Gives(totals.PreSelfPay, lines.CountAs("lines")).As(StepNames.PreSelfPay));
        steps.Add(Eligible(totals).As(StepNames.Eligible));
        BenefitInvariants.Check(totals);
        return new BillSplit(splits, [.. categories.Values], totals, steps);
    }

    /// <summary>What is left for the policy: total - full self-pay - over price limit - pre-self-pay. Source: B8.</summary>
    private static Cited<Money> Eligible(BillTotals totals) => B08.Gives(
        totals.Eligible, (StepNames.Total, totals.Total), (StepNames.FullSelfPay, totals.FullSelfPay),
        (StepNames.OverPriceLimit, totals.OverPriceLimit), (StepNames.PreSelfPay, totals.PreSelfPay));
}

/// <summary>What dividing a bill gives: the split, or what is wrong with its lines.</summary>
public abstract record SplitOutcome
{
    private SplitOutcome() { }

    public sealed record Divided(BillSplit Bill) : SplitOutcome;

    /// <param name="Code">Of the first fault.</param>
    public sealed record Refused(string Code, Article Article, IReadOnlyList<Fault> Faults) : SplitOutcome;
}
