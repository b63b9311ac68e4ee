using System.Globalization;

namespace EdgeHub.Rules.Calendars;

/// <summary>The last day on which something is still in time. "X日前" and "X月底前" include the day named. Days are calendar days
/// unless the rule says working days; the day of the event is never counted.</summary>
public readonly record struct Deadline(DateOnly LastDay)
{
    /// <summary>X日前: by a day, that day included.</summary>
    public static Deadline By(DateOnly day) => new(day);

    /// <summary>X月底前: by the end of a month, its last day included.</summary>
    public static Deadline ByEndOfMonth(int year, int month) => new(new DateOnly(year, month, 1).AddMonths(1).AddDays(-1));

    /// <summary>Within so many calendar days after an event.</summary>
    public static Deadline Within(DateOnly eventDay, int days) => new(eventDay.AddDays(NotNegative(days)));

    /// <summary>Within so many working days after an event.</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public static Deadline WithinWorkingDays(WorkingDayCalendar calendar, DateOnly eventDay, int workingDays) =>
        new(calendar.AddWorkingDays(eventDay, NotNegative(workingDays)));

    /// <summary>At least so many working days ahead of an event, as an application before a suspension (C3).</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public static Deadline WorkingDaysAhead(WorkingDayCalendar calendar, DateOnly eventDay, int workingDays) =>
        new(calendar.AddWorkingDays(eventDay, -NotNegative(workingDays)));

    public bool IsMetOn(DateOnly day) => day <= LastDay;

    /// <summary>Calendar days late; 0 in time.</summary>
    public int DaysLate(DateOnly day) => Math.Max(0, day.DayNumber - LastDay.DayNumber);

    public override string ToString() => LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int NotNegative(int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        return days;
    }
}
