using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z37Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z37");

    [Theory, MemberData(nameof(Examples))]
    public void SettleAway_Example_OnTheSpotWherePossible(ExampleRow row) => Assert.Equal(
        row.Word<AwaySettlement>("settlement"), CountyPackageRules.SettleAway(row.Word<AwayReason>("reason"), row.Yes("instant")).Value);
}
