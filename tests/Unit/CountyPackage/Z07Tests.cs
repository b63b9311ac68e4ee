using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z07Tests
{
    private static readonly ReserveBounds Bounds = new(new Rate(0.01m), new Rate(0.03m), new Rate(0.10m));

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z07");

    [Theory, MemberData(nameof(Examples))]
    public void ReserveExtraction_Example_StopsAtTheCap(ExampleRow row)
    {
        var reserve = CountyPackageRules.ReserveExtraction(row.Yuan("B0"), row.Rate("rate"), row.Yuan("F"), row.Yuan("balance"), Bounds);
        Assert.Equal(new ReserveExtraction(row.Yuan("by rate"), row.Yuan("room"), row.Yuan("extraction")), reserve.Value);
        Assert.Equal(row.Yes("capped"), reserve.Value.IsCapped);
        Assert.Equal(row.Yuan("P"), CountyPackageRules.PackageBudget(row.Yuan("B0"), reserve.Value.Extraction).Value);
    }

    [Theory]
    [InlineData("0.0099999999")]
    [InlineData("0.0300000001")]
    [InlineData("0")]
    [InlineData("-0.02")]
    public void ReserveExtraction_RateOutsideOneToThreePercent_IsRefused(string rate)
    {
        var given = new Rate(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture));
        var fault = Assert.Throws<FaultException>(() => CountyPackageRules.ReserveExtraction(Money.Fen(100), given, Money.Fen(100), Money.Fen(0), Bounds)).Fault;
        Assert.Equal((Codes.BadRate, "reserveRate", "a rate from 1 % to 3 %"), (fault.Code, fault.Field, fault.Expected));
    }

    [Fact]
    public void ReserveExtraction_NegativeBalance_IsRefused() => Assert.Equal(
        "reserveBalance",
        Assert.Throws<FaultException>(() => CountyPackageRules.ReserveExtraction(Money.Fen(100), new Rate(0.02m), Money.Fen(100), Money.Fen(-1), Bounds)).Fault.Field);
}
