using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Pages.Speech;

/// <summary>Sums, numbers, days and times as a reader of one language writes them. Our own, for the agent runs without the library
/// of cultures: what a page shows is the same on every machine.</summary>
public sealed class Formats(Words words)
{
    /// <summary>Keeps a sum together at a line's end.</summary>
    private const char NoBreak = '\u00a0';
    private const int MinorUnits = 100;

    private bool IsSwedish => words.Language == Languages.Swedish;

    /// <summary>A sum with its currency: ¥1,234.56, 1 234,56 kr.</summary>
    public string Sum(Money sum) => Sums.Write(words.Language, sum);

    /// <param name="minorUnits">Fen, öre, pence.</param>
    public string Sum(long minorUnits, Currency currency) => Sum(new Money(minorUnits, currency));

    /// <summary>A sum in a column whose head names the currency; zero is a dash.</summary>
    public string Amount(long minorUnits) => minorUnits == 0 ? "–" : Sums.Sign(minorUnits) + Sums.Figures(words.Language, minorUnits);

    /// <summary>A sum as it stands in a field that is typed into: 1234.56, no grouping, a point.</summary>
    public static string Typed(long minorUnits) => (minorUnits / (decimal)MinorUnits).ToString("0.00", CultureInfo.InvariantCulture);

    public string Number(long number) => Sums.Sign(number) + Sums.Grouped(words.Language, Math.Abs((decimal)number).ToString("0", CultureInfo.InvariantCulture));

    /// <summary>A quantity or share with as many decimals as it has.</summary>
    public string Quantity(decimal quantity)
    {
        var text = Math.Abs(quantity).ToString("0.######", CultureInfo.InvariantCulture).Split('.');
        return Sums.Sign(Math.Sign(quantity)) + Sums.Grouped(words.Language, text[0]) + (text.Length > 1 ? Sums.Point(words.Language) + text[1] : "");
    }

    /// <summary>A share of one as per cent: 60%, 60 %.</summary>
    public string Percent(decimal share) => Quantity(share * 100m) + (IsSwedish ? $"{NoBreak}%" : "%");

    /// <summary>2025年3月12日, 12 mars 2025, 12 March 2025.</summary>
    public string Day(DateOnly day)
    {
        var month = words.Of("month", day.Month.ToString(CultureInfo.InvariantCulture));
        return words["format.day", Plain(day.Year), month, Plain(day.Day)];
    }

    /// <summary>A day in a table: 2025-03-12; an English reader gets the month as a word.</summary>
    public string ShortDay(DateOnly day) => words.Language == Languages.English
        ? words["format.day", Plain(day.Year), words.Of("month", Plain(day.Month))[..3], Plain(day.Day)]
        : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Hours and minutes, 09:05, in all three languages.</summary>
    public static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long, in the one unit that says enough: 40 seconds, 12 minutes, 2 hours, 3 days.</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => words.Count("span.seconds", Math.Max(0, (long)span.TotalSeconds)),
        { TotalMinutes: < 60 } => words.Count("span.minutes", (long)span.TotalMinutes),
        { TotalHours: < 48 } => words.Count("span.hours", (long)span.TotalHours),
        _ => words.Count("span.days", (long)span.TotalDays),
    };

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
