using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Z20: what of a manual reimbursement is deducted from the package.</summary>
public sealed class Z20Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("Z20");

    [Theory, MemberData(nameof(Examples))]
    public void FromPackage_Example_IsTheFundsShareAlone(BenefitRow row)
    {
        var from = ReimbursementRules.FromPackage(ReimbursementCases.Shares(row));
        Assert.Equal((row.Yuan("from package"), BenefitArticles.Z20), (from.Value, from.Article));
    }
}

/// <summary>Z37: after advance payment, the person is owed what the payers would have borne.</summary>
public sealed class Z37Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("Z37");

    [Theory, MemberData(nameof(Examples))]
    public void Owed_Example_IsWhatFundAndLayersBear(BenefitRow row)
    {
        var owed = ReimbursementRules.Owed(ReimbursementCases.Shares(row));
        Assert.Equal((row.Yuan("owed"), BenefitArticles.Z37), (owed.Value, owed.Article));
    }

    /// <summary>A stay out of area, far above any offline limit; the account has money and is not touched.</summary>
    [Fact]
    public void Compute_PaidInvoice_GivesWhatTheSameBillWouldOnTheSpotWithoutTheAccount()
    {
        var book = BookText.Loaded(BookText.Giving("deductible_mode=visit deductible=800.00 fund_rate=0.5 catastrophic_threshold=10000.00 catastrophic_tiers=*:0.6"));
        var stay = new Bill(Cases.Visit(level: 3, visitType: "21") with { OutOfArea = true, Admitted = Cases.Day.AddDays(-9) }, Cases.Person, [Cases.Line(1, CatalogueClass.A, 60_800m, 1m)]);

        var result = Cases.Computed(ReimbursementRules.Compute(stay, book, AccumulatorState.Empty));

        // 60000.00 x 0.5 = 30000.00; own 30800.00: 20800.00 x 0.6 = 12480.00
        Assert.Equal(new Shares(Money.Fen(3_000_000), Money.Fen(1_248_000), Money.Fen(0), Money.Fen(0), Money.Fen(1_832_000)), result.Shares);
        Assert.Equal(Money.Fen(4_248_000), ReimbursementRules.Owed(result.Shares).Value);
        Assert.DoesNotContain(result.Moves, move => move.Key.Kind == AccumulatorKind.AccountSpent);
        Assert.Equal(
            Cases.Computed(BenefitRules.Compute(stay, book, AccumulatorState.Empty, Money.Fen(0), useAccount: false)).Shares, result.Shares);
    }
}

internal static class ReimbursementCases
{
    public static Shares Shares(BenefitRow row) =>
        new(row.Yuan("fund"), row.Yuan("catastrophic"), row.Yuan("assistance"), Money.Fen(0), row.Yuan("cash"));
}
