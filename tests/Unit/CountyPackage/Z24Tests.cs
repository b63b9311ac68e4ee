using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z24Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z24");

    [Theory, MemberData(nameof(Examples))]
    public void ClearYear_Example_FollowsItsCase(ExampleRow row) => Assert.Equal(
        new AnnualClearing(row.Word<ClearingCase>("which"), row.Yuan("pay"), row.Yuan("surplus"), row.Yuan("overrun")),
        CountyPackageRules.ClearYear(row.Yuan("package"), row.Yuan("violations"), row.Yuan("actual")).Value);

    [Theory]
    [InlineData(-1, 0, 0, "package")]
    [InlineData(0, -1, 0, "violations")]
    [InlineData(0, 0, -1, "actual")]
    public void ClearYear_Negative_IsRefused(long package, long violations, long actual, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => CountyPackageRules.ClearYear(Money.Fen(package), Money.Fen(violations), Money.Fen(actual))).Fault.Field);
}
