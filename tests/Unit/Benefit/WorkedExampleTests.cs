using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>The requirement's own example: village clinic, 60 %, daily cap 30.00.</summary>
public sealed class WorkedExampleTests
{
    private static readonly Bill VillageBill = Cases.Bill(
        Cases.Line(1, CatalogueClass.A, 50m, 1m),
        Cases.Line(2, CatalogueClass.B, 18.50m, 1m, share: 0.1m));

    private static readonly PolicyBook VillageBook = Cases.Book(Cases.Row(DeductibleMode.None, 0, 0.6m, dailyCap: 3000));

    [Fact]
    public void Compute_VillageClinic_FundThirtyAccountTwelveCashTwentySixFifty()
    {
        var result = Cases.Computed(BenefitRules.Compute(VillageBill, VillageBook, AccumulatorState.Empty, Money.Fen(1200), useAccount: true));

        Assert.Equal(new BillTotals(Money.Fen(6850), Money.Fen(0), Money.Fen(0), Money.Fen(185), Money.Fen(6665)), result.Totals);
        Assert.Equal(new Shares(Money.Fen(3000), Money.Fen(1200), Money.Fen(2650)), result.Shares);
        Assert.Equal(Money.Fen(3850), result.Shares.Patient);
    }

    [Fact]
    public void Compute_VillageClinic_EachStepSaysItsArticleAndInputs()
    {
        var result = Cases.Computed(BenefitRules.Compute(VillageBill, VillageBook, AccumulatorState.Empty, Money.Fen(1200), useAccount: true));

        var atRate = Assert.Single(result.Steps, s => s.Name == StepNames.AtRate);
        Assert.Equal((BenefitArticles.B04, "39.99 CNY"), (atRate.Article, atRate.Value));
        Assert.Contains(new CitedInput("reimbursement rate", "60 %"), atRate.Inputs);
        Assert.Equal("1.85 CNY", Assert.Single(result.Steps, s => s.Name == StepNames.OfLine(StepNames.PreSelfPay, 2)).Value);
        Assert.Equal(
            [new LimitLeft(LimitNames.DailyCap, Money.Fen(3000), Money.Fen(3000), Money.Fen(0)),
             new LimitLeft(LimitNames.Account, Money.Fen(1200), Money.Fen(1200), Money.Fen(0))],
            result.Limits);
        Assert.Equal(
            ["FundPay/Day/2025-03-12/* 30.00 CNY", "FundPay/Year/2025/* 30.00 CNY", "AccountSpent/Year/2025/* 12.00 CNY"],
            result.Moves.Select(m => $"{m.Key} {m.After}"));
    }

    [Fact]
    public void Compute_SecondVisitThatDay_NothingLeftOfTheDailyCap()
    {
        var first = Cases.Computed(BenefitRules.Compute(VillageBill, VillageBook, AccumulatorState.Empty, Money.Fen(1200), useAccount: true));
        var then = AccumulatorState.Empty.With(first.Moves);

        var second = Cases.Computed(BenefitRules.Compute(VillageBill, VillageBook, then, Money.Fen(1200), useAccount: true));

        Assert.Equal(new Shares(Money.Fen(0), Money.Fen(0), Money.Fen(6850)), second.Shares);
    }
}
