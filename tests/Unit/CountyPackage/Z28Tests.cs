using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z28Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z28");

    [Theory, MemberData(nameof(Examples))]
    public void SplitSurplus_Example_TheOddFenIsCarried(ExampleRow row) => Assert.Equal(
        new SurplusSplit(row.Yuan("carry"), row.Yuan("to reserve")), CountyPackageRules.SplitSurplus(row.Yuan("surplus"), new Rate(0.5m)).Value);
}
