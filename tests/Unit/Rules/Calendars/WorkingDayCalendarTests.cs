using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Rules.Calendars;

public sealed class WorkingDayCalendarTests
{
    public static TheoryData<string, DateOnly, bool, string> Days()
    {
        var data = new TheoryData<string, DateOnly, bool, string>();
        foreach (var row in Table("WorkingDayTests.csv"))
        {
            data.Add(row["calendar"], row.Day("day"), row["working"] == "yes", row.Needed("note"));
        }
        return data;
    }

    public static TheoryData<string, DateOnly, int, DateOnly, string> Additions()
    {
        var data = new TheoryData<string, DateOnly, int, DateOnly, string>();
        foreach (var row in Table("AddWorkingDaysTests.csv"))
        {
            data.Add(row["calendar"], row.Day("from"), row.Whole("days", -100, 100), row.Day("to"), row.Needed("note"));
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void IsWorkingDay_EachRow_IsAsTheTableSays(string calendar, DateOnly day, bool working, string note) =>
        Assert.True(Of(calendar).IsWorkingDay(day) == working, note);

    [Theory]
    [MemberData(nameof(Additions))]
    public void AddWorkingDays_EachRow_IsTheDayOrIsRefused(string calendar, DateOnly from, int days, DateOnly to, string note)
    {
        if (note == "refused")
        {
            var refused = Assert.Throws<CalendarNotAnnounced>(() => Of(calendar).AddWorkingDays(from, days));
            Assert.Equal(calendar, refused.Calendar);
            Assert.Contains(refused.Year, new[] { from.Year, to.Year });
            Assert.Contains(calendar, refused.Message, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(to, Of(calendar).AddWorkingDays(from, days));
        Assert.Equal(days, Of(calendar).WorkingDaysBetween(from, to));
    }

    [Theory]
    [InlineData("China", 2025, 248)]
    [InlineData("Sweden", 2025, 249)]
    [InlineData("England", 2025, 253)]
    [InlineData("England", 2022, 250)]
    public void WorkingDaysBetween_AWholeYear_IsThePublishedNumber(string calendar, int year, int expected) => Assert.Equal(
        expected, Of(calendar).WorkingDaysBetween(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)));

    [Theory]
    [InlineData(1818, "1818-03-22")]
    [InlineData(1943, "1943-04-25")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2019, "2019-04-21")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2049, "2049-04-18")]
    [InlineData(2076, "2076-04-19")]
    [InlineData(2014, "2014-04-20")] // the golden number begins anew, as it does each 19 years
    [InlineData(2033, "2033-04-17")]
    [InlineData(2052, "2052-04-21")]
    public void Easter_Sunday_IsThePublishedDay(int year, string expected) => Assert.Equal(DateOnly.Parse(expected), Easter.Sunday(year));

    [Fact]
    public void LastWorkingDayOfMonth_AtTheEdges_IsWorked()
    {
        Assert.Equal(new DateOnly(2025, 1, 27), WorkingDayCalendar.China.LastWorkingDayOfMonth(2025, 1));
        Assert.Equal(new DateOnly(2025, 12, 30), WorkingDayCalendar.Sweden.LastWorkingDayOfMonth(2025, 12));
        Assert.Equal(new DateOnly(2025, 5, 30), WorkingDayCalendar.England.LastWorkingDayOfMonth(2025, 5));
        Assert.Equal(new DateOnly(2026, 12, 31), WorkingDayCalendar.China.LastWorkingDayOfMonth(2026, 12));
        Assert.Throws<CalendarNotAnnounced>(() => WorkingDayCalendar.China.LastWorkingDayOfMonth(2027, 1));
    }

    [Fact]
    public void Named_Holiday_HasItsName()
    {
        Assert.Equal(new NamedDay(new DateOnly(2025, 1, 26), "春节", IsWorking: true), WorkingDayCalendar.China.Named(new DateOnly(2025, 1, 26)));
        Assert.Equal("midsommarafton", WorkingDayCalendar.Sweden.Named(new DateOnly(2025, 6, 20))?.Name);
        Assert.Null(WorkingDayCalendar.England.Named(new DateOnly(2025, 6, 20)));
    }

    [Fact]
    public void AddWorkingDays_TooMany_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkingDayCalendar.Sweden.AddWorkingDays(new DateOnly(2025, 1, 1), WorkingDayCalendar.MostWorkingDays + 1));

    [Fact]
    public void WorkingDaysBetween_OverAnUnannouncedYear_IsRefused()
    {
        var refused = Assert.Throws<CalendarNotAnnounced>(() => WorkingDayCalendar.China.WorkingDaysBetween(new DateOnly(2026, 12, 1), new DateOnly(2027, 1, 1)));
        Assert.Equal((2027, 2007, 2026), (refused.Year, refused.FirstYear, refused.LastYear));
    }

    [Fact]
    public void EveryCoveredYear_NamesItsDaysOnceAndOnlyTheYearsOwn()
    {
        foreach (var calendar in new[] { WorkingDayCalendar.China, WorkingDayCalendar.Sweden, WorkingDayCalendar.England })
        {
            for (var year = calendar.FirstYear; year <= calendar.LastYear; year++)
            {
                var working = Enumerable.Range(0, 365).Count(day => calendar.IsWorkingDay(new DateOnly(year, 1, 1).AddDays(day)));
                Assert.InRange(working, 245, 256);
            }
        }
    }

    [Fact]
    public void AddWorkingDays_ThereAndBack_Agree()
    {
        var cases =
            from calendar in Gen.Elements("China", "Sweden", "England")
            from day in Gen.Choose(0, 365 * 10)
            from days in Gen.Choose(-200, 200)
            select (Calendar: Of(calendar), Day: new DateOnly(2015, 1, 1).AddDays(day), Days: days);
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var to = each.Calendar.AddWorkingDays(each.Day, each.Days);
            var back = each.Calendar.AddWorkingDays(to, -each.Days);
            return (each.Days == 0 || each.Calendar.IsWorkingDay(to))
                && each.Calendar.WorkingDaysBetween(each.Day, to) == each.Days
                && (!each.Calendar.IsWorkingDay(each.Day) || back == each.Day)
                && each.Calendar.NextWorkingDay(each.Day) > each.Day
                && each.Calendar.SameOrLastWorkingDay(each.Day) <= each.Calendar.SameOrNextWorkingDay(each.Day);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static WorkingDayCalendar Of(string calendar) => calendar switch
    {
        "China" => WorkingDayCalendar.China,
        "Sweden" => WorkingDayCalendar.Sweden,
        _ => WorkingDayCalendar.England,
    };

    private static IReadOnlyList<CsvRow> Table(string name) =>
        CsvText.Embedded(typeof(WorkingDayCalendarTests).Assembly, "Rules/Calendars/" + name, "calendar", "note").Rows;
}
