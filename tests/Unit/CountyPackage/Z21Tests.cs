using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z21Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z21");

    [Theory, MemberData(nameof(Examples))]
    public void ClearingDue_Example_IsTheEndOfJanuary(ExampleRow row) => Assert.Equal(row.Day("due"), CountyPackageRules.ClearingDue(row.Whole("year")).Value);
}
