using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>The columns that a policy book may have beside the first ones: each read, written again, and each bad value named.</summary>
public sealed class PolicyTermsTests
{
    private const string All =
        "deductible_mode=institution_year deductible=200.00 tiers=5000:0.6;20000.5:0.7;*:0.8 daily_cap=30.00 annual_cap=9000.00 scope=inpatient "
        + "visit_cap=300.00 month_cap=0.00 quarter_cap=900.00 institution_year_cap=2000.00 disease_cap=1000.00 referral_reduction=0.1 "
        + "catastrophic_threshold=10000.00 catastrophic_tiers=50000:0.6;*:0.7 catastrophic_cap=300000.00 "
        + "assistance_threshold=0.00 assistance_rate=0.7 assistance_cap=50000.00";

    [Fact]
    public void Read_EveryColumn_GivesWhatItSays()
    {
        var row = Assert.Single(BookText.Loaded(BookText.Giving(All)).Rows);
        Assert.Equal(
            new PolicyRow(1, Cases.Key(), DeductibleMode.InstitutionYear, Money.Fen(20_000), new Rate(0.6m), Money.Fen(3000), Money.Fen(900_000))
            {
                Scope = "inpatient",
                Caps = new SpanCaps(Money.Fen(30_000), Money.Fen(0), Money.Fen(90_000), Money.Fen(200_000)),
                DiseaseCap = Money.Fen(100_000),
                Tiers = new RateTiers(
                    new RateTier(Money.Fen(500_000), new Rate(0.6m)), new RateTier(Money.Fen(2_000_050), new Rate(0.7m)), new RateTier(null, new Rate(0.8m))),
                ReferralReduction = new Rate(0.1m),
                Catastrophic = new CatastrophicTerms(
                    Money.Fen(1_000_000), new RateTiers(new RateTier(Money.Fen(5_000_000), new Rate(0.6m)), new RateTier(null, new Rate(0.7m))), Money.Fen(30_000_000)),
                Assistance = new AssistanceTerms(Money.Fen(0), new Rate(0.7m), Money.Fen(5_000_000)),
            },
            row);
    }

    [Theory]
    [InlineData(All)]
    [InlineData("fund_rate=0.6")]
    [InlineData("deductible_mode=none fund_rate=0.123456 catastrophic_threshold=0.00 catastrophic_tiers=*:1")]
    [InlineData("deductible_mode=visit deductible=0.01 tiers=*:0 assistance_threshold=1.00 assistance_rate=0")]
    [InlineData("deductible_mode=quarter deductible=100.00 fund_rate=1 quarter_cap=1.00")]
    [InlineData("deductible_mode=month deductible=100.00 fund_rate=1 month_cap=1.00 referral_reduction=1")]
    [InlineData("deductible_mode=year deductible=100.00 fund_rate=1 visit_cap=1.00 disease_cap=0.00")]
    public void Read_WhatWasWritten_IsTheSameRow(string cells)
    {
        var book = BookText.Loaded(BookText.Giving(cells));
        Assert.Equal(book.Rows, BookText.Loaded(PolicyBookWriter.Write(book)).Rows);
    }

    [Fact]
    public void Read_ABookWithoutTheColumns_HasNothingOfThem()
    {
        var row = Assert.Single(BookText.Loaded(BookText.Of("530924,390,11,no,0,,,,,,,,none,,0.6,30.00,")).Rows);
        Assert.Equal((SpanCaps.None, null, null, Rate.Zero), (row.Caps, row.DiseaseCap, row.Tiers, row.ReferralReduction));
        Assert.Equal((null, null, AccumulatorKey.Everywhere), (row.Catastrophic, row.Assistance, row.Scope));
    }

