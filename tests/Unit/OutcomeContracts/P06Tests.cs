using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P06Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P06");

    [Theory, MemberData(nameof(Examples))]
    public void Interest_Example_IsSimpleByActualDays(ExampleRow row) => Assert.Equal(
        new PayWithInterest(row.Whole("days"), row.Kronor("interest"), row.Kronor("total")),
        OutcomeContractsRules.Interest(row.Kronor("pay"), row.Rate("yearly"), row.Day("from"), row.Day("paid on")).Value);

    [Fact]
    public void Interest_OutOfBounds_IsRefused()
    {
        var (pay, day) = (new Money(100, Currency.Sek), new DateOnly(2026, 1, 1));
        Assert.Equal("paidOn", P03Tests.Refused(() => OutcomeContractsRules.Interest(pay, Rate.Zero, day, day.AddDays(-1))));
        Assert.Equal("yearly", P03Tests.Refused(() => OutcomeContractsRules.Interest(pay, new Rate(-0.01m), day, day)));
        Assert.Equal("pay", P03Tests.Refused(() => OutcomeContractsRules.Interest(-pay, Rate.Zero, day, day)));
    }
}
