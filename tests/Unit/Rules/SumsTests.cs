using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class SumsTests
{
    [Theory]
    [InlineData("500.00 CNY", "¥500.00", "500,00_¥")]
    [InlineData("at most 90 % of 6000000.00 CNY, the red warning", "at most 90 % of ¥6,000,000.00, the red warning", "at most 90 % of 6_000_000,00_¥, the red warning")]
    [InlineData("-12.30 CNY; 0.01 CNY", "−¥12.30; ¥0.01", "−12,30_¥; 0,01_¥")]
    [InlineData("1234.50 SEK", "SEK_1,234.50", "1_234,50_kr")]
    [InlineData("7.00 GBP", "£7.00", "7,00_GBP")]
    [InlineData("9999999999999999.99 CNY", "¥9,999,999,999,999,999.99", "9_999_999_999_999_999,99_¥")]
    [InlineData("99999999999999999.99 CNY", "99999999999999999.99 CNY", "99999999999999999.99 CNY")]
    [InlineData("12.3 CNY", "12.3 CNY", "12.3 CNY")]
    [InlineData("12.30 CNYX", "12.30 CNYX", "12.30 CNYX")]
    [InlineData("X12.30 CNY", "X12.30 CNY", "X12.30 CNY")]
    [InlineData("1,012.30 CNY", "1,012.30 CNY", "1,012.30 CNY")]
    [InlineData("12.30 USD", "12.30 USD", "12.30 USD")]
    [InlineData("", "", "")]
    public void InText_Sum_IsAsItsReaderWritesIt(string text, string others, string swedish)
    {
        Assert.Equal(others.Replace('_', '\u00a0'), Sums.InText(Languages.English, text));
        Assert.Equal(others.Replace('_', '\u00a0'), Sums.InText(Languages.Chinese, text));
        Assert.Equal(swedish.Replace('_', '\u00a0'), Sums.InText(Languages.Swedish, text));
    }
}
