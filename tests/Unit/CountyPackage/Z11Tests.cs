using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z11Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z11");

    [Theory, MemberData(nameof(Examples))]
    public void IncreaseForNewTechnology_Example_CountsFromNextYear(ExampleRow row) => Assert.Equal(
        new IndicatorIncrease(row.Yuan("increase"), (int)row.Count("from year"), row.Yes("above")),
        CountyPackageRules.IncreaseForNewTechnology(row.Yuan("increase"), (int)row.Count("year"), row.Yuan("P"), row.Rate("limit")).Value);
}
