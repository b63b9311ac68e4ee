using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C11Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C11");

    public static TheoryData<ExampleRow> Categories => ExampleTable.Of("C11-categories");

    [Theory, MemberData(nameof(Examples))]
    public void SettleDischarge_Example_GivesFundAndPatient(ExampleRow row)
    {
        var eligible = CrossRegionRules.EligibleAmount(row.Yuan("total"), row.Yuan("full self-pay"), row.Yuan("over limit"), row.Yuan("pre-self-pay"));
        var bill = CrossRegionRules.SettleDischarge(row.Yuan("total"), eligible.Value, new InsuredPlaceTerms(row.Yuan("deductible"), row.Rate("rate"), row.YuanOrNone("cap left"))).Value;
        Assert.Equal((row.Yuan("eligible"), row.Yuan("fund"), row.Yuan("patient")), (eligible.Value, bill.Fund, bill.Patient));
        Assert.Equal(bill.Total, bill.Fund + bill.Patient);
    }

    [Theory, MemberData(nameof(Categories))]
    public void CategoryTotals_Example_SumByCategory(ExampleRow row)
    {
        var totals = CrossRegionRules.CategoryTotals([.. row.Words("lines").Select(Line)]).Value;
        Assert.Equal(row.Words("totals").Select(Line), totals);
    }

    [Theory]
    [InlineData(-1, 0, 0, 0, "total")]
    [InlineData(100, -1, 0, 0, "fullSelfPay")]
    [InlineData(100, 0, -1, 0, "overPriceLimit")]
    [InlineData(100, 0, 0, -1, "preSelfPay")]
    [InlineData(100, 50, 50, 1, "fullSelfPay")]
    public void EligibleAmount_NegativeOrAboveTheTotal_IsRefused(long total, long full, long over, long pre, string field) => Assert.Equal(
        field, Assert.Throws<FaultException>(() => CrossRegionRules.EligibleAmount(Money.Fen(total), Money.Fen(full), Money.Fen(over), Money.Fen(pre))).Fault.Field);

    [Theory]
    [InlineData(101, 0, "0.6", 0, "eligible")]
    [InlineData(-1, 0, "0.6", 0, "eligible")]
    [InlineData(100, -1, "0.6", 0, "deductible")]
    [InlineData(100, 0, "1.01", 0, "reimbursementRate")]
    [InlineData(100, 0, "0.6", -1, "capLeft")]
    public void SettleDischarge_OutOfBounds_IsRefused(long eligible, long deductible, string rate, long cap, string field)
    {
        var terms = new InsuredPlaceTerms(Money.Fen(deductible), new Rate(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)), Money.Fen(cap));
        Assert.Equal(field, Assert.Throws<FaultException>(() => CrossRegionRules.SettleDischarge(Money.Fen(100), Money.Fen(eligible), terms)).Fault.Field);
    }

    [Fact]
    public void CategoryTotals_NoLines_IsRefused() => Assert.Equal(Codes.Missing, Assert.Throws<FaultException>(() => CrossRegionRules.CategoryTotals([])).Fault.Code);

    private static CategoryLine Line(string text) =>
        new(Enum.Parse<ExpenseCategory>(text.Split(':')[0]), Money.Parse(text.Split(':')[1], Currency.Cny));
}
