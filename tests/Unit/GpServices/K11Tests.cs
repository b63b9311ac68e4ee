using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K11Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K11");

    [Theory, MemberData(nameof(Examples))]
    public void Telephony_Example_IsComparedByItsOperator(ExampleRow row) => Assert.Equal(
        new GoalTest(row.Yes("reached"), row.DecimalOrNone("percent")),
        GpServicesRules.Telephony(row.Count("practices"), row.Count("all"), row.Word<GoalOperator>("operator"), row.Rate("goal")).Value);
}
