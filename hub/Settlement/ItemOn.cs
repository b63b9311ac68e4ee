using System.Globalization;

namespace EdgeHub.Hub.Settlement;

/// <summary>Which of an item's rows holds on a service day: the newest of those that had begun by then. It replaces older ones from
/// its own first day on, so that an end or a correction counts, and a row of a later period leaves the former days as they were.</summary>
internal static class ItemOn
{
    /// <returns>Null: the hub never had the item. Holds is false where the row that counts is removed, has ended or none has begun.</returns>
    public static KnownItem? Day(IReadOnlyList<KnownItem> rows, DateOnly day)
    {
        var row = rows.Where(each => each.First <= day).MaxBy(each => each.Version);
        return row is null
            ? rows.MinBy(each => each.Version) is { } later ? later with { Holds = false } : null
            : row with { Holds = !row.Removed && (row.Ends.Length == 0 || day < DateOnly.ParseExact(row.Ends, "yyyy-MM-dd", CultureInfo.InvariantCulture)) };
    }
}
