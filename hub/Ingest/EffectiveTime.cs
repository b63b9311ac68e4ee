using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Ingest;

/// <summary>The instant under which the hub files an entry: what the device claims, kept between what is possible at all and the
/// hub's own moment of receipt, and never before the device's entry before. Milliseconds since 1970.</summary>
public static class EffectiveTime
{
    /// <summary>How far a device's clock may run ahead of the hub's: an entry from later than this counts as from then, so that a
    /// clock that once stood in the future leaves no trace in later entries.</summary>
    public const long AheadMilliseconds = 5 * 60 * 1000;

    private static readonly long Earliest = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Latest = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Captured plus the known offset to the hub's clock; an offset of more than a century is no clock's and counts as unknown.</summary>
    public static long Claimed(JournalHead head)
    {
        const long century = 100L * 366 * 24 * 3600 * 1000;
        return head.Captured.ToUnixTimeMilliseconds() + (head.Clock.OffsetMilliseconds is { } offset and >= -century and <= century ? offset : 0);
    }

    /// <param name="before">Of the device's entry before; 0: none.</param>
    /// <param name="claimed">Null: the head cannot be read.</param>
    public static long After(long before, long? claimed, long received)
    {
        var latest = Math.Clamp(received + AheadMilliseconds, Earliest, Latest);
        return Math.Max(before, Math.Clamp(claimed ?? Math.Max(before, Earliest), Earliest, latest));
    }

    /// <summary>Whether the claim had to be bounded.</summary>
    public static bool IsBounded(long claimed, long received) => claimed < Earliest || claimed > received + AheadMilliseconds || claimed > Latest;
}
