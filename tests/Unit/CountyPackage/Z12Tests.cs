using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z12Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z12");

    [Theory, MemberData(nameof(Examples))]
    public void LeadIndicator_Example_IsWhatThePrivateOnesLeave(ExampleRow row) =>
        Assert.Equal(row.Yuan("lead"), CountyPackageRules.LeadIndicator(row.Yuan("P"), row.Yuan("private")).Value);

    [Fact]
    public void LeadIndicator_PrivateAboveThePackage_IsRefused() => Assert.Equal(
        new Fault(Codes.BadAmount, "privateIndicators", "1.01 CNY", "at most 1.00 CNY, the package budget"),
        Assert.Throws<FaultException>(() => CountyPackageRules.LeadIndicator(Money.Fen(100), Money.Fen(101))).Fault);
}
