using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z20Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z20");

    [Theory, MemberData(nameof(Examples))]
    public void PackageAfterReimbursements_Example_IsLess(ExampleRow row) => Assert.Equal(row.Yuan("left"), CountyPackageRules.PackageAfterReimbursements(row.Yuan("package"), row.Yuan("reimbursed")).Value);
}
