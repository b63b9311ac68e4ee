using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>A declared case must match on every day, whatever else it leaves open.</summary>
public sealed class PolicyCoverageTests
{
    private const string Case = """[{"pooling_area":"530924","insurance_type":"390","visit_type":"11","out_of_area":"no","level":"0"}]""";
    private const string AnyLevel = """[{"pooling_area":"530924","insurance_type":"390","visit_type":"11"}]""";
    private const string Gives = "none,,0.6,,";

    [Theory]
    [InlineData("530924,390,11,no,0,,,,,,,")]
    [InlineData("530924,,,,,,,,,,,")]
    [InlineData("530924,390,11,no,0,,,0,60,,,|530924,390,11,no,0,,,60,,,,")]
    [InlineData("530924,390,11,no,0,,,,,,2025-01-01,2025-06-30|530924,390,11,no,0,,,,,,2025-07-01,2025-12-31")]
    public void Read_CaseCovered_Loads(string keys) => Assert.Single(BookText.Loaded(Book(Case, keys)).Covers);

    [Theory]
    [InlineData("530924,390,11,no,1,,,,,,,", "2025-01-01", "2025-12-31")]
    [InlineData("530924,390,11,no,0,,,,,,2025-01-02,", "2025-01-01", "2025-01-01")]
    [InlineData("530924,390,11,no,0,,,,,,2025-01-01,2025-06-29|530924,390,11,no,0,,,,,,2025-07-01,2025-12-31", "2025-06-30", "2025-06-30")]
    [InlineData("530924,390,11,no,0,,,,,,,2025-12-30", "2025-12-31", "2025-12-31")]
    [InlineData("530924,390,11,no,0,,,0,60,,,|530924,390,11,no,0,,,61,,,,", "2025-01-01", "2025-12-31")]
    [InlineData("530924,390,11,no,0,,,,,M01,,", "2025-01-01", "2025-12-31")]
    [InlineData("530924,390,11,no,0,clinic,,,,,,", "2025-01-01", "2025-12-31")]
    public void Read_CaseWithAGap_NamesTheCaseAndTheDays(string keys, string first, string last)
    {
        var fault = Assert.Single(BookText.Refused(Book(Case, keys)).Faults);
        Assert.Equal((Codes.NoPolicy, "covers[1]"), (fault.Code, fault.Field));
        Assert.Contains("pooling_area 530924, insurance_type 390, visit_type 11, out_of_area no, level 0", fault.Value);
        Assert.EndsWith($"none from {first} to {last}", fault.Expected);
    }

    [Fact]
    public void Read_OpenLevelWithOneMissing_NamesTheLevel()
    {
        var keys = string.Join('|', new[] { 0, 1, 3 }.Select(level => $"530924,390,11,,{level},,,,,,,"));
        Assert.Contains("level 2", Assert.Single(BookText.Refused(Book(AnyLevel, keys)).Faults).Value);
        Assert.Single(BookText.Loaded(Book(AnyLevel, keys + "|530924,390,11,,2,,,,,,,")).Covers);
    }

    [Fact]
    public void Read_OpenDiseaseCoveredForOneAge_NamesTheAge()
    {
        var fault = Assert.Single(BookText.Refused(Book(Case, "530924,390,11,no,0,,,,60,,,|530924,390,11,no,0,,,60,,M01,,")).Faults);
        Assert.Contains("disease other, age 60", fault.Value);
    }

    [Fact]
    public void Read_TwoRunsOfMissingDays_AreTwoFaults() => Assert.Equal(
        2, BookText.Refused(Book(Case, "530924,390,11,no,0,,,,,,2025-02-01,2025-03-31|530924,390,11,no,0,,,,,,2025-05-01,")).Faults.Count);

    private static string Book(string covers, string keys) => BookText.With(covers, [.. keys.Split('|').Select(key => $"{key},{Gives}")]);
}
