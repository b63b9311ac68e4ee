using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z34Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z34");

    [Theory, MemberData(nameof(Examples))]
    public void MattersOf_LeadHospital_AreTheDocuments(ExampleRow row) => Assert.Equal(
        row.Yes("handles"), CountyPackageRules.MattersOf(OneStopDesk.LeadHospital).Value.Contains(row.Word<OneStopMatter>("matter")));
}
