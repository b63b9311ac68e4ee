using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B20: the steps in their order, on a person's accumulators.</summary>
public sealed class B20Tests
{
    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B20");

    [Theory, MemberData(nameof(Examples))]
    public void Share_Example_GivesSharesAndMoves(BenefitRow row)
    {
        var policy = Cases.Row(
            row.Word<DeductibleMode>("mode"), row.Yuan("deductible").MinorUnits, row.Number("rate"), row.YuanOrNone("day cap")?.MinorUnits, row.YuanOrNone("year cap")?.MinorUnits);
        var before = Cases.State(
            Cases.Day, row.Yuan("taken").MinorUnits, row.Yuan("day paid").MinorUnits, row.Yuan("year paid").MinorUnits, row.Yuan("spent").MinorUnits);

        var share = BenefitRules.Share(
            Cases.Share(row.Yuan("eligible").MinorUnits, row.Yuan("self-pay").MinorUnits), policy, before, row.Yuan("balance"), row.Yes("use"));

        Assert.Equal(row.Yuan("took"), share.Deductible);
        Assert.Equal(new Shares(row.Yuan("fund"), row.Yuan("account"), row.Yuan("cash")), share.Shares);
        Assert.Equal(row["moves"], string.Join(' ', share.Moves.Select(move => $"{move.Key.Kind}/{move.Key.Span}")));
        Assert.All(share.Limits, limit => Assert.False(limit.Before.IsNegative || limit.After.IsNegative || limit.After > limit.Before, limit.ToString()));
    }

    [Fact]
    public void Share_YearChanges_DeductibleAndCapBeginAnew()
    {
        var policy = Cases.Row(DeductibleMode.Year, 6000, 0.5m, annualCap: 10_000);
        var lastDay = new DateOnly(2025, 12, 31);
        var state = Cases.State(lastDay, deductible: 6000, fundYear: 10_000, accountSpent: 5000);

        var old = BenefitRules.Share(Cases.Share(10_000, day: lastDay), policy, state, Money.Fen(5000), useAccount: true);
        var anew = BenefitRules.Share(Cases.Share(10_000, day: lastDay.AddDays(1)), policy, state, Money.Fen(5000), useAccount: true);

        Assert.Equal(new Shares(Money.Fen(0), Money.Fen(0), Money.Fen(10_000)), old.Shares);
        Assert.Equal(new Shares(Money.Fen(2000), Money.Fen(5000), Money.Fen(3000)), anew.Shares);
        Assert.All(anew.Moves, move => Assert.Equal(("2026", Money.Fen(0)), (move.Key.Period, move.Before)));
    }

    [Fact]
    public void Share_NextDay_DailyCapBeginsAnew()
    {
        var policy = Cases.Row(DeductibleMode.None, 0, 0.6m, dailyCap: 3000);
        var first = BenefitRules.Share(Cases.Share(10_000), policy, AccumulatorState.Empty, Money.Fen(0), useAccount: false);
        var next = BenefitRules.Share(Cases.Share(10_000, day: Cases.Day.AddDays(1)), policy, AccumulatorState.Empty.With(first.Moves), Money.Fen(0), useAccount: false);
        Assert.Equal((Money.Fen(3000), Money.Fen(3000)), (first.Shares.Fund, next.Shares.Fund));
        Assert.Equal(Money.Fen(6000), next.Moves.Single(move => move.Key.Span == AccumulatorSpan.Year).After);
    }

    [Fact]
    public void Share_Steps_StandInTheirOrderWithTheirArticles() => Assert.Equal(
        [
            (StepNames.DeductibleLeft, "B2"), (StepNames.Deductible, "B3"), (StepNames.AtRate, "B4"), (StepNames.DailyCap, "B5"),
            (StepNames.AnnualCap, "B6"), (StepNames.Account, "B7"), (StepNames.Cash, "B9"),
        ],
        BenefitRules.Share(Cases.Share(100), Cases.Row(DeductibleMode.None, 0, 0.5m), AccumulatorState.Empty, Money.Fen(0), useAccount: false)
            .Steps.Select(step => (step.Name, step.Article.Rule)));

    [Fact]
    public void Share_EveryLimit_SaysWhatWasLeftBeforeAndAfter()
    {
        var share = BenefitRules.Share(
            Cases.Share(10_000), Cases.Row(DeductibleMode.Year, 6000, 0.5m, dailyCap: 3000, annualCap: 50_000),
            Cases.State(Cases.Day, deductible: 2000, fundDay: 500, fundYear: 10_000, accountSpent: 100), Money.Fen(1100), useAccount: true);
        Assert.Equal(
            [
                new LimitLeft(LimitNames.DeductiblePerYear, Money.Fen(6000), Money.Fen(4000), Money.Fen(0)),
                new LimitLeft(LimitNames.DailyCap, Money.Fen(3000), Money.Fen(2500), Money.Fen(0)),
                new LimitLeft(LimitNames.AnnualCap, Money.Fen(50_000), Money.Fen(40_000), Money.Fen(37_500)),
                new LimitLeft(LimitNames.Account, Money.Fen(1100), Money.Fen(1000), Money.Fen(0)),
            ],
            share.Limits);
    }

    [Fact]
    public void Share_NegativeAccumulator_Throws() => Assert.Throws<ArgumentException>(() => BenefitRules.Share(
        Cases.Share(100), Cases.Row(DeductibleMode.None, 0, 0.5m), Cases.State(Cases.Day, fundYear: -1), Money.Fen(0), useAccount: false));

    [Fact]
    public void Share_TotalsThatDoNotAddUp_Throw() => Assert.Throws<InvalidOperationException>(() => BenefitRules.Share(
        Cases.Share(100) with { Totals = Cases.Totals(100) with { Total = Money.Fen(101) } },
        Cases.Row(DeductibleMode.None, 0, 0.5m), AccumulatorState.Empty, Money.Fen(0), useAccount: false));

    [Fact]
    public void Share_RateAboveOne_Throws() => Assert.Throws<InvalidOperationException>(() => BenefitRules.Share(
        Cases.Share(100, 50), Cases.Row(DeductibleMode.None, 0, 1.5m), AccumulatorState.Empty, Money.Fen(0), useAccount: false));
}
