using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z32Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z32");

    [Theory, MemberData(nameof(Examples))]
    public void ClawBack_Example_TheRestIsNextYears(ExampleRow row) => Assert.Equal(
        new Clawback(row.Yuan("now"), row.Yuan("next year")), CountyPackageRules.ClawBack(row.Yuan("amount"), row.Yuan("remaining")).Value);

    [Theory]
    [InlineData(86, 86, true)]
    [InlineData(85, 86, false)]
    public void SupervisionCoverage_OneMissing_DoesNotHold(long supervised, long providers, bool holds) => Assert.Equal(
        holds, CountyPackageRules.SupervisionCoverage(supervised, providers).Value.Holds);

    [Fact]
    public void SupervisionCoverage_OfNobody_IsNone() => Assert.Equal(new RateTest(null, null), CountyPackageRules.SupervisionCoverage(0, 0).Value);
}
