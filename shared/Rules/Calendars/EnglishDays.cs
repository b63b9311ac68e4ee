namespace EdgeHub.Rules.Calendars;

/// <summary>The bank holidays of England and Wales: Good Friday and Christmas Day by common law; Easter Monday, the last Mondays of
/// May and August, and Boxing Day by the Banking and Financial Dealings Act 1971, schedule 1; New Year's Day and the first Monday of
/// May by yearly proclamation under its section 1. A day that falls on Saturday or Sunday gives the next weekday that is not
/// one already. Days of one proclamation are in england_one_off_days.csv. From 2013 on; a later proclamation is a new row.</summary>
public static class EnglishDays
{
    public const int FirstYear = 2013;

    private static readonly IReadOnlyList<OneOff> OneOffs = Read();

    /// <summary>The named days of a year; none is worked.</summary>
    public static IEnumerable<NamedDay> Of(int year)
    {
        var easter = Easter.Sunday(year);
        var christmas = new DateOnly(year, 12, 25);
        var days = new List<NamedDay>
        {
            Substituted(new DateOnly(year, 1, 1), "New Year's Day", daysOn: 0),
            Free(easter.AddDays(-2), "Good Friday"),
            Free(easter.AddDays(1), "Easter Monday"),
            Free(Monday(new DateOnly(year, 5, 1)), "Early May bank holiday"),
            Free(Monday(new DateOnly(year, 5, 25)), "Spring bank holiday"),
            Free(Monday(new DateOnly(year, 8, 25)), "Summer bank holiday"),
            Substituted(christmas, "Christmas Day", daysOn: 1), // a Sunday: Boxing Day has the Monday
            Substituted(christmas.AddDays(1), "Boxing Day", daysOn: 1), // a Sunday: Christmas Day of the Saturday has the Monday
        };
        foreach (var one in OneOffs.Where(one => one.Day.Year == year))
        {
            days.RemoveAll(day => day.Day == one.InPlaceOf);
            days.Add(Free(one.Day, one.Name));
        }
        return days;
    }

    private static NamedDay Free(DateOnly day, string name) => new(day, name, IsWorking: false);

    /// <summary>The day, or its substitute: the Monday after a weekend, and so many days more where that Monday is taken.</summary>
    private static NamedDay Substituted(DateOnly day, string name, int daysOn) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => Free(day.AddDays(2), name + " (substitute day)"),
        DayOfWeek.Sunday => Free(day.AddDays(1 + daysOn), name + " (substitute day)"),
        _ => Free(day, name),
    };

    /// <summary>The first Monday on or after a day.</summary>
    private static DateOnly Monday(DateOnly first) => first.AddDays(((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7);

    private static List<OneOff> Read() =>
    [
        .. CsvText.Embedded(typeof(EnglishDays).Assembly, "Calendars/england_one_off_days.csv", "day", "name", "in_place_of").Rows
            .Select(row => new OneOff(row.Day("day"), row.Needed("name"), row.DayOrOpen("in_place_of"))),
    ];

    /// <summary>A day of one proclamation; <paramref name="InPlaceOf"/>: the usual day that is worked instead, null: none.</summary>
    private sealed record OneOff(DateOnly Day, string Name, DateOnly? InPlaceOf);
}
