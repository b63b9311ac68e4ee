using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Bills, rows and books as the tests need them: a village clinic of Zhenkang, a resident of 45, March 2025.</summary>
internal static class Cases
{
    public static readonly DateOnly Day = new(2025, 3, 12);

    public static readonly PersonFacts Person = new("390", "adult", new DateOnly(1980, 1, 1));

    public static VisitFacts Visit(DateOnly? day = null, int level = 0, string visitType = "11", string? disease = null) =>
        new("530924", visitType, false, "530924100001", level, "clinic", day ?? Day, disease);

    public static BillLine Line(
        int no, CatalogueClass @class, decimal price, decimal quantity, long? amount = null, decimal? priceLimit = null, decimal share = 0m,
        ExpenseCategory category = ExpenseCategory.WesternDrugs) =>
        new(no, $"ITEM{no}", category, @class, price, quantity,
            Money.Fen(amount ?? (long)Math.Round(price * quantity * 100m, MidpointRounding.AwayFromZero)), priceLimit, new Rate(share));

    public static Bill Bill(params BillLine[] lines) => new(Visit(), Person, lines);

    public static PolicyKey Key(DateRange? effective = null) =>
        new("530924", null, null, null, null, null, null, null, null, null, effective ?? DateRange.Year(2025));

    public static PolicyRow Row(DeductibleMode mode, long deductible, decimal rate, long? dailyCap = null, long? annualCap = null) =>
        new(1, Key(), mode, Money.Fen(deductible), new Rate(rate), Fen(dailyCap), Fen(annualCap));

    public static PolicyBook Book(params PolicyRow[] rows) =>
        new(new PolicyReference("test", 1, "00"), DateRange.Year(2025), new DateOnly(2024, 12, 1), "sample", Currency.Cny, rows);

    public static BillTotals Totals(long eligible, long selfPay = 0) =>
        new(Money.Fen(eligible + selfPay), Money.Fen(selfPay), Money.Fen(0), Money.Fen(0), Money.Fen(eligible));

    public static ShareCase Share(long eligible, long selfPay = 0, DateOnly? day = null) => new(Visit(day), Person, Totals(eligible, selfPay));

    public static AccumulatorState State(DateOnly day, long deductible = 0, long fundDay = 0, long fundYear = 0, long accountSpent = 0)
    {
        var keys = BenefitKeys.Of(day);
        return new AccumulatorState(new Dictionary<AccumulatorKey, Money>
        {
            [keys.DeductibleOfYear] = Money.Fen(deductible),
            [keys.FundPayOfDay] = Money.Fen(fundDay),
            [keys.FundPayOfYear] = Money.Fen(fundYear),
            [keys.AccountSpentOfYear] = Money.Fen(accountSpent),
        });
    }

    public static BenefitResult Computed(BenefitOutcome outcome) => Assert.IsType<BenefitOutcome.Computed>(outcome).Result;

    public static BenefitOutcome.Refused Refused(BenefitOutcome outcome) => Assert.IsType<BenefitOutcome.Refused>(outcome);

    private static Money? Fen(long? fen) => fen is { } amount ? Money.Fen(amount) : null;
}
