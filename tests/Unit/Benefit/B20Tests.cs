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

    private const string Everything =
        "deductible_mode=institution_year deductible=100.00 tiers=*:0.6 referral_reduction=0.1 visit_cap=9000.00 daily_cap=9000.00 month_cap=9000.00 "
        + "quarter_cap=9000.00 disease_cap=9000.00 institution_year_cap=9000.00 annual_cap=9000.00 scope=inpatient "
        + "catastrophic_threshold=0.00 catastrophic_tiers=*:0.5 catastrophic_cap=9000.00 assistance_threshold=0.00 assistance_rate=0.5 assistance_cap=9000.00";

    private static BillShare OfEverything(AccountFacts account) => BenefitRules.Share(
        new ShareCase(
            Cases.Visit(disease: "M01") with { Referral = Referral.Irregular }, Cases.Person, Cases.Totals(110_000)),
        Assert.Single(BookText.Loaded(BookText.Giving(Everything)).Rows), AccumulatorState.Empty, account, useAccount: true);

    [Fact]
    public void Share_StepsOfEverything_StandInTheirOrderWithTheirArticles() => Assert.Equal(
        [
            (StepNames.DeductibleLeft, "B2"), (StepNames.Deductible, "B3"), (StepNames.AtRate, "B26"), (StepNames.Referral, "Z30"), (StepNames.VisitCap, "B27"),
            (StepNames.DailyCap, "B5"), (StepNames.MonthCap, "B27"), (StepNames.QuarterCap, "B27"), (StepNames.DiseaseCap, "B28"), (StepNames.InstitutionYearCap, "B27"),
            (StepNames.AnnualCap, "B6"), (StepNames.OwnPay, "B31"), (StepNames.Catastrophic, "B29"), (StepNames.OwnPayLeft, "B31"), (StepNames.Assistance, "B30"),
            (StepNames.Account, "B32"), (StepNames.Cash, "B9"),
        ],
        OfEverything(new AccountFacts(Money.Fen(1000), "parent")).Steps.Select(step => (step.Name, step.Article.Rule)));

    /// <summary>1000.00 above the deductible x 0.5 = 500.00; own 600.00: 300.00, then 150.00; 150.00 of the patient, 10.00 of the account.</summary>
    [Fact]
    public void Share_MovesOfEverything_AreStoredUnderTheseKeys() => Assert.Equal(
        [
            "Deductible/Year/2025/institution:530924100001:inpatient 100.00 CNY", "FundPay/Day/2025-03-12/inpatient 500.00 CNY", "FundPay/Month/2025-03/inpatient 500.00 CNY",
            "FundPay/Quarter/2025-Q1/inpatient 500.00 CNY", "DiseaseFundPay/Year/2025/disease:M01 500.00 CNY", "FundPay/Year/2025/institution:530924100001:inpatient 500.00 CNY",
            "FundPay/Year/2025/inpatient 500.00 CNY", "CatastrophicBase/Year/2025/* 600.00 CNY", "CatastrophicPay/Year/2025/* 300.00 CNY",
            "AssistanceBase/Year/2025/* 300.00 CNY", "AssistancePay/Year/2025/* 150.00 CNY", "AccountSpent/Year/2025/account:parent 10.00 CNY",
        ],
        OfEverything(new AccountFacts(Money.Fen(1000), "parent")).Moves.Select(move => $"{move.Key} {move.After}"));

    [Theory]
    [InlineData(null, null, "AccountSpent/Year/2025/*")]
    [InlineData("", null, "AccountSpent/Year/2025/*")]
    [InlineData("parent", "parent", "AccountSpent/Year/2025/account:parent")]
    public void Share_AccountOf_IsMovedUnderItsOwner(string? owner, string? keyOwner, string key)
    {
        var moved = OfEverything(new AccountFacts(Money.Fen(1000), owner)).Moves[^1].Key;
        Assert.Equal((key, keyOwner), (moved.ToString(), BenefitKeys.AccountOwner(moved)));
    }

    [Fact]
    public void Share_AssistanceAboveTheOwnPay_Throws() => Assert.Throws<InvalidOperationException>(() => BenefitRules.Share(
        Cases.Share(100), Cases.Row(DeductibleMode.None, 0, 0.5m) with { Assistance = new AssistanceTerms(Money.Fen(0), new Rate(1.5m), null) },
        AccumulatorState.Empty, Money.Fen(0), useAccount: false));

    [Fact]
    public void Share_NegativeAccumulatorOfALayer_Throws() => Assert.Throws<ArgumentException>(() => BenefitRules.Share(
        Cases.Share(100), Cases.Row(DeductibleMode.None, 0, 0.5m) with { Assistance = new AssistanceTerms(Money.Fen(0), Rate.One, null) },
        new AccumulatorState(new Dictionary<AccumulatorKey, Money> { [BenefitKeys.OfLayer(AccumulatorKind.AssistanceBase, Cases.Day)] = Money.Fen(-1) }),
        Money.Fen(0), useAccount: false));

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
