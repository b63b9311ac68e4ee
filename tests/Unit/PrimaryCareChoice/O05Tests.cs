using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O05Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O05");

    [Theory, MemberData(nameof(Examples))]
    public void Goal_Example_GivesBonusOrPenalty(ExampleRow row) => Assert.Equal(
        new GoalPayment(row.Yes("reached"), row.Kronor("amount")),
        PrimaryCareChoiceRules.Goal(row.Decimal("value"), row.Decimal("target"), row.Yes("lower is better"), row.Kronor("bonus"), row.Kronor("penalty")).Value);

    [Theory]
    [InlineData(1, -1, 0, "bonus")]
    [InlineData(-1, 0, -1, "penalty")]
    public void Goal_NegativeAmount_IsRefused(int value, long bonus, long penalty, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.Goal(value, 0, false, new Money(bonus, Currency.Sek), new Money(penalty, Currency.Sek))).Fault.Field);
}
