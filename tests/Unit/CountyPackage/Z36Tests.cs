using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z36Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z36");

    [Theory, MemberData(nameof(Examples))]
    public void MattersOf_TownshipAgency_AreTheDocuments(ExampleRow row) => Assert.Equal(
        row.Yes("handles"), CountyPackageRules.MattersOf(OneStopDesk.TownshipAgency).Value.Contains(row.Word<OneStopMatter>("matter")));
}
