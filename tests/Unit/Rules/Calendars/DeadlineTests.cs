using EdgeHub.Rules.Calendars;

namespace EdgeHub.Tests.Unit.Rules.Calendars;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("2025-01-31", "2025-01-30", true, 0)]
    [InlineData("2025-01-31", "2025-01-31", true, 0)]
    [InlineData("2025-01-31", "2025-02-01", false, 1)]
    public void By_TheDayNamed_IsIncluded(string by, string day, bool met, int late)
    {
        var deadline = Deadline.By(DateOnly.Parse(by));
        Assert.Equal((met, late), (deadline.IsMetOn(DateOnly.Parse(day)), deadline.DaysLate(DateOnly.Parse(day))));
    }

    [Theory]
    [InlineData(2024, 2, "2024-02-29")]
    [InlineData(2025, 2, "2025-02-28")]
    [InlineData(2025, 12, "2025-12-31")]
    public void ByEndOfMonth_LastDay_IsIncluded(int year, int month, string last) =>
        Assert.Equal(DateOnly.Parse(last), Deadline.ByEndOfMonth(year, month).LastDay);

    [Fact]
    public void Within_CalendarDays_DoNotCountTheEvent() =>
        Assert.Equal(new DateOnly(2025, 2, 4), Deadline.Within(new DateOnly(2025, 1, 28), 7).LastDay);

    [Fact]
    public void WithinWorkingDays_OverSpringFestival_CountsMadeUpDays() =>
        Assert.Equal(new DateOnly(2025, 2, 8), Deadline.WithinWorkingDays(WorkingDayCalendar.China, new DateOnly(2025, 1, 27), 4).LastDay);

    [Fact]
    public void WorkingDaysAhead_OverSpringFestival_CountsMadeUpDays() =>
        Assert.Equal(new DateOnly(2025, 1, 23), Deadline.WorkingDaysAhead(WorkingDayCalendar.China, new DateOnly(2025, 2, 13), 11).LastDay);

    [Fact]
    public void WithinWorkingDays_IntoAnUnannouncedYear_IsRefusedByName()
    {
        var refused = Assert.Throws<CalendarNotAnnounced>(() => Deadline.WithinWorkingDays(WorkingDayCalendar.China, new DateOnly(2026, 12, 25), 10));
        Assert.Equal(("China", 2027), (refused.Calendar, refused.Year));
    }

    [Fact]
    public void Within_NegativeDays_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Within(new DateOnly(2025, 1, 1), -1));
}
