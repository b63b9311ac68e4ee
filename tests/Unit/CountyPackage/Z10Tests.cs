using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z10Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z10");

    [Theory, MemberData(nameof(Examples))]
    public void PrivateIndicators_Example_StayWithinThePool(ExampleRow row)
    {
        var providers = row.YuanList("A").Select((a, i) => new PrivateProvider($"P{i}", a)).ToList();
        var indicators = CountyPackageRules.PrivateIndicators(providers, row.Rate("growth"), row.Yuan("P"), row.Rate("private share")).Value;
        Assert.Equal(row.YuanList("by formula"), indicators.Select(i => i.ByFormula));
        Assert.Equal(row.YuanList("indicators"), indicators.Select(i => i.Indicator));
        Assert.Equal(providers.Select(p => p.Institution), indicators.Select(i => i.Institution));
    }

    [Fact]
    public void PrivateIndicators_ProviderTwice_IsRefused() => Assert.Equal(
        (Codes.Duplicated, "P"),
        Refused(() => CountyPackageRules.PrivateIndicators([new("P", Money.Fen(1)), new("P", Money.Fen(2))], Rate.Zero, Money.Fen(100), Rate.One)));

    [Fact]
    public void IndicatorByFormula_NegativeA_IsRefused() => Assert.Equal(
        (Codes.BadAmount, "-0.01 CNY"), Refused(() => CountyPackageRules.IndicatorByFormula(Money.Fen(-1), Rate.Zero)));

    [Theory]
    [InlineData(-1.01)]
    [InlineData(1.01)]
    public void IndicatorByFormula_GrowthOutOfBounds_IsRefused(decimal growth) => Assert.Equal(
        Codes.BadRate, Refused(() => CountyPackageRules.IndicatorByFormula(Money.Fen(1), new Rate(growth))).Code);

    private static (string Code, string Value) Refused(Func<object> rule)
    {
        var fault = Assert.Throws<FaultException>(rule).Fault;
        return (fault.Code, fault.Value);
    }
}
