using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P02Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P02");

    public static TheoryData<ExampleRow> Times => ExampleTable.Of("P02-time");

    [Theory, MemberData(nameof(Examples))]
    public void IsIncluded_Example_TakesBothEnds(ExampleRow row) => Assert.Equal(row.Yes("included"), OutcomeContractsRules.IsIncluded(row.Decimal("HbA1c"), 42, 47).Value);

    [Theory, MemberData(nameof(Times))]
    public void EvaluateBy_Example_IsTwoYearsOn(ExampleRow row) => Assert.Equal(row.Day("by"), OutcomeContractsRules.EvaluateBy(row.Day("enrolled"), 2).Value);
}
