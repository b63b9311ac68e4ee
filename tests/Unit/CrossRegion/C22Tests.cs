using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C22Tests
{
    private static readonly ClearingDays Days = new(20, 21, 21, 25, 5, 10, 5, 5);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C22");

    [Theory, MemberData(nameof(Examples))]
    public void CycleCalendar_Example_ChainsTheMonth(ExampleRow row)
    {
        var month = CrossRegionRules.CycleCalendar(row.Month("cycle"), Days, WorkingDayCalendar.China).Value;
        Assert.Equal(
            (row.Day("notices"), row.Day("to finance"), row.Day("paid"), row.Day("reported"), row.Day("within")),
            (month.Notices, month.ToFinance.LastDay, month.FinancePays.LastDay, month.Feedback.LastDay, month.Within.LastDay));
        Assert.Equal(
            (20, 21, 21, 25, month.Cycle.AddMonths(-1)),
            (month.ProviderConfirm.LastDay.Day, month.Upload.LastDay.Day, month.QueryFrom.Day, month.Confirm.LastDay.Day, month.CareMonth));
    }

    [Fact]
    public void CycleCalendar_IntoAYearNotAnnounced_IsRefusedByName() => Assert.Equal(
        2027, Assert.Throws<CalendarNotAnnounced>(() => CrossRegionRules.CycleCalendar(new YearMonth(2026, 12), Days, WorkingDayCalendar.China)).Year);
}
