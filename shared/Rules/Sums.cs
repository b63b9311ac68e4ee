using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeHub.Rules;

/// <summary>Sums as a reader of one language writes them: ¥1,234.56 in Chinese and English, 1 234,56 ¥ in Swedish. Our own, for the agent runs
/// without the library of cultures: what is shown is the same on every machine.</summary>
public static partial class Sums
{
    /// <summary>Keeps a sum together at a line's end.</summary>
    private const char NoBreak = '\u00a0';
    private const char Minus = '\u2212';
    private const int MinorUnits = 100;
    private const int Group = 3;

    /// <summary>A sum with its currency: ¥1,234.56, 1 234,56 kr.</summary>
    public static string Write(string language, Money sum)
    {
        var figures = Figures(language, sum.MinorUnits);
        var sign = Sign(sum.MinorUnits);
        return (language == Languages.Swedish, sum.Currency.Code) switch
        {
            (true, "SEK") => $"{sign}{figures}{NoBreak}kr",
            (true, "CNY") => $"{sign}{figures}{NoBreak}¥",
            (true, var code) => $"{sign}{figures}{NoBreak}{code}",
            (_, "CNY") => $"{sign}¥{figures}",
            (_, "GBP") => $"{sign}£{figures}",
            (_, var code) => $"{sign}{code}{NoBreak}{figures}",
        };
    }

    /// <summary>Major units with two decimals, grouped by thousands, without sign and currency.</summary>
    /// <param name="minorUnits">Fen, öre, pence.</param>
    public static string Figures(string language, long minorUnits)
    {
        var text = (Math.Abs((decimal)minorUnits) / MinorUnits).ToString("0.00", CultureInfo.InvariantCulture).Split('.');
        return Grouped(language, text[0]) + Point(language) + text[1];
    }

    /// <summary>A minus sign, or nothing.</summary>
    public static string Sign(long minorUnits) => minorUnits < 0 ? Minus.ToString() : "";

    /// <summary>What parts whole and decimals.</summary>
    public static string Point(string language) => language == Languages.Swedish ? "," : ".";

    /// <summary>Digits in groups of three.</summary>
    public static string Grouped(string language, string digits)
    {
        var parts = new List<string>();
        for (var end = digits.Length; end > 0; end -= Group)
        {
            parts.Insert(0, digits[Math.Max(0, end - Group)..end]);
        }
        return string.Join(language == Languages.Swedish ? NoBreak : ',', parts);
    }

    /// <summary>A text in which sums stand as <see cref="Money.ToString"/> writes them ("at most 500.00 CNY"), with each as its reader writes it.</summary>
    public static string InText(string language, string text) => Written().Replace(text, found =>
        Write(language, new Money((long)(decimal.Parse(found.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) * MinorUnits), Currency.Parse(found.Groups["code"].Value))));

    [GeneratedRegex(@"(?<![\p{L}\p{N}.,\-])(?<major>-?[0-9]{1,16}\.[0-9]{2}) (?<code>CNY|SEK|GBP)(?![\p{L}\p{N}])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Written();
}
