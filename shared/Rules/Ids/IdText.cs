using System.Globalization;

namespace EdgeHub.Rules.Ids;

/// <summary>What the ids share: the first looks at a text before its own rules are asked, and the faults they end in.</summary>
internal static class IdText
{
    public static bool AllDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }
        return true;
    }

    public static int Digit(char c) => c - '0';

    public static bool TryDay(ReadOnlySpan<char> eightDigits, out DateOnly day) =>
        DateOnly.TryParseExact(eightDigits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>The fault of a text that is absent or of another length; null where neither.</summary>
    public static Fault? Absent(string? text, string field, string expected, params ReadOnlySpan<int> lengths)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new Fault(Codes.Missing, field, "", expected);
        }
        return lengths.Contains(text.Length) ? null : new Fault(Codes.BadLength, field, text, expected);
    }
}