    /// <summary>What a row gives, column of the one fault, its code.</summary>
    [Theory]
    [InlineData("fund_rate=0.6 deductible_mode=week", "deductible_mode", Codes.UnknownCode)]
    [InlineData("fund_rate=0.6 deductible_mode=Month", "deductible_mode", Codes.UnknownCode)]
    [InlineData("fund_rate=0.6 deductible_mode=quarter", "deductible", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 deductible_mode=institution_year deductible=0.00", "deductible", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 visit_cap=-0.01", "visit_cap", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 month_cap=1.001", "month_cap", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 quarter_cap=x", "quarter_cap", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 institution_year_cap=99999999999999", "institution_year_cap", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 disease_cap=1e3", "disease_cap", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 tiers=*:0.5", "fund_rate", Codes.BadRate)]
    [InlineData("", "fund_rate", Codes.BadRate)]
    [InlineData("tiers=5000:0.6", "tiers", Codes.BadRate)]
    [InlineData("tiers=*:0.6;5000:0.7", "tiers", Codes.BadRate)]
    [InlineData("tiers=*:0.6;*:0.7", "tiers", Codes.BadRate)]
    [InlineData("tiers=5000:0.6;5000:0.7;*:0.8", "tiers", Codes.BadRate)]
    [InlineData("tiers=5000:0.6;4999.99:0.7;*:0.8", "tiers", Codes.BadRate)]
    [InlineData("tiers=0:0.6;*:0.8", "tiers", Codes.BadRate)]
    [InlineData("tiers=-5:0.6;*:0.8", "tiers", Codes.BadRate)]
    [InlineData("tiers=5000:0.6:1;*:0.8", "tiers", Codes.BadRate)]
    [InlineData("tiers=5000:0.6;", "tiers", Codes.BadRate)]
    [InlineData("tiers=5000:1.01;*:0.8", "tiers", Codes.BadRate)]
    [InlineData("tiers=5000:0.1234567;*:0.8", "tiers", Codes.BadRate)]
    [InlineData("tiers=5000.001:0.6;*:0.8", "tiers", Codes.BadAmount)]
    [InlineData("tiers=1:1;2:1;3:1;4:1;5:1;6:1;7:1;8:1;9:1;10:1;11:1;12:1;13:1;14:1;15:1;16:1;17:1;18:1;19:1;20:1;*:1", "tiers", Codes.BadRate)]
    [InlineData("fund_rate=0.6 referral_reduction=1.1", "referral_reduction", Codes.BadRate)]
    [InlineData("fund_rate=0.6 referral_reduction=10", "referral_reduction", Codes.BadRate)]
    [InlineData("fund_rate=0.6 catastrophic_tiers=*:0.6", "catastrophic_threshold", Codes.Missing)]
    [InlineData("fund_rate=0.6 catastrophic_cap=100.00", "catastrophic_threshold", Codes.Missing)]
    [InlineData("fund_rate=0.6 catastrophic_threshold=100.00", "catastrophic_tiers", Codes.Missing)]
    [InlineData("fund_rate=0.6 catastrophic_threshold=-1 catastrophic_tiers=*:0.6", "catastrophic_threshold", Codes.BadAmount)]
    [InlineData("fund_rate=0.6 catastrophic_threshold=1 catastrophic_tiers=60%", "catastrophic_tiers", Codes.BadRate)]
    [InlineData("fund_rate=0.6 assistance_rate=0.5", "assistance_threshold", Codes.Missing)]
    [InlineData("fund_rate=0.6 assistance_threshold=0.00 assistance_cap=5", "assistance_rate", Codes.Missing)]
    [InlineData("fund_rate=0.6 assistance_threshold=0.00 assistance_rate=2", "assistance_rate", Codes.BadRate)]
    [InlineData("fund_rate=0.6 scope=disease:M01", "scope", Codes.BadCharacter)]
    [InlineData("fund_rate=0.6 scope=institution:A", "scope", Codes.BadCharacter)]
    public void Read_BadCell_IsNamedByRowAndColumn(string cells, string column, string code)
    {
        var fault = Assert.Single(BookText.Refused(BookText.Giving(cells)).Faults);
        Assert.Equal((code, $"rows[1].{column}"), (fault.Code, fault.Field));
        Assert.True(Expectations.Knows(fault.Expected), fault.Expected);
    }

    [Fact]
    public void Read_RowsThatDifferOnlyInWhatTheyGive_OverlapAsBefore()
    {
        var book = BookText.Giving("fund_rate=0.6 month_cap=10.00");
        var row = book[book.LastIndexOf("\"530924", StringComparison.Ordinal)..book.LastIndexOf(']')];
        Assert.Equal(Codes.PolicyConflict, BookText.Refused(book.Replace(row, $"{row},{row.Replace("10.00", "20.00", StringComparison.Ordinal)}", StringComparison.Ordinal)).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    public void Tiers_OfNoneOrTooMany_Throw(int count) => Assert.Throws<ArgumentException>(() => new RateTiers(
        [.. Enumerable.Range(1, count).Select(i => new RateTier(i == count ? null : Money.Fen(i), Rate.One))]));

    [Fact]
    public void Tiers_OutOfOrderOrBounds_Throw()
    {
        Assert.Throws<ArgumentException>(() => new RateTiers(new RateTier(Money.Fen(5), Rate.One)));
        Assert.Throws<ArgumentException>(() => new RateTiers(new RateTier(null, Rate.One), new RateTier(null, Rate.One)));
        Assert.Throws<ArgumentException>(() => new RateTiers(new RateTier(Money.Fen(5), Rate.One), new RateTier(Money.Fen(5), Rate.One), new RateTier(null, Rate.One)));
        Assert.Throws<ArgumentException>(() => new RateTiers(new RateTier(null, new Rate(1.01m))));
        Assert.Throws<ArgumentException>(() => new RateTiers(new RateTier(null, new Rate(-0.01m))));
    }

    [Fact]
    public void Tiers_Equal_ByTheirTiers()
    {
        var one = RateTiers.Parse("5000:0.6;*:0.80", Currency.Cny, "tiers");
        var other = RateTiers.Parse("5000.00:0.60;*:0.8", Currency.Cny, "tiers");
        Assert.True(one == other && one.GetHashCode() == other.GetHashCode());
        Assert.False(one == RateTiers.Parse("5000:0.6;*:0.81", Currency.Cny, "tiers"));
        Assert.Equal("5000.00:0.6;*:0.8", one.ToString());
    }
}
