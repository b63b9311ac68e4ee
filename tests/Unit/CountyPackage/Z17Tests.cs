using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z17Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z17");

    [Theory, MemberData(nameof(Examples))]
    public void MonthlyPayment_Example_DecemberTakesTheResidual(ExampleRow row) => Assert.Equal(row.Yuan("payment"), CountyPackageRules.MonthlyPayment(row.Yuan("indicator"), row.Whole("month")).Value);

    [Theory]
    [InlineData(329712768)]
    [InlineData(100001)]
    [InlineData(7)]
    [InlineData(0)]
    public void MonthlyPayment_TwelveMonths_PayTheCapExactly(long fen) => Assert.Equal(
        fen, Enumerable.Range(1, 12).Sum(month => CountyPackageRules.MonthlyPayment(Money.Fen(fen), month).Value.MinorUnits));

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void MonthlyPayment_NoMonth_IsRefused(int month) => Assert.Equal(
        "month", Assert.Throws<FaultException>(() => CountyPackageRules.MonthlyPayment(Money.Fen(1), month)).Fault.Field);
}
