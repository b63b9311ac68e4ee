using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Where the parts of the benefit begin and end: steps of a bill's sums, open scheme years, offline parameters, tiers, ages and days of a book.</summary>
public sealed class BenefitEndsTests
{
    /// <summary>18.50 of class B at 10 %: 1.85 before, 16.65 eligible; the four sums stand last, each with its article.</summary>
    [Fact]
    public void SplitLines_Sums_AreToldWithTheirArticles()
    {
        var steps = Assert.IsType<SplitOutcome.Divided>(BenefitRules.SplitLines(Cases.Bill(Cases.Line(1, CatalogueClass.B, 18.50m, 1m, share: 0.1m)))).Bill.Steps;
        Assert.Equal(
            [("full self-pay", "B10", "0.00 CNY"), ("over price limit", "B17", "0.00 CNY"), ("pre-self-pay", "B18", "1.85 CNY"), ("eligible amount", "B8", "16.65 CNY")],
            steps.TakeLast(4).Select(step => (step.Name, step.Article.Rule, step.Value)));
    }

    /// <summary>31 March 2026 less 90 days is 31 December 2025: that year is still open; a day later it is not.</summary>
    [Theory]
    [InlineData("2026-03-31", "2025-01-01")]
    [InlineData("2026-04-01", "2026-01-01")]
    public void OpenSince_NinetyDays_AreCountedBack(string today, string since) => Assert.Equal(DateOnly.Parse(since), SchemeYears.OpenSince(DateOnly.Parse(today)));

    [Fact]
    public void OfflineLimits_Ends_AreTaken()
    {
        var types = string.Join(';', Enumerable.Range(0, 20).Select(i => $"{i:0000000000}"));
        var limits = OfflineLimitsReader.Read(
            new Dictionary<string, string> { [OfflineLimitNames.SnapshotWarnDays] = "5", [OfflineLimitNames.SnapshotRefuseDays] = "5", [OfflineLimitNames.UnacknowledgedCount] = "0", [OfflineLimitNames.InpatientVisitTypes] = types }, Currency.Cny);
        Assert.Equal((5, 5, 0, 20), (limits.SnapshotWarnDays, limits.SnapshotRefuseDays, limits.UnacknowledgedCount, limits.InpatientVisitTypes.Count));
    }

    [Theory]
    [InlineData("21;")]
    [InlineData("21;01234567890")]
    [InlineData("0;1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20")]
    public void OfflineLimits_VisitTypesOutOfBounds_AreRefused(string types) => Assert.Equal(
        OfflineLimitNames.InpatientVisitTypes, Refused.Field(() => OfflineLimitsReader.Read(new Dictionary<string, string> { [OfflineLimitNames.InpatientVisitTypes] = types }, Currency.Cny)));

    [Fact]
    public void RateTiers_AsManyAsAllowed_AreTakenAndOneMoreIsRefused()
    {
        var tiers = string.Join(';', Enumerable.Range(1, RateTiers.MaxTiers - 1).Select(i => $"{i * 100}:0.5")) + ";*:0.6";
        Assert.Equal(RateTiers.MaxTiers, RateTiers.Parse(tiers, Currency.Cny, "tiers").All.Count);
        Assert.Equal("tiers", Refused.Field(() => RateTiers.Parse("50:0.5;" + tiers, Currency.Cny, "tiers")));
        var one = RateTiers.Parse("100:0.5;*:0.6", Currency.Cny, "tiers");
        Assert.Equal(one.GetHashCode(), RateTiers.Parse("100.00:0.50;*:0.6", Currency.Cny, "tiers").GetHashCode());
        Assert.NotEqual(one.GetHashCode(), RateTiers.Parse("100:0.5;*:0.7", Currency.Cny, "tiers").GetHashCode());
    }

    [Fact]
    public void RateTiers_BuiltWrongly_NameTheTier()
    {
        Assert.Contains("Tier 2 of", Assert.Throws<ArgumentException>(() => new RateTiers([new(Money.Fen(100), Rate.One), new(Money.Fen(100), Rate.One), new(null, Rate.One)])).Message, StringComparison.Ordinal);
        Assert.Contains("Tier 1 of", Assert.Throws<ArgumentException>(() => new RateTiers([new(null, new Rate(1.1m))])).Message, StringComparison.Ordinal);
    }

    /// <summary>A row's blank columns are not named.</summary>
    [Fact]
    public void Given_PlainRow_NamesNoScopeAndNoReduction() => Assert.Equal(
        [PolicyColumns.DeductibleMode, PolicyColumns.Deductible, PolicyColumns.FundRate], PolicyColumns.Given(Cases.Row(DeductibleMode.Year, 5000, 0.6m)).Keys);

    [Theory]
    [InlineData("530924,,,,,,,5,5,,,,,,0.5,,", "age_to")]
    [InlineData("530924,,,,,,,,0,,,,,,0.5,,", "age_to")]
    [InlineData("530924,,,,,,,,,,2025-03-02,2025-03-01,,,0.5,,", "last")]
    [InlineData("530924,,,,,,,,,,1899-12-31,,,,0.5,,", "first")]
    [InlineData("530924,,,,,,,,,,,3000-01-01,,,0.5,,", "last")]
    public void Read_RowWithWrongEnds_NamesTheColumn(string row, string column) =>
        Assert.EndsWith(column, BookText.Refused(BookText.Of(row)).Faults[0].Field, StringComparison.Ordinal);

    [Fact]
    public void Read_RowOfOneDay_IsTaken() => Assert.Equal(
        DateRange.Inclusive(new DateOnly(2025, 3, 1), new DateOnly(2025, 3, 1)), BookText.Loaded(BookText.Of("530924,,,,,,,5,6,,2025-03-01,2025-03-01,,,0.5,,")).Rows[0].Key.Effective);
}
