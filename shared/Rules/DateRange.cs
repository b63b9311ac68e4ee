using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>Days from <see cref="First"/> up to, not including, <see cref="End"/>. A null end is open.</summary>
public readonly record struct DateRange
{
    /// <exception cref="ArgumentException">The end is not after the first day.</exception>
    public DateRange(DateOnly first, DateOnly? end)
    {
        if (end <= first)
        {
            throw new ArgumentException($"The end {end:yyyy-MM-dd} is not after the first day {first:yyyy-MM-dd}.", nameof(end));
        }
        First = first;
        End = end;
    }

    public DateOnly First { get; }

    /// <summary>The first day after the range; null: open.</summary>
    public DateOnly? End { get; }

    /// <summary>The last day in the range; null: open.</summary>
    public DateOnly? LastDay => End?.AddDays(-1);

    public static DateRange From(DateOnly first) => new(first, null);

    /// <summary>A calendar year, for example the scheme year 2025.</summary>
    public static DateRange Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));

    public static DateRange Month(int year, int month) => new(new DateOnly(year, month, 1), new DateOnly(year, month, 1).AddMonths(1));

    /// <summary>From a first and a last day, both included, as documents write periods.</summary>
    public static DateRange Inclusive(DateOnly first, DateOnly? last) => new(first, last?.AddDays(1));

    public bool Contains(DateOnly day) => day >= First && (End is null || day < End);

    public bool Overlaps(DateRange other) => (other.End is null || First < other.End) && (End is null || other.First < End);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First:yyyy-MM-dd}..{End:yyyy-MM-dd}");
}
