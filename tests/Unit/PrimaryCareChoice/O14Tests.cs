using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O14Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O14");

    [Theory, MemberData(nameof(Examples))]
    public void ChangeSinceYearBefore_Example_NeedsABaseline(ExampleRow row) => Assert.Equal(
        row.DecimalOrNone("change"),
        PrimaryCareChoiceRules.ChangeSinceYearBefore(row.Whole("year"), row.DecimalOrNone("value"), row.DecimalOrNone("year before"), 2021).Value);
}
