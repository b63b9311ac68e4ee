using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C20Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C20");

    [Theory, MemberData(nameof(Examples))]
    public void CycleOfUpload_Example_TakesTheTwentyFirstIn(ExampleRow row) =>
        Assert.Equal(row.Month("cycle"), CrossRegionRules.CycleOfUpload(row.Day("uploaded"), 21, row.MonthOrNone("cleared through")).Value);
}
