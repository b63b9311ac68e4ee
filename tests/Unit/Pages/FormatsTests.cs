using EdgeHub.Pages.Speech;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Pages;

/// <summary>Sums, numbers and days as each reader writes them. In the expectations _ stands for the blank that does not break.</summary>
public sealed class FormatsTests
{
    private static readonly WordTable Table = WordTable.Of();

    private static Formats In(string language) => Table.For(language).Formats;

    [Theory]
    [InlineData(Languages.Chinese, 1_234_56, "CNY", "¥1,234.56")]
    [InlineData(Languages.English, 1_234_56, "CNY", "¥1,234.56")]
    [InlineData(Languages.Swedish, 1_234_56, "CNY", "1_234,56_¥")]
    [InlineData(Languages.Swedish, 1_234_56, "SEK", "1_234,56_kr")]
    [InlineData(Languages.English, 1_234_56, "SEK", "SEK_1,234.56")]
    [InlineData(Languages.English, 1_234_56, "GBP", "£1,234.56")]
    [InlineData(Languages.English, -5, "CNY", "−¥0.05")]
    [InlineData(Languages.Swedish, -100_00, "SEK", "−100,00_kr")]
    [InlineData(Languages.Chinese, 0, "CNY", "¥0.00")]
    [InlineData(Languages.English, long.MinValue, "CNY", "−¥92,233,720,368,547,758.08")]
    public void Sum_InEachLanguage(string language, long minorUnits, string currency, string expected) =>
        Assert.Equal(expected.Replace('_', '\u00a0'), In(language).Sum(minorUnits, Currency.Parse(currency)));

    [Theory]
    [InlineData(Languages.English, 0, "0")]
    [InlineData(Languages.English, 999, "999")]
    [InlineData(Languages.English, 1_000, "1,000")]
    [InlineData(Languages.Swedish, 1_234_567, "1_234_567")]
    [InlineData(Languages.Chinese, -12_345, "−12,345")]
    public void Number_InGroupsOfThree(string language, long number, string expected) => Assert.Equal(expected.Replace('_', '\u00a0'), In(language).Number(number));

    [Theory]
    [InlineData(Languages.Chinese, "2025年3月12日", "2025-03-12")]
    [InlineData(Languages.Swedish, "12 mars 2025", "2025-03-12")]
    [InlineData(Languages.English, "12 March 2025", "12 Mar 2025")]
    public void Day_InTheReadersOrder(string language, string expected, string inATable)
    {
        Assert.Equal(expected, In(language).Day(new DateOnly(2025, 3, 12)));
        Assert.Equal(inATable, In(language).ShortDay(new DateOnly(2025, 3, 12)));
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "1 minute")]
    [InlineData(3_599, "59 minutes")]
    [InlineData(3_600, "1 hour")]
    [InlineData(2 * 86_400 - 1, "47 hours")]
    [InlineData(2 * 86_400, "2 days")]
    [InlineData(-5, "0 seconds")]
    public void Span_InTheOneUnitThatSaysEnough(long seconds, string expected) => Assert.Equal(expected, In(Languages.English).Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(Languages.English, "0.6", "60%")]
    [InlineData(Languages.Swedish, "0.125", "12,5_%")]
    public void Percent_OfAShare(string language, string share, string expected) =>
        Assert.Equal(expected.Replace('_', '\u00a0'), In(language).Percent(decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Amount_OfNothing_IsADash() => Assert.Equal("–", In(Languages.English).Amount(0));

    [Fact]
    public void Typed_IsReadBackAsTheSameSum() => Assert.Equal(Money.Fen(1_234_05), Money.Parse(Formats.Typed(1_234_05), Currency.Cny));
}
