using System.Globalization;

namespace EdgeHub.Rules.Calendars;

/// <summary>A calendar month: a month of care, or the month in which it is cleared.</summary>
public readonly record struct YearMonth : IComparable<YearMonth>
{
    /// <exception cref="ArgumentOutOfRangeException">No such month.</exception>
    public YearMonth(int year, int month) => First = new DateOnly(year, month, 1);

    public DateOnly First { get; }

    public int Year => First.Year;

    public int Month => First.Month;

    public DateOnly LastDay => First.AddMonths(1).AddDays(-1);

    public static YearMonth Of(DateOnly day) => new(day.Year, day.Month);

    public YearMonth AddMonths(int months) => Of(First.AddMonths(months));

    /// <summary>The day of this number; where the month is shorter, its last day.</summary>
    public DateOnly Day(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 31);
        return new DateOnly(Year, Month, Math.Min(number, LastDay.Day));
    }

    public int CompareTo(YearMonth other) => First.CompareTo(other.First);

    public static bool operator <(YearMonth a, YearMonth b) => a.First < b.First;
    public static bool operator >(YearMonth a, YearMonth b) => a.First > b.First;
    public static bool operator <=(YearMonth a, YearMonth b) => a.First <= b.First;
    public static bool operator >=(YearMonth a, YearMonth b) => a.First >= b.First;

    /// <summary>For example 2025-03.</summary>
    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
