using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C27Tests
{
    private static readonly MonitoringLimits Limits = new(new Rate(0.30m), new Rate(0.05m), new Rate(0.50m));

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C27");

    [Theory, MemberData(nameof(Examples))]
    public void Monitor_Example_WarnsFromTheLimitOn(ExampleRow row) => Assert.Equal(
        row.Words("warnings"),
        CrossRegionRules.Monitor(
            new BusinessFigures(row.Count("volume"), row.Count("failures"), row.Decimal("seconds")),
            new BusinessFigures(row.Count("volume before"), row.Count("failures before"), row.Decimal("seconds before")), Limits).Value.Select(each => each.ToString()));

    [Fact]
    public void Monitor_MoreFailuresThanBusiness_IsRefused() => Assert.Equal(
        "failures", Assert.Throws<FaultException>(() => CrossRegionRules.Monitor(new(1, 2, 1m), new(1, 0, 1m), Limits)).Fault.Field);

    [Fact]
    public void MissingInReport_SomeGiven_NamesTheRest() => Assert.Equal(
        [FailureReportPart.Scope, FailureReportPart.Measures],
        CrossRegionRules.MissingInReport([FailureReportPart.Trend, FailureReportPart.Phenomenon]).Value);

    /// <summary>Nothing then and nothing now is no drop and no interruption; something now and nothing before neither.</summary>
    [Fact]
    public void Monitor_NothingBefore_WarnsOfNoDrop()
    {
        Assert.Empty(CrossRegionRules.Monitor(new(0, 0, 0m), new(0, 0, 0m), Limits).Value);
        Assert.Empty(CrossRegionRules.Monitor(new(5, 0, 1m), new(0, 0, 0m), Limits).Value);
    }
}
