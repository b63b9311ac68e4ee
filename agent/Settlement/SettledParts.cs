using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.Settlement;

/// <summary>A result of the rules as the journal's bodies hold it, and back: minor units and texts.</summary>
public static class SettledParts
{
    public static SettledTotals Totals(BenefitResult result) => Totals(result.Totals) with { Deductible = result.Deductible.MinorUnits };

    /// <summary>Of a bill before any policy: no deductible.</summary>
    public static SettledTotals Totals(BillTotals totals) => new(
        totals.Total.MinorUnits, totals.FullSelfPay.MinorUnits, totals.OverPriceLimit.MinorUnits, totals.PreSelfPay.MinorUnits, totals.Eligible.MinorUnits, 0);

    public static SettledShares Shares(Shares shares) => new(
        shares.Fund.MinorUnits, shares.Account.MinorUnits, shares.Cash.MinorUnits, shares.Catastrophic.MinorUnits, shares.Assistance.MinorUnits);

    public static Shares Shares(SettledShares shares, Currency currency) => new(
        new Money(shares.Fund, currency), new Money(shares.Catastrophic, currency), new Money(shares.Assistance, currency),
        new Money(shares.Account, currency), new Money(shares.Cash, currency));

    public static IReadOnlyList<SettledMove> Moves(BenefitResult result) =>
        [.. result.Moves.Select(move => new SettledMove(move.Key.ToString(), move.Before.MinorUnits, move.After.MinorUnits))];

    public static IReadOnlyList<SettledLine> Lines(IReadOnlyList<BillLine> lines, IReadOnlyList<LineSplit> splits) =>
        [.. splits.Zip(lines, (split, line) => new SettledLine(
            line.No, line.ItemCode, (int)line.Category, line.Class.ToString(), line.Price, line.Quantity, line.Amount.MinorUnits, line.PriceLimit,
            line.PreSelfPay.Value, split.FullSelfPay.MinorUnits, split.OverPriceLimit.MinorUnits, split.PreSelfPay.MinorUnits, split.Eligible.MinorUnits))];

    public static BillLine Line(SettledLine line, Currency currency) => new(
        line.No, line.Item, (ExpenseCategory)line.Category, Enum.Parse<CatalogueClass>(line.Class), line.Price, line.Quantity,
        new Money(line.Amount, currency), line.PriceLimit, new Rate(line.PreSelfPayRate));

    /// <summary>The visit and the person as they were when it was settled.</summary>
    public static Bill Bill(VisitSettled body, IReadOnlyList<BillLine> lines) => new(
        new VisitFacts(
            body.PoolingArea, body.VisitType, body.OutOfArea, body.Institution, body.InstitutionLevel, body.InstitutionType, body.ServiceDay, body.Disease)
        {
            Referral = Enum.Parse<Referral>(body.Referral), Admitted = body.Admitted,
        },
        new PersonFacts(body.Cover, body.PersonType, body.BirthDate), lines);
}
