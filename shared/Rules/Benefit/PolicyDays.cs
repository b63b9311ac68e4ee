using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>Days as books and catalogues write them: yyyy-MM-dd, from 1900 to 2999.</summary>
internal static class PolicyDays
{
    public const string Expected = "a day, for example 2025-03-12";

    public static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1900 and <= 2999;
}
