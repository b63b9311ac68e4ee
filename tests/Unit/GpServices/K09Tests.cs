using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K09Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K09");

    [Theory, MemberData(nameof(Examples))]
    public void Rate_Example_IsThePrintedFigure(ExampleRow row)
    {
        var rate = GpServicesRules.Rate(row.Count("observed"), row.Count("population"), 100_000, 1, 1.959964m, 0.025m, row.DecimalOrNone("region")).Value;
        Assert.Equal((row.Decimal("rate"), row.Decimal("lower"), row.Decimal("upper")), (rate.Printed.Value, rate.Printed.Lower, rate.Printed.Upper));
        Assert.Equal(row.DecimalOrNone("difference"), rate.DifferenceToRegion);
    }

    [Theory]
    [InlineData(-1, 1, "observed")]
    [InlineData(1, 0, "population")]
    public void Rate_OutOfBounds_IsRefused(long observed, long population, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => GpServicesRules.Rate(observed, population, 100_000, 1, 1.959964m, 0.025m, null)).Fault.Field);

    /// <summary>One person, one event: 100,000 of 100,000.</summary>
    [Fact]
    public void Rate_PopulationOfOne_IsTaken() => Assert.Equal(100_000m, GpServicesRules.Rate(1, 1, 100_000, 1, 1.959964m, 0.025m, null).Value.Printed.Value);
}
