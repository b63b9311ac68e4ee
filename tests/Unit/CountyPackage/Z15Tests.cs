using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z15Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z15");

    [Theory, MemberData(nameof(Examples))]
    public void Prepayment_Example_IsRoundedOnce(ExampleRow row) => Assert.Equal(row.Yuan("amount"), CountyPackageRules.Prepayment(
        new PrepaymentCase(row.Yuan("package"), row.Yuan("out of county"), row.Yuan("violations"), row.Whole("quarter"), row.Yuan("prepaid")),
        row.Rate("share"), row.Word<PrepaymentBasis>("basis")).Value);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Prepayment_FourthQuarter_IsRefused(int quarter) => Assert.Equal("quarter", Assert.Throws<FaultException>(() => CountyPackageRules.Prepayment(
        new PrepaymentCase(Money.Fen(100), Money.Fen(0), Money.Fen(0), quarter, Money.Fen(0)), new Rate(0.85m), PrepaymentBasis.QuarterShare)).Fault.Field);

    [Theory]
    [InlineData("package", -1, 0, 0, 0, "0.85")]
    [InlineData("outOfCounty", 100, -1, 0, 0, "0.85")]
    [InlineData("violations", 100, 0, -1, 0, "0.85")]
    [InlineData("prepaid", 100, 0, 0, -1, "0.85")]
    [InlineData("share", 100, 0, 0, 0, "-0.01")]
    [InlineData("share", 100, 0, 0, 0, "1.01")]
    public void Prepayment_NegativeOrAboveTheWhole_IsRefused(string field, long package, long outOfCounty, long violations, long prepaid, string share) => Assert.Equal(field, Refused.Field(() => CountyPackageRules.Prepayment(
        new PrepaymentCase(Money.Fen(package), Money.Fen(outOfCounty), Money.Fen(violations), 1, Money.Fen(prepaid)),
        new Rate(decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture)), PrepaymentBasis.Cumulative)));
}
