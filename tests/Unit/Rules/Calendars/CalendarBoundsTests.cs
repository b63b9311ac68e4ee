using EdgeHub.Rules.Calendars;

namespace EdgeHub.Tests.Unit.Rules.Calendars;

/// <summary>The ends of deadlines and calendars.</summary>
public sealed class CalendarBoundsTests
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 31, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void HourDeadline_TheMomentItself_IsInTime()
    {
        var deadline = HourDeadline.Within(Noon, 24);
        Assert.Equal((0L, 1L, 1L, 2L), (deadline.MinutesLate(Noon.AddDays(1)), deadline.MinutesLate(Noon.AddDays(1).AddTicks(1)), deadline.MinutesLate(Noon.AddDays(1).AddMinutes(1)), deadline.MinutesLate(Noon.AddDays(1).AddSeconds(61))));
        Assert.Equal("hours", Assert.Throws<ArgumentOutOfRangeException>(() => HourDeadline.Within(Noon, -1)).ParamName);
    }

    /// <summary>28 September 2025 is a Sunday that is worked, 1 to 8 October are free.</summary>
    [Theory]
    [InlineData("2025-09-28", "2025-09-28", "2025-09-28")]
    [InlineData("2025-10-01", "2025-10-09", "2025-09-30")]
    [InlineData("2025-10-08", "2025-10-09", "2025-09-30")]
    public void SameOrNextAndLast_WorkedOrFree_AreTheDayOrItsNeighbour(string day, string next, string last)
    {
        var asked = DateOnly.Parse(day);
        Assert.Equal((DateOnly.Parse(next), DateOnly.Parse(last)), (WorkingDayCalendar.China.SameOrNextWorkingDay(asked), WorkingDayCalendar.China.SameOrLastWorkingDay(asked)));
    }

    [Fact]
    public void AddWorkingDays_FurtherThanAnyRule_IsRefusedBothWays()
    {
        var day = new DateOnly(2050, 1, 3);
        Assert.Equal("workingDays", Assert.Throws<ArgumentOutOfRangeException>(() => WorkingDayCalendar.Sweden.AddWorkingDays(day, -5_001)).ParamName);
        Assert.Equal("workingDays", Assert.Throws<ArgumentOutOfRangeException>(() => WorkingDayCalendar.Sweden.AddWorkingDays(day, 5_001)).ParamName);
        Assert.Equal(5_000, WorkingDayCalendar.Sweden.WorkingDaysBetween(WorkingDayCalendar.Sweden.AddWorkingDays(day, -5_000), day));
    }

    [Fact]
    public void YearMonth_DayOutOfBounds_IsRefused()
    {
        var february = new YearMonth(2025, 2);
        Assert.Equal((new DateOnly(2025, 2, 1), new DateOnly(2025, 2, 28)), (february.Day(1), february.Day(31)));
        Assert.Equal(("number", "number"), (Refused(0), Refused(32)));

        string? Refused(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => february.Day(number)).ParamName;
    }

    /// <summary>Christmas Day of 2021 was a Saturday, of 2022 a Sunday: each gives its own substitute, and Boxing Day the next.</summary>
    [Theory]
    [InlineData(2020, "2020-12-25", "2020-12-28")]
    [InlineData(2021, "2021-12-27", "2021-12-28")]
    [InlineData(2022, "2022-12-26", "2022-12-27")]
    [InlineData(2023, "2023-12-25", "2023-12-26")]
    [InlineData(2027, "2027-12-27", "2027-12-28")]
    public void EnglishDays_ChristmasAndBoxingDay_AreTheProclaimedOnes(int year, string christmas, string boxing) => Assert.Equal(
        new[] { DateOnly.Parse(christmas), DateOnly.Parse(boxing) }.Order(),
        EnglishDays.Of(year).Where(day => day.Day.Month == 12).Select(day => day.Day).Order());
}
