using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class RateTests
{
    [Theory]
    [InlineData("0", "0 %")]
    [InlineData("0.6", "60 %")]
    [InlineData("0.605", "60.5 %")]
    [InlineData("1", "100 %")]
    [InlineData("1.000", "100 %")]
    public void ParseShare_Share_IsKeptExactly(string text, string written)
    {
        var rate = Rate.ParseShare(text, "share");
        Assert.Equal(decimal.Parse(text, CultureInfo.InvariantCulture), rate.Value);
        Assert.Equal(written, rate.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-0.1")]
    [InlineData("1.0001")]
    [InlineData("60%")]
    [InlineData("0,6")]
    [InlineData("0.33333333333333333333333333333333")]
    public void ParseShare_AnythingElse_IsRefusedByName(string? text)
    {
        var fault = Assert.Throws<FaultException>(() => Rate.ParseShare(text, "share")).Fault;
        Assert.Equal((Codes.BadRate, "share", text ?? ""), (fault.Code, fault.Field, fault.Value));
    }

    [Fact]
    public void Percent_AndComparison_Agree()
    {
        Assert.Equal(new Rate(0.605m), Rate.Percent(60.5m));
        Assert.True(Rate.Zero < Rate.One && Rate.One > Rate.Zero && Rate.One >= Rate.Percent(100m) && Rate.Zero <= Rate.Percent(0m) && Rate.One.CompareTo(Rate.Zero) > 0);
    }

    [Theory]
    [InlineData("CNY")]
    [InlineData("SEK")]
    [InlineData("GBP")]
    public void Currency_Known_ParsesAndFormatsBack(string code) => Assert.Equal(code, Currency.Parse(code).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cny")]
    [InlineData("USD")]
    public void Currency_Other_IsRefusedByName(string? code)
    {
        var fault = Assert.Throws<FaultException>(() => Currency.Parse(code)).Fault;
        Assert.Equal((Codes.UnknownCurrency, code ?? ""), (fault.Code, fault.Value));
    }
}
