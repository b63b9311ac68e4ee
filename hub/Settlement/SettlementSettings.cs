using EdgeHub.Rules.Benefit;

namespace EdgeHub.Hub.Settlement;

/// <summary>What a step of settlement needs to know of its region.</summary>
/// <param name="Zone">Civil days of the region are counted in it.</param>
public sealed record SettlementSettings(string Region, TimeZoneInfo Zone)
{
    /// <summary>Entries of one step at most: a step is one transaction and holds the writer so long.</summary>
    public int EntriesPerStep { get; init; } = 500;

    /// <summary>Entries that share a savepoint and whose data are read together; 1: each for itself.</summary>
    public int EntriesTogether { get; init; } = 100;

    /// <summary>The same of persons' years: what is read of them is held in memory meanwhile.</summary>
    public int YearsTogether { get; init; } = 50;

    /// <summary>Settlements of one person's scheme year at most: it is computed whole at each new entry.</summary>
    public int MostPerPersonYear { get; init; } = 2_000;

    /// <summary>Persons whom family accounts join in a scheme year at most: their year is one. An owner pays for at most 20 others;
    /// persons who changed their owner join two families.</summary>
    public int MostJoinedByAccounts { get; init; } = 50;

    /// <summary>Entries and persons' years that failed unexpectedly and are tried again by a hub that was started anew, at most.</summary>
    public int MostRetries { get; init; } = 500;

    /// <summary>A scheme year stays open so many days after its end; a service day before the oldest open year is a matter for people.</summary>
    public int DaysAfterYear { get; init; } = SchemeYears.DaysAfterYear;

    /// <summary>First day of the oldest scheme year that is open on a day.</summary>
    public DateOnly OpenSince(DateOnly today) => SchemeYears.OpenSince(today, DaysAfterYear);

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
