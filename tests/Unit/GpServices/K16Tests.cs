using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K16Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K16");

    [Theory, MemberData(nameof(Examples))]
    public void Qof_Example_ProtectsTheSuspended(ExampleRow row) => Assert.Equal(
        new QofPoints(row.Whole("suspended"), row.Whole("measured"), row.Decimal("points")), GpServicesRules.Qof([.. row.Words("indicators").Select(Indicator)]).Value);

    [Fact]
    public void Qof_ThirtyTwoOfSeventySix_LeavesFortyFour()
    {
        var points = GpServicesRules.Qof([.. Enumerable.Range(0, 76).Select(i => new QofIndicator($"I{i}", i < 32, 1m, 2m))]).Value;
        Assert.Equal(new QofPoints(32, 44, 108m), points);
        Assert.Equal("indicator", Assert.Throws<FaultException>(() => GpServicesRules.Qof([new("A", true, 0, 0), new("A", false, 0, 0)])).Fault.Field);
    }

    private static QofIndicator Indicator(string text, int i)
    {
        var parts = text.Split(':');
        return new QofIndicator($"I{i}", parts[0] == "yes", decimal.Parse(parts[1], CultureInfo.InvariantCulture), decimal.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
