using static EdgeHub.Rules.Calendars.CalendarArticles;

namespace EdgeHub.Rules.Calendars;

/// <summary>Deadlines as a person can try them. The template counts over the make-up days around China's National Day of 2025.</summary>
public static class CalendarDescriptors
{
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
    ];

    private static RuleResult OfWorkingDays(RuleInputs i)
    {
        var calendar = Calendars.Single(each => each.Name == i.Text("calendar"));
        try
        {
            var (eventDay, days) = (i.Day("eventDay"), (int)i.Count("workingDays"));
            var deadline = i.Text("direction") == "within"
                ? Deadline.WithinWorkingDays(calendar, eventDay, days)
                : Deadline.WorkingDaysAhead(calendar, eventDay, days);
            var last = D2.Gives(deadline.LastDay, ("calendar", calendar), ("event day", eventDay), ("working days", days), ("direction", i.Text("direction")));
            if (!i.Has("judgedDay"))
            {
                return RuleResult.Of("lastDay", last);
            }
            var late = D1.Gives(deadline.DaysLate(i.Day("judgedDay")), ("last day", deadline.LastDay), ("judged day", i.Day("judgedDay")));
            return new RuleResult(
                [new("lastDay", last.Value), new("isMet", deadline.IsMetOn(i.Day("judgedDay"))), new("daysLate", late.Value)],
                [last.As("last day"), late.As("calendar days late")]);
        }
        catch (CalendarNotAnnounced unknown)
        {
            throw new FaultException(new Fault(Codes.BadDate, "eventDay", Article.Written(i.Day("eventDay")), unknown.Message));
        }
    }
}
