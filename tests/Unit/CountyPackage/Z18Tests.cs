using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z18Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z18");

    [Theory, MemberData(nameof(Examples))]
    public void ChargeOutOfCounty_Example_AllIsThePackages(ExampleRow row) => Assert.Equal(
        new OutOfCountyCharge(row.Yuan("charged"), row.Yuan("left of reserve"), row.Yuan("beyond reserve")),
        CountyPackageRules.ChargeOutOfCounty(row.Yuan("settled by the city"), row.Yuan("kept for it")).Value);
}
