using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z06Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z06");

    [Theory, MemberData(nameof(Examples))]
    public void SplitPackage_Example_SumsToThePackage(ExampleRow row)
    {
        var split = CountyPackageRules.SplitPackage(row.Yuan("P"), row.Rate("private share")).Value;
        Assert.Equal(new PackageSplit(row.Yuan("lead"), row.Yuan("private")), split);
        Assert.Equal(row.Yuan("P"), split.Lead + split.PrivatePool);
    }

    [Fact]
    public void SplitPackage_ShareAboveOne_IsRefused() =>
        Assert.Equal(Codes.BadRate, Assert.Throws<FaultException>(() => CountyPackageRules.SplitPackage(Money.Fen(1), new Rate(1.01m))).Fault.Code);
}
