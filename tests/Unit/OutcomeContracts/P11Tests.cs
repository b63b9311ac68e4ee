using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P11Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P11");

    public static TheoryData<ExampleRow> Delays => ExampleTable.Of("P11-delay");

    [Theory, MemberData(nameof(Examples))]
    public void YearlyCost_Example_KeepsThePrintedFigureBeside(ExampleRow row)
    {
        var printed = new SocietyAmounts(new Money(1, Currency.Sek), new Money(2, Currency.Sek), new Money(3, Currency.Sek));
        var cost = OutcomeContractsRules.YearlyCost(row.Count("at risk"), row.Rate("yearly risk"), Amounts(row, ""), printed).Value;
        Assert.Equal(new ReferenceCost(row.Count("cases"), Amounts(row, "total "), printed), cost);
    }

    [Theory, MemberData(nameof(Delays))]
    public void SavedByDelay_Example_IsPerPerson(ExampleRow row) => Assert.Equal(row.Kronor("total"), OutcomeContractsRules.SavedByDelay(row.Count("persons"), Amounts(row, "")).Value.Total);

    [Fact]
    public void SavedByDelay_Negative_IsRefused() =>
        Assert.Equal("persons", P03Tests.Refused(() => OutcomeContractsRules.SavedByDelay(-1, new SocietyAmounts(Money.Zero(Currency.Sek), Money.Zero(Currency.Sek), Money.Zero(Currency.Sek)))));

    internal static SocietyAmounts Amounts(ExampleRow row, string prefix) =>
        new(row.Kronor(prefix + "direct"), row.Kronor(prefix + "indirect"), row.Kronor(prefix + "social insurance"));
}
