using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z35Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z35");

    [Theory, MemberData(nameof(Examples))]
    public void MattersOf_Member_AreTheDocuments(ExampleRow row) => Assert.Equal(
        row.Yes("handles"), CountyPackageRules.MattersOf(OneStopDesk.Member).Value.Contains(row.Word<OneStopMatter>("matter")));
}
