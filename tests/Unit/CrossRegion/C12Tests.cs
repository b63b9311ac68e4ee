using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C12Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C12");

    public static TheoryData<ExampleRow> Clearings => ExampleTable.Of("C12-clearing");

    [Theory, MemberData(nameof(Examples))]
    public void DetailsUpload_Example_CountsCalendarDays(ExampleRow row) => Assert.Equal(
        new Timeliness<DateOnly>(row.Day("due"), row.Count("late")),
        CrossRegionRules.DetailsUpload(row.Day("settled"), row.Day("uploaded"), row.Whole("days")).Value);

    [Theory, MemberData(nameof(Clearings))]
    public void FundInClearing_Example_IsNothingWhereThePatientPaidAll(ExampleRow row) => Assert.Equal(
        row.Yuan("in clearing"), CrossRegionRules.FundInClearing(row.Word<DischargePayment>("payment"), row.Yuan("fund")).Value);
}
