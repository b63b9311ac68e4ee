using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K11Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K11");

    [Theory, MemberData(nameof(Examples))]
    public void Telephony_Example_IsComparedByItsOperator(ExampleRow row) => Assert.Equal(
        new GoalTest(row.Yes("reached"), row.DecimalOrNone("percent")),
        GpServicesRules.Telephony(row.Count("practices"), row.Count("all"), row.Word<GoalOperator>("operator"), row.Rate("goal")).Value);

    /// <summary>The goal is a share of the whole: 8 of 10 is not above 0.9 x 10 = 9, 10 of 10 is.</summary>
    [Theory]
    [InlineData(8, false)]
    [InlineData(10, true)]
    public void Telephony_AboveAShare_IsOfTheWhole(long practices, bool reached) =>
        Assert.Equal(reached, GpServicesRules.Telephony(practices, 10, GoalOperator.Above, new EdgeHub.Rules.Rate(0.9m)).Value.IsReached);

    /// <summary>9 of 10 is 90 %: equal to the goal, and 10 / 0.9 = 11.1 is nobody's.</summary>
    [Fact]
    public void Telephony_EqualToAShare_IsReached() => Assert.True(GpServicesRules.Telephony(9, 10, GoalOperator.Equal, new EdgeHub.Rules.Rate(0.9m)).Value.IsReached);
}
