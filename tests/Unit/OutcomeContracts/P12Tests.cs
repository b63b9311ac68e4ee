using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P12Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P12");

    [Theory, MemberData(nameof(Examples))]
    public void Savings_Example_IsStraightBetweenTheRows(ExampleRow row) =>
        Assert.Equal(P11Tests.Amounts(row, ""), OutcomeContractsRules.Savings(row.Rate("attainment"), SavingsTable.Shipped).Value);

    [Theory]
    [InlineData("0.2999")]
    [InlineData("1.0001")]
    public void Savings_OutsideTheTable_HasNoFigure(string attainment) => Assert.Equal(
        "attainment",
        P03Tests.Refused(() => OutcomeContractsRules.Savings(new Rate(decimal.Parse(attainment, System.Globalization.CultureInfo.InvariantCulture)), SavingsTable.Shipped)));
}
