using System.Collections.Concurrent;
using System.Globalization;

namespace EdgeHub.Rules.Calendars;

/// <summary>A day that differs from what its day of the week says, or a holiday: its name and whether people work.</summary>
public sealed record NamedDay(DateOnly Day, string Name, bool IsWorking);

/// <summary>Working days (工作日, arbetsdagar, working days) of one country. Only rules that say "working days" ask it; days and
/// hours are calendar units. Monday to Friday are worked unless named otherwise. A question that touches a year which is not
/// announced or not covered is refused by name, never guessed.</summary>
public sealed class WorkingDayCalendar
{
    /// <summary>No rule counts further; a larger number is a fault in the input.</summary>
    public const int MostWorkingDays = 5_000;

    /// <summary>China: the State Council's yearly notices, make-up working days included.</summary>
    public static readonly WorkingDayCalendar China = new(nameof(China), ChineseDays.FirstYear, ChineseDays.LastYear, ChineseDays.Of);

    /// <summary>Sweden, by statute: see <see cref="SwedishDays"/>.</summary>
    public static readonly WorkingDayCalendar Sweden = new(nameof(Sweden), SwedishDays.FirstYear, LastComputedYear, SwedishDays.Of);

    /// <summary>England and Wales, by statute and proclamation: see <see cref="EnglishDays"/>.</summary>
    public static readonly WorkingDayCalendar England = new(nameof(England), EnglishDays.FirstYear, LastComputedYear, EnglishDays.Of);

    private const int LastComputedYear = 2099;

    private readonly Func<int, IEnumerable<NamedDay>> _namedDaysOf;
    private readonly ConcurrentDictionary<int, Dictionary<DateOnly, NamedDay>> _years = new();

    private WorkingDayCalendar(string name, int firstYear, int lastYear, Func<int, IEnumerable<NamedDay>> namedDaysOf)
    {
        Name = name;
        FirstYear = firstYear;
        LastYear = lastYear;
        _namedDaysOf = namedDaysOf;
    }

    public string Name { get; }

    public int FirstYear { get; }

    /// <summary>The last year that is announced, or computed.</summary>
    public int LastYear { get; }

    /// <summary>Whether people work on the day.</summary>
    /// <exception cref="CalendarNotAnnounced">The day's year is not announced.</exception>
    public bool IsWorkingDay(DateOnly day) => Named(day)?.IsWorking ?? IsMondayToFriday(day);

    /// <summary>The day's name where it is a holiday or a make-up working day; null: an ordinary day.</summary>
    /// <exception cref="CalendarNotAnnounced">The day's year is not announced.</exception>
    public NamedDay? Named(DateOnly day) => Year(day.Year).GetValueOrDefault(day);

    /// <summary>The first working day after the day.</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public DateOnly NextWorkingDay(DateOnly day) => AddWorkingDays(day, 1);

    /// <summary>The day itself where it is worked, else the first working day after it.</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public DateOnly SameOrNextWorkingDay(DateOnly day) => IsWorkingDay(day) ? day : NextWorkingDay(day);

    /// <summary>The day itself where it is worked, else the last working day before it.</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public DateOnly SameOrLastWorkingDay(DateOnly day) => IsWorkingDay(day) ? day : AddWorkingDays(day, -1);

    /// <summary>The last working day of a month.</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public DateOnly LastWorkingDayOfMonth(int year, int month) => SameOrLastWorkingDay(new DateOnly(year, month, 1).AddMonths(1).AddDays(-1));

    /// <summary>The working day so many working days after the day (negative: before it). The day itself is not counted,
    /// worked or not; 0 gives the day back as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MostWorkingDays"/> either way.</exception>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public DateOnly AddWorkingDays(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workingDays, MostWorkingDays);
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, -MostWorkingDays);
        _ = Year(day.Year);
        var step = Math.Sign(workingDays);
        for (var left = Math.Abs(workingDays); left > 0;)
        {
            day = day.AddDays(step);
            left -= IsWorkingDay(day) ? 1 : 0;
        }
        return day;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="through"/>, so that
    /// AddWorkingDays(from, n) is n away; negative where through lies before from, and then from is the one not counted.</summary>
    /// <exception cref="CalendarNotAnnounced">A year between is not announced.</exception>
    public int WorkingDaysBetween(DateOnly from, DateOnly through)
    {
        _ = Year(from.Year);
        _ = Year(through.Year);
        var (step, days) = (from <= through ? 1 : -1, 0);
        for (var day = from; day != through;)
        {
            day = day.AddDays(step);
            days += IsWorkingDay(day) ? step : 0;
        }
        return days;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {FirstYear}-{LastYear}");

    private static bool IsMondayToFriday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private Dictionary<DateOnly, NamedDay> Year(int year) => year >= FirstYear && year <= LastYear
        ? _years.GetOrAdd(year, asked => _namedDaysOf(asked).ToDictionary(named => named.Day))
        : throw new CalendarNotAnnounced(Name, year, FirstYear, LastYear);
}

/// <summary>A question about working days needs a year that nobody has announced, or that is not covered: refused by name,
/// never guessed. It can be asked again when the year is loaded.</summary>
public sealed class CalendarNotAnnounced(string calendar, int year, int firstYear, int lastYear) : Exception(string.Create(
    CultureInfo.InvariantCulture, $"The calendar of {calendar} has no working days for {year}; it holds {firstYear} to {lastYear}."))
{
    public string Calendar { get; } = calendar;
    public int Year { get; } = year;
    public int FirstYear { get; } = firstYear;
    public int LastYear { get; } = lastYear;
}
