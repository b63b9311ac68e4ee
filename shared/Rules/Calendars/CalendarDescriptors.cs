using static EdgeHub.Rules.Calendars.CalendarArticles;

namespace EdgeHub.Rules.Calendars;

/// <summary>Deadlines as a person can try them. The template counts over the make-up days around China's National Day of 2025.</summary>
public static class CalendarDescriptors
{
    private const string ByDay = "by the day";
    private const string EndOfMonth = "by the end of the month";
    private const string WithinDays = "within days";
    private const int MostDays = 100_000;
    private const int MostHours = 1_000_000;

    private static readonly WorkingDayCalendar[] Calendars = [WorkingDayCalendar.China, WorkingDayCalendar.Sweden, WorkingDayCalendar.England];

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        new(
            "calendar.working-day-deadline", new("工作日期限", "Frist i arbetsdagar", "Deadline in working days"), [D2, D1],
            [
                RuleInput.Text("calendar", "China") with { Choices = [.. Calendars.Select(each => each.Name)] },
                RuleInput.Day("eventDay", "2025-09-26"), RuleInput.Count("workingDays", "working days", "5", WorkingDayCalendar.MostWorkingDays),
                RuleInput.Text("direction", "within") with { Choices = ["within", "ahead"] }, RuleInput.Day("judgedDay", "2025-10-11").Optional(),
            ],
            OfWorkingDays),
        new(
            "calendar.deadline", new("日历日期限", "Frist i dagar", "Deadline in calendar days"), [D1],
            [
                RuleInput.Text("kind", EndOfMonth) with { Choices = [ByDay, EndOfMonth, WithinDays] }, RuleInput.Day("eventDay", "2025-02-10"),
                RuleInput.Count("days", "calendar days", "5", MostDays), RuleInput.Day("judgedDay", "2025-03-01").Optional(),
            ],
            OfDays),
        new(
            "calendar.hour-deadline", new("小时期限", "Frist i timmar", "Deadline in hours"), [D1],
            [
                RuleInput.Moment("moment", "2025-03-31T10:00+08:00"), RuleInput.Count("hours", "hours", "72", MostHours),
                RuleInput.Text("direction", "ahead") with { Choices = ["within", "ahead"] }, RuleInput.Moment("judgedMoment", "2025-03-28T10:00:30+08:00").Optional(),
            ],
            OfHours),
        new(
            "calendar.working-day", new("是否工作日", "Är det en arbetsdag", "Is it a working day"), [D2],
            [RuleInput.Text("calendar", "China") with { Choices = [.. Calendars.Select(each => each.Name)] }, RuleInput.Day("day", "2025-09-28"), RuleInput.Day("through", "2025-10-11").Optional()],
            OfDay),
    ];

    private static RuleResult OfWorkingDays(RuleInputs i) => Announced("eventDay", i, calendar =>
    {
        var (eventDay, days) = (i.Day("eventDay"), i.Whole("workingDays"));
        var deadline = i.Text("direction") == "within"
            ? Deadline.WithinWorkingDays(calendar, eventDay, days)
            : Deadline.WorkingDaysAhead(calendar, eventDay, days);
        return Judged(i, D2.Gives(deadline, ("calendar", calendar), ("event day", eventDay), ("working days", days), ("direction", i.Text("direction"))));
    });

    private static RuleResult OfDays(RuleInputs i)
    {
        var day = i.Day("eventDay");
        var deadline = i.Text("kind") switch
        {
            ByDay => Deadline.By(day),
            EndOfMonth => Deadline.ByEndOfMonth(day.Year, day.Month),
            _ => Deadline.Within(day, i.Whole("days")),
        };
        return Judged(i, D1.Gives(deadline, ("kind", i.Text("kind")), ("event day", day), ("days", i.Count("days"))));
    }

    private static RuleResult OfHours(RuleInputs i)
    {
        var (moment, hours) = (i.Moment("moment"), i.Whole("hours"));
        var deadline = i.Text("direction") == "within" ? HourDeadline.Within(moment, hours) : HourDeadline.Ahead(moment, hours);
        var last = D1.Gives(deadline.LastMoment, ("moment", moment), ("hours", hours), ("direction", i.Text("direction")));
        if (i.MomentOrNone("judgedMoment") is not { } judged)
        {
            return RuleResult.Of("lastMoment", last);
        }
        var late = D1.Gives(deadline.MinutesLate(judged), ("last moment", deadline.LastMoment), ("judged moment", judged));
        return new RuleResult(
            [new("lastMoment", last.Value), new("isMet", late.Value == 0), new("minutesLate", late.Value)], [last.As("last moment"), late.As("minutes late, a begun one counted")]);
    }

    private static RuleResult OfDay(RuleInputs i) => Announced("day", i, calendar =>
    {
        var day = i.Day("day");
        var worked = D2.Gives(calendar.IsWorkingDay(day), ("calendar", calendar), ("day", day));
        return RuleResult.Of("working day", worked,
            new RuleValue("isWorkingDay", worked.Value), new RuleValue("name", calendar.Named(day)?.Name), new RuleValue("next", calendar.NextWorkingDay(day)),
            new RuleValue("sameOrNext", calendar.SameOrNextWorkingDay(day)), new RuleValue("sameOrLast", calendar.SameOrLastWorkingDay(day)),
            new RuleValue("lastOfMonth", calendar.LastWorkingDayOfMonth(day.Year, day.Month)),
            new RuleValue("workingDaysThrough", i.DayOrNone("through") is { } through ? calendar.WorkingDaysBetween(day, through) : null));
    });

    /// <summary>The last day, and where a day is judged, whether it is in time.</summary>
    private static RuleResult Judged(RuleInputs i, Cited<Deadline> deadline)
    {
        var last = new CitedStep("last day", deadline.Article, Article.Written(deadline.Value.LastDay), deadline.Inputs);
        if (i.DayOrNone("judgedDay") is not { } judged)
        {
            return new RuleResult([new("lastDay", deadline.Value.LastDay)], [last]);
        }
        var late = D1.Gives(deadline.Value.DaysLate(judged), ("last day", deadline.Value.LastDay), ("judged day", judged));
        return new RuleResult(
            [new("lastDay", deadline.Value.LastDay), new("isMet", deadline.Value.IsMetOn(judged)), new("daysLate", late.Value)], [last, late.As("calendar days late")]);
    }

    private static RuleResult Announced(string field, RuleInputs i, Func<WorkingDayCalendar, RuleResult> compute)
    {
        try
        {
            return compute(Calendars.Single(each => each.Name == i.Text("calendar")));
        }
        catch (CalendarNotAnnounced unknown)
        {
            throw new FaultException(new Fault(Codes.BadDate, field, Article.Written(i.Day(field)), unknown.Message));
        }
    }
}
