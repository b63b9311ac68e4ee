using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>The quickstart's book loads, says that it is a sample, and answers for each visit type at each level.</summary>
public sealed class SamplePolicyTests
{
    private static readonly string Text = File.ReadAllText(BookText.Repository("installers/quickstart/data/policy-2025-sample.json"));
    private static readonly PolicyBook Sample = BookText.Loaded(Text);

    [Fact]
    public void Sample_Envelope_SaysThatItIsOne()
    {
        Assert.Equal(("sample", "530924", Currency.Cny), (Sample.Source, Sample.Region, Sample.Currency));
        Assert.Equal(DateRange.Year(2025), Sample.Effective);
        Assert.Equal((14, 14), (Sample.Rows.Count, Sample.Covers.Count));
    }

    [Fact]
    public void Sample_VillageClinic_GivesTheWorkedExample()
    {
        var bill = Cases.Bill(Cases.Line(1, CatalogueClass.A, 50m, 1m), Cases.Line(2, CatalogueClass.B, 18.50m, 1m, share: 0.1m));
        var result = Cases.Computed(BenefitRules.Compute(bill, Sample, AccumulatorState.Empty, Money.Fen(1200), useAccount: true));
        Assert.Equal(new Shares(Money.Fen(3000), Money.Fen(1200), Money.Fen(2650)), result.Shares);
    }

    /// <summary>A first bill of the year of 1,000.00, all eligible.</summary>
    [Theory]
    [InlineData("11", 0, 3000)]
    [InlineData("11", 1, 47000)]
    [InlineData("11", 2, 37600)]
    [InlineData("13", 0, 3000)]
    [InlineData("13", 1, 47000)]
    [InlineData("13", 2, 47000)]
    [InlineData("14", 0, 60000)]
    [InlineData("14", 1, 60000)]
    [InlineData("14", 2, 42000)]
    [InlineData("21", 0, 72000)]
    [InlineData("21", 1, 64000)]
    [InlineData("21", 2, 42000)]
    public void Sample_FirstThousandOfTheYear_FundPays(string visitType, int level, long fundFen)
    {
        var bill = new Bill(Cases.Visit(level: level, visitType: visitType), Cases.Person, [Cases.Line(1, CatalogueClass.A, 1000m, 1m)]);
        var result = Cases.Computed(BenefitRules.Compute(bill, Sample, AccumulatorState.Empty, Money.Fen(0), useAccount: false));
        Assert.Equal(Money.Fen(fundFen), result.Shares.Fund);
    }

    [Fact]
    public void Sample_StayInHospital_LeavesTheOutpatientCapAlone()
    {
        var stay = new Bill(Cases.Visit(level: 2, visitType: "21"), Cases.Person, [Cases.Line(1, CatalogueClass.A, 50_000m, 1m)]);
        var after = AccumulatorState.Empty.With(Cases.Computed(BenefitRules.Compute(stay, Sample, AccumulatorState.Empty, Money.Fen(0), useAccount: false)).Moves);
        var visit = new Bill(Cases.Visit(level: 0), Cases.Person, [Cases.Line(1, CatalogueClass.A, 60m, 1m)]);

        Assert.Equal(Money.Fen(3000), Cases.Computed(BenefitRules.Compute(visit, Sample, after, Money.Fen(0), useAccount: false)).Shares.Fund);
        Assert.Equal(["inpatient"], after.Amounts.Keys.Where(key => key.Kind == AccumulatorKind.FundPay).Select(key => key.Scope));
    }

    /// <summary>A stay of 60,800.00 at a hospital of level 2 out of the county, all eligible, the first of the year there.</summary>
    [Theory]
    // 60000.00: 10000.00 x 0.5 + 50000.00 x 0.6 = 35000.00; own 25800.00: 15800.00 x 0.6 = 9480.00; left 16320.00: 13320.00 x 0.7 = 9324.00
    [InlineData(Referral.Regular, 3_500_000, 948_000, 932_400)]
    // 10000.00 x 0.4 + 50000.00 x 0.5 = 29000.00; own 31800.00: 21800.00 x 0.6 = 13080.00; left 18720.00: 15720.00 x 0.7 = 11004.00
    [InlineData(Referral.Irregular, 2_900_000, 1_308_000, 1_100_400)]
    public void Sample_StayOutOfArea_LayersPayAboveTheFund(Referral referral, long fund, long catastrophic, long assistance)
    {
        var visit = Cases.Visit(level: 2, visitType: "21") with { OutOfArea = true, Referral = referral, Admitted = Cases.Day.AddDays(-20) };
        var shares = Cases.Computed(BenefitRules.Compute(
            new Bill(visit, Cases.Person, [Cases.Line(1, CatalogueClass.A, 60_800m, 1m)]), Sample, AccumulatorState.Empty, Money.Fen(0), useAccount: false)).Shares;
        Assert.Equal(
            new Shares(Money.Fen(fund), Money.Fen(catastrophic), Money.Fen(assistance), Money.Fen(0), Money.Fen(6_080_000 - fund - catastrophic - assistance)), shares);
    }

    [Fact]
    public void Sample_OutpatientOutOfArea_HasNoRow() => Assert.Equal(
        Codes.NoPolicy, Assert.IsType<RowChoice.Refused>(RowChoice.Of(Sample, Cases.Visit() with { OutOfArea = true }, Cases.Person)).Code);

    [Fact]
    public void Sample_WrittenAgain_GivesTheSameRows() => Assert.Equal(Sample.Rows, BookText.Loaded(PolicyBookWriter.Write(Sample)).Rows);
}
