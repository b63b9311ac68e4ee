namespace EdgeHub.Rules.Calendars;

/// <summary>Sweden's days that are no working days besides Saturdays and Sundays: the public holidays of lag (1989:253) om allmänna
/// helgdagar, and midsummer eve, Christmas eve and new year's eve, which lag (1930:173) om beräkning av lagstadgad tid, 2 §, puts
/// on one footing with them when a time runs out. Eves on which many only work until noon (Twelfth Night, Maundy Thursday,
/// Walpurgis night, the eve of All Saints) are working days. From 2005 on, when 6 June took the place of Whit Monday.</summary>
public static class SwedishDays
{
    public const int FirstYear = 2005;

    /// <summary>The named days of a year; none is worked.</summary>
    public static IEnumerable<NamedDay> Of(int year)
    {
        var easter = Easter.Sunday(year);
        var midsummer = OnOrAfter(new DateOnly(year, 6, 20), DayOfWeek.Saturday);
        var days = new List<NamedDay>
        {
            Free(new DateOnly(year, 1, 1), "nyårsdagen"),
            Free(new DateOnly(year, 1, 6), "trettondedag jul"),
            Free(easter.AddDays(-2), "långfredagen"),
            Free(easter, "påskdagen"),
            Free(easter.AddDays(1), "annandag påsk"),
            Free(easter.AddDays(49), "pingstdagen"),
            Free(midsummer.AddDays(-1), "midsommarafton"),
            Free(midsummer, "midsommardagen"),
            Free(OnOrAfter(new DateOnly(year, 10, 31), DayOfWeek.Saturday), "alla helgons dag"),
            Free(new DateOnly(year, 12, 24), "julafton"),
            Free(new DateOnly(year, 12, 25), "juldagen"),
            Free(new DateOnly(year, 12, 26), "annandag jul"),
            Free(new DateOnly(year, 12, 31), "nyårsafton"),
        };
        // Some of these can fall on one day, as Ascension Day did on 1 May 2008; Whit Sunday on 6 June as well.
        AddNew(days, Free(easter.AddDays(39), "Kristi himmelsfärdsdag"));
        AddNew(days, Free(new DateOnly(year, 5, 1), "första maj"));
        AddNew(days, Free(new DateOnly(year, 6, 6), "nationaldagen"));
        return days;
    }

    private static NamedDay Free(DateOnly day, string name) => new(day, name, IsWorking: false);

    private static void AddNew(List<NamedDay> days, NamedDay another)
    {
        if (days.TrueForAll(day => day.Day != another.Day))
        {
            days.Add(another);
        }
    }

    private static DateOnly OnOrAfter(DateOnly first, DayOfWeek weekday) => first.AddDays(((int)weekday - (int)first.DayOfWeek + 7) % 7);
}
