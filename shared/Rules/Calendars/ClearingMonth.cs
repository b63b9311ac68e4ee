namespace EdgeHub.Rules.Calendars;

/// <summary>The days of a clearing cycle, as a scheme's parameters give them: days of the month, then working days after each step.
/// A day of the month does not shift when it is a holiday.</summary>
/// <param name="ProviderConfirm">By this day of the cycle's month the month of care before it is confirmed with the providers.</param>
/// <param name="Upload">The last day of the month on which data come into the month's cycle.</param>
/// <param name="QueryFrom">From this day the cycle's tables can be seen.</param>
/// <param name="Confirm">By this day they are confirmed.</param>
/// <param name="ToFinance">Working days after the notices, to hand the papers to the finance bureau.</param>
/// <param name="FinancePays">Working days after that, to pay.</param>
/// <param name="Feedback">Working days after payment, to report it back.</param>
/// <param name="Within">Working days after the clearing between regions, to clear within the region.</param>
public sealed record ClearingDays(int ProviderConfirm, int Upload, int QueryFrom, int Confirm, int ToFinance, int FinancePays, int Feedback, int Within);

/// <summary>The month calendar of one clearing cycle. Each date after the notices is the latest one: it counts from the last day of
/// the step before; where a step is done earlier, the next counts from the day it was done.</summary>
/// <param name="Cycle">The month in which is cleared.</param>
/// <param name="CareMonth">The month before, whose care is confirmed.</param>
/// <param name="Notices">Month end: the payment and receipt notices are out.</param>
public sealed record ClearingMonth(
    YearMonth Cycle, YearMonth CareMonth, Deadline ProviderConfirm, Deadline Upload, DateOnly QueryFrom, Deadline Confirm,
    DateOnly Notices, Deadline ToFinance, Deadline FinancePays, Deadline Feedback, Deadline Within)
{
    /// <exception cref="CalendarNotAnnounced">A working day of the chain falls in a year that is not announced.</exception>
    public static ClearingMonth Of(YearMonth cycle, ClearingDays days, WorkingDayCalendar calendar)
    {
        var notices = cycle.LastDay;
        var toFinance = Deadline.WithinWorkingDays(calendar, notices, days.ToFinance);
        var pays = Deadline.WithinWorkingDays(calendar, toFinance.LastDay, days.FinancePays);
        return new ClearingMonth(
            cycle, cycle.AddMonths(-1), Deadline.By(cycle.Day(days.ProviderConfirm)), Deadline.By(cycle.Day(days.Upload)), cycle.Day(days.QueryFrom),
            Deadline.By(cycle.Day(days.Confirm)), notices, toFinance, pays,
            Deadline.WithinWorkingDays(calendar, pays.LastDay, days.Feedback), Deadline.WithinWorkingDays(calendar, pays.LastDay, days.Within));
    }

    /// <summary>The cycle into which data come that were uploaded on a day: the month's own up to its last day of upload, that
    /// day included, else the next month's.</summary>
    /// <param name="clearedThrough">The last cycle that is cleared already, into which nothing can come any more; null: none.</param>
    public static YearMonth CycleOf(DateOnly uploaded, int uploadDay, YearMonth? clearedThrough = null)
    {
        var month = YearMonth.Of(uploaded);
        var own = uploaded <= month.Day(uploadDay) ? month : month.AddMonths(1);
        return clearedThrough is { } cleared && own <= cleared ? cleared.AddMonths(1) : own;
    }
}
