using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z14Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z14");

    [Theory, MemberData(nameof(Examples))]
    public void FourthQuarterMonth_Example_IsCappedAtWhatTheYearHasLeft(ExampleRow row) => Assert.Equal(row.Yuan("payment"), CountyPackageRules.FourthQuarterMonth(
        row.Yuan("audited"), row.Yuan("package"), row.Yuan("out of county"), row.Yuan("violations"), row.Yuan("paid")).Value);

    [Fact]
    public void PaymentCycle_OfAYear_HasTheDocumentsMonths()
    {
        var cycle = CountyPackageRules.PaymentCycle(2025, new DateOnly(2025, 7, 31)).Value;
        Assert.Equal(
            ["QuarterPrepayment 1 2025-01-01 2025-01-31", "QuarterPrepayment 2 2025-04-01 2025-04-30", "QuarterPrepayment 3 2025-07-01 2025-07-31",
                "HalfYearClearing 6 2025-07-01 2025-07-31", "MonthlySettlement 10 2025-10-01 2025-10-31", "MonthlySettlement 11 2025-11-01 2025-11-30",
                "MonthlySettlement 12 2025-12-01 2025-12-31", "AnnualRemainder 12 2026-01-01 2026-01-31"],
            cycle.Select(due => $"{due.Step} {due.Period} {due.From:yyyy-MM-dd} {due.Through:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("2025-06-30")]
    [InlineData("2026-07-31")]
    public void PaymentCycle_HalfYearOutsideTheSecondHalf_IsRefused(string day) => Assert.Equal(
        "halfYearClearing", Assert.Throws<FaultException>(() => CountyPackageRules.PaymentCycle(2025, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))).Fault.Field);
}
