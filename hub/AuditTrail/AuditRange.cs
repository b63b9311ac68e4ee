using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Hub.AuditTrail;

/// <summary>The months that are given out: batches by the month in which the hub received them, postings by their month.</summary>
/// <param name="From">First month, yyyy-MM; null: from the beginning.</param>
/// <param name="Through">Last month; null: to the end.</param>
public sealed record AuditRange(string? From, string? Through)
{
    public bool IsWhole => From is null && Through is null;

    /// <summary>Bounds that compare with every month.</summary>
    public string First => From ?? "0000-00";
    public string Last => Through ?? "9999-99";

    /// <summary>First instant of the range and the first behind it, in milliseconds, by the region's civil days.</summary>
    public (long From, long Before) Milliseconds(TimeZoneInfo zone) => (
        From is null ? long.MinValue : Start(From, 0, zone),
        Through is null ? long.MaxValue : Start(Through, 1, zone));

    /// <exception cref="FaultException">BadDate: a month that is none, or the last before the first.</exception>
    public static AuditRange Of(string? from, string? through)
    {
        foreach (var (option, month) in new[] { ("--from", from), ("--through", through) })
        {
            if (month is not null && !DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                throw new FaultException(new Fault(Codes.BadDate, option, month, "a month, for example 2025-03"));
            }
        }
        return from is null || through is null || string.CompareOrdinal(from, through) <= 0
            ? new AuditRange(from, through)
            : throw new FaultException(new Fault(Codes.BadDate, "--through", through, $"{from} or a later month"));
    }

    private static long Start(string month, int monthsLater, TimeZoneInfo zone)
    {
        var day = DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).AddMonths(monthsLater).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUnixTimeMilliseconds();
    }
}
