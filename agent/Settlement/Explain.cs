using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.Settlement;

/// <summary>A result of the rules as the local interface shows it: amounts in minor units, every step with its article.</summary>
public static class Explain
{
    public static TotalsShown Totals(BenefitResult result) => Totals(SettledParts.Totals(result));

    public static TotalsShown Totals(SettledTotals totals) =>
        new(totals.Total, totals.FullSelfPay, totals.OverPriceLimit, totals.PreSelfPay, totals.Eligible, totals.Deductible);

    public static SharesShown Shares(Shares shares) => Shares(SettledParts.Shares(shares));

    public static SharesShown Shares(SettledShares shares) => new(shares.Fund, shares.Account, shares.Cash, shares.Catastrophic, shares.Assistance);

    public static PolicyShown Policy(BenefitResult result) =>
        new(result.Policy.Id, result.Policy.Version, result.Policy.Hash, result.PolicyRow);

    public static IReadOnlyList<LimitShown> Limits(IReadOnlyList<LimitLeft> limits) =>
        [.. limits.Select(limit => new LimitShown(limit.Name, limit.Limit.MinorUnits, limit.Before.MinorUnits, limit.After.MinorUnits))];

    public static IReadOnlyList<CategoryShown> Categories(BenefitResult result) =>
        [.. result.Categories.Select(sum => new CategoryShown((int)sum.Category, sum.Total.MinorUnits, sum.Eligible.MinorUnits))];

    /// <param name="names">Of the items, by line number.</param>
    public static IReadOnlyList<LineShown> Lines(IReadOnlyList<BillLine> lines, IReadOnlyList<LineSplit> splits, IReadOnlyDictionary<int, string> names) =>
        [.. splits.Zip(lines, (split, line) => new LineShown(
            split.No, line.ItemCode, names[line.No], (int)line.Category, line.Class.ToString(), line.Amount.MinorUnits,
            split.FullSelfPay.MinorUnits, split.OverPriceLimit.MinorUnits, split.PreSelfPay.MinorUnits, split.Eligible.MinorUnits))];

    public static IReadOnlyList<StepShown> Steps(BenefitResult result) =>
        [.. result.Steps.Select(step => new StepShown(
            step.Name, step.Value, step.Article.Rule, step.Article.Document, step.Article.Clause,
            [.. step.Inputs.Select(input => new InputShown(input.Name, input.Value))]))];

    /// <summary>A receipt's number: the institution and the entry's place, as it is on the day.</summary>
    public static string Receipt(SiteFacts site, ChainHead head) =>
        string.Create(CultureInfo.InvariantCulture, $"{site.Institution}-{head.Epoch}-{head.Seq:000000}");

    /// <summary>A settlement as it is confirmed.</summary>
    public static SettledAnswer Settled(
        Bill bill, IReadOnlyDictionary<int, string> names, BenefitResult result, VisitSettled body, ChainHead head, string receipt, DateOnly civilDay,
        IReadOnlyList<WarningShown> warnings) => new(
        body.Settlement, head.Epoch, head.Seq, receipt, body.Visit, body.Ordinal, body.ServiceDay, civilDay, body.Currency, body.Offline.Offline,
        Policy(result), Totals(result), Shares(result.Shares), Categories(result), Lines(bill.Lines, result.Lines, names), Limits(result.Limits),
        body.Offline.LimitsLeft, warnings, Steps(result));
}
