namespace EdgeHub.Hub.Settlement;

/// <summary>What a step of settlement needs to know of its region.</summary>
/// <param name="Zone">Civil days of the region are counted in it.</param>
public sealed record SettlementSettings(string Region, TimeZoneInfo Zone)
{
    /// <summary>Entries of one step at most: a step is one transaction and holds the writer so long.</summary>
    public int EntriesPerStep { get; init; } = 500;

    public DateOnly DayOf(long milliseconds) => DayOf(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}

/// <summary>What one step did.</summary>
/// <param name="Entries">Entries read, quarantined ones included.</param>
/// <param name="Decisions">Decisions written; an unchanged one is not written again.</param>
public sealed record SettleReport(int Entries, int Quarantined, int PersonYears, int Decisions)
{
    public static readonly SettleReport Nothing = new(0, 0, 0, 0);
}
