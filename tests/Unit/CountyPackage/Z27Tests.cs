using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z27Tests
{
    private static readonly ClearingIndicatorTerms Terms =
        ClearingIndicatorTerms.From(SchemeParameters.Shipped(CountyPackageScheme.Name).On(new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 1)));

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z27");

    [Theory, MemberData(nameof(Examples))]
    public void DeductByIndicators_Example_WholePoints(ExampleRow row)
    {
        var made = CountyPackageRules.DeductByIndicators(
            row.Yuan("quota"),
            new ClearingFindings(
                row.DecimalOrNone("satisfaction"), row.Whole("refusals"), row.Word<HospitalLevel>("level"), row.Yuan("out of catalogue"), row.Yuan("inpatient"),
                row.Whole("not reimbursed"), row.Whole("split")),
            Terms).Value;
        Assert.Equal((row.Rate("total"), row.Yuan("deducted"), row.Yuan("adjusted")), (made.Total, made.Deducted, made.Adjusted));
        Assert.Equal(row["satisfaction"].Length == 0, made.SatisfactionMissing);
        Assert.Equal(row.Yuan("quota"), made.Deducted + made.Adjusted);
    }

    [Theory]
    [InlineData(10000, true)]
    [InlineData(9999, false)]
    public void CountsAsNotReimbursed_HundredYuan_Counts(long fen, bool counts) => Assert.Equal(
        counts, CountyPackageRules.CountsAsNotReimbursed(Money.Fen(fen), Money.Fen(10000)).Value);

    [Fact]
    public void DeductByIndicators_MoreOutsideThanCost_IsRefused() => Assert.Equal(
        "outOfCatalogue", Assert.Throws<FaultException>(() => CountyPackageRules.DeductByIndicators(
            Money.Fen(1), new ClearingFindings(90m, 0, HospitalLevel.One, Money.Fen(2), Money.Fen(1), 0, 0), Terms)).Fault.Field);

    [Theory]
    [InlineData("quota", -1, 0, 1)]
    [InlineData("outOfCatalogue", 1, -1, 1)]
    [InlineData("inpatient", 1, 0, -1)]
    public void DeductByIndicators_Negative_IsRefused(string field, long quota, long outside, long inpatient) => Assert.Equal(field, Refused.Field(() => CountyPackageRules.DeductByIndicators(
        Money.Fen(quota), new ClearingFindings(90m, 0, HospitalLevel.One, Money.Fen(outside), Money.Fen(inpatient), 0, 0), Terms)));
}
