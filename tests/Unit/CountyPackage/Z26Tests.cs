using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z26Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z26");

    [Theory, MemberData(nameof(Examples))]
    public void ShareOverrun_Example_CityThreeCountySeven(ExampleRow row) => Assert.Equal(
        new ReserveShare(row.Yuan("city"), row.Yuan("county")), CountyPackageRules.ShareOverrun(row.Yuan("overrun"), 3, 7).Value);

    [Theory]
    [InlineData(13695, 12500, "8.73", true)] // (136.95 - 125) / 136.95 = 8.7258…
    [InlineData(1000, 900, "10.00", true)] // the limit itself holds
    [InlineData(100000, 89999, "10.00", false)] // 10.001 % prints as 10.00 and does not hold
    [InlineData(100, 120, "-20.00", true)] // spent more than there was: no surplus
    public void SurplusRate_AgainstTenPerCent_IsTestedUnrounded(long funding, long spent, string percent, bool holds) => Assert.Equal(
        new RateTest(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture), holds),
        CountyPackageRules.SurplusRate(Money.Fen(funding), Money.Fen(spent), new Rate(0.1m)).Value);

    [Fact]
    public void SurplusRate_OfNothing_IsNone() => Assert.Equal(
        new RateTest(null, null), CountyPackageRules.SurplusRate(Money.Fen(0), Money.Fen(0), new Rate(0.1m)).Value);

    [Fact]
    public void ShareOverrun_NoWeights_IsRefused() => Assert.Equal(
        "countyWeight", Assert.Throws<FaultException>(() => CountyPackageRules.ShareOverrun(Money.Fen(1), 0, 0)).Fault.Field);

    [Fact]
    public void ShareOverrun_EqualWeights_AreHalves() => Assert.Equal(new ReserveShare(Money.Fen(5), Money.Fen(5)), CountyPackageRules.ShareOverrun(Money.Fen(10), 1, 1).Value);

    [Theory]
    [InlineData("overrun", -1, 3, 7)]
    [InlineData("cityWeight", 1, -3, 7)]
    [InlineData("countyWeight", 1, 3, -7)]
    public void ShareOverrun_Negative_IsRefused(string field, long overrun, int city, int county) =>
        Assert.Equal(field, Refused.Field(() => CountyPackageRules.ShareOverrun(Money.Fen(overrun), city, county)));
}
