using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z08Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z08");

    [Theory, MemberData(nameof(Examples))]
    public void ReserveInflows_Example_OddFenStaysWithTheCarry(ExampleRow row)
    {
        var inflow = CountyPackageRules.ReserveInflows(row.Yuan("private surplus"), row.Rate("reserve share"), row.Yuan("deductions"), row.Yuan("city top-up")).Value;
        Assert.Equal((row.Yuan("from surplus"), row.Yuan("total")), (inflow.FromPrivateSurplus, inflow.Total));
    }
}
