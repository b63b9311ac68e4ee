using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z04Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z04");

    [Theory, MemberData(nameof(Examples))]
    public void OnIndicator_Example_IsThePoolFundAlone(ExampleRow row) => Assert.Equal(
        row.Yuan("on indicator"),
        CountyPackageRules.OnIndicator(row.Yuan("pool"), row.Yuan("catastrophic"), row.Yuan("assistance"), row.Yuan("safety net")).Value);
}
