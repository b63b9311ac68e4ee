namespace EdgeHub.Quickstart.Parts;

/// <summary>The demonstration's clock: every program that is started gets its offset. Moving it holds for what is started afterwards.</summary>
public sealed class DemoClock(TimeProvider clock, DateTimeOffset startsAt)
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    public long OffsetSeconds { get; private set; } = (long)(startsAt - clock.GetUtcNow()).TotalSeconds;

    /// <summary>The hour and minute in Zhenkang.</summary>
    public string Hour => clock.GetUtcNow().AddSeconds(OffsetSeconds).ToOffset(Zone).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public void MoveOn(TimeSpan span) => OffsetSeconds += (long)span.TotalSeconds;
}
