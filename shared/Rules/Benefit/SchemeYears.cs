namespace EdgeHub.Rules.Benefit;

/// <summary>When a scheme year is closed to settlements, refunds and reversals: older ones are a matter for people. The scheme year
/// is the calendar year of the service day. Source: data.md, Accumulators and recompute (retroactivity is bounded to the open year).</summary>
public static class SchemeYears
{
    /// <summary>Calendar days after its end for which a scheme year stays open, where the region says nothing else.</summary>
    public const int DaysAfterYear = 90;

    /// <summary>First day of the oldest scheme year that is open on a day.</summary>
    public static DateOnly OpenSince(DateOnly today, int daysAfterYear = DaysAfterYear) => new(today.AddDays(-daysAfterYear).Year, 1, 1);
}
