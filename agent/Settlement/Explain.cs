using EdgeHub.Rules.Benefit;

namespace EdgeHub.Agent.Settlement;

/// <summary>A result of the rules as the local interface shows it: amounts in minor units, every step with its article.</summary>
public static class Explain
{
    public static TotalsShown Totals(BenefitResult result) => new(
        result.Totals.Total.MinorUnits, result.Totals.FullSelfPay.MinorUnits, result.Totals.OverPriceLimit.MinorUnits,
        result.Totals.PreSelfPay.MinorUnits, result.Totals.Eligible.MinorUnits, result.Deductible.MinorUnits);

    public static SharesShown Shares(Shares shares) => new(shares.Fund.MinorUnits, shares.Account.MinorUnits, shares.Cash.MinorUnits);

    public static PolicyShown Policy(BenefitResult result) =>
        new(result.Policy.Id, result.Policy.Version, result.Policy.Hash, result.PolicyRow);

    public static IReadOnlyList<LimitShown> Limits(IReadOnlyList<LimitLeft> limits) =>
        [.. limits.Select(limit => new LimitShown(limit.Name, limit.Limit.MinorUnits, limit.Before.MinorUnits, limit.After.MinorUnits))];

    public static IReadOnlyList<CategoryShown> Categories(BenefitResult result) =>
        [.. result.Categories.Select(sum => new CategoryShown((int)sum.Category, sum.Total.MinorUnits, sum.Eligible.MinorUnits))];

    public static IReadOnlyList<LineShown> Lines(ReadBill read, BenefitResult result) =>
        [.. result.Lines.Zip(read.Bill.Lines, (split, line) => new LineShown(
            split.No, line.ItemCode, read.Names[line.No], (int)line.Category, line.Class.ToString(), line.Amount.MinorUnits,
            split.FullSelfPay.MinorUnits, split.OverPriceLimit.MinorUnits, split.PreSelfPay.MinorUnits, split.Eligible.MinorUnits))];

    public static IReadOnlyList<StepShown> Steps(BenefitResult result) =>
        [.. result.Steps.Select(step => new StepShown(
            step.Name, step.Value, step.Article.Rule, step.Article.Document, step.Article.Clause,
            [.. step.Inputs.Select(input => new InputShown(input.Name, input.Value))]))];
}
