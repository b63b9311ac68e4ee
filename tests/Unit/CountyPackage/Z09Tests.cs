using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z09Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z09");

    [Theory, MemberData(nameof(Examples))]
    public void PlanMayGo_Example_FollowsTheOrder(ExampleRow row) =>
        Assert.Equal(row.Yes("may"), CountyPackageRules.PlanMayGo(row.Word<PlanState>("from"), row.Word<PlanState>("to")).Value);

    [Fact]
    public void PlanDue_OfAYear_IsTheLastDayOfJanuary() =>
        Assert.Equal(new DateOnly(2025, 1, 31), CountyPackageRules.PlanDue(2025).Value);
}
