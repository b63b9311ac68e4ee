using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z03Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z03");

    [Theory, MemberData(nameof(Examples))]
    public void ChargeOf_PrivateProvider_IsItsOwnIndicator(ExampleRow row) => Z02Tests.Holds(row, CountyPackageArticles.Z03);
}
