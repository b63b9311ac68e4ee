namespace EdgeHub.Rules.Calendars;

/// <summary>The last moment at which something is still in time, where a rule counts in hours (小时): calendar hours, nights and
/// holidays included. The moment itself is in time.</summary>
public readonly record struct HourDeadline(DateTimeOffset LastMoment)
{
    /// <summary>Within so many hours after an event.</summary>
    public static HourDeadline Within(DateTimeOffset moment, int hours) => new(moment.AddTicks(Ticks(hours)));

    /// <summary>At least so many hours ahead of an event.</summary>
    public static HourDeadline Ahead(DateTimeOffset moment, int hours) => new(moment.AddTicks(-Ticks(hours)));

    /// <summary>Whole minutes late, a begun one counted; 0 in time.</summary>
    public long MinutesLate(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks - LastMoment.UtcTicks;
        return ticks <= 0 ? 0 : (ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute;
    }

    public override string ToString() => Article.Written(LastMoment);

    private static long Ticks(int hours)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hours);
        return hours * TimeSpan.TicksPerHour;
    }
}
