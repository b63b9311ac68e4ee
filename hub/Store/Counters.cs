using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>Numbers that a region hands out one after the other, in the transaction that uses them.</summary>
public static class Counters
{
    /// <summary>The next number, from 1.</summary>
    public static long Next(StoreSession session, string region, string name) => (long)(session.Prepared(
        "insert into counter (region, name, value) values ($1, $2, 1) on conflict (region, name) do update set value = counter.value + 1 returning value")
        .Scalar(region, name) ?? throw new InvalidOperationException("A counter gives a number."));

    /// <summary>The first of so many next numbers, all of which are the caller's.</summary>
    public static long Take(StoreSession session, string region, string name, int count) => (long)(session.Prepared(
        "insert into counter (region, name, value) values ($1, $2, $3) on conflict (region, name) do update set value = counter.value + excluded.value returning value")
        .Scalar(region, name, (long)count) ?? throw new InvalidOperationException("A counter gives a number.")) - count + 1;

    /// <summary>The number last handed out, 0 for none.</summary>
    public static long Peek(StoreSession session, string region, string name) =>
        session.Prepared("select value from counter where region = $1 and name = $2").Scalar(region, name) is long value ? value : 0;

    /// <summary>The next number is above this one.</summary>
    public static void Raise(StoreSession session, string region, string name, long atLeast) => session.Prepared(
        "insert into counter (region, name, value) values ($1, $2, $3) on conflict (region, name) do update set value = excluded.value where counter.value < excluded.value")
        .Execute(region, name, atLeast);
}

/// <summary>Versions of the feeds: one counter per region, so that a version names one moment over all feeds.</summary>
public static class FeedVersions
{
    public const string Counter = "feed";

    /// <summary>A new version for a change of this feed, in the transaction of the change. Take one per transaction and feed.</summary>
    public static long Next(StoreSession session, string region, string feed)
    {
        var version = Counters.Next(session, region, Counter);
        session.Prepared("insert into feed_version (region, feed, version) values ($1, $2, $3) on conflict (region, feed) do update set version = excluded.version")
            .Execute(region, feed, version);
        return version;
    }

    /// <summary>The newest version of each feed, 0 for one that was never changed. Accumulators and payables change with the
    /// members too: whoever comes into a catchment brings them along; fees change with the bookings.</summary>
    public static IReadOnlyDictionary<string, long> Newest(StoreSession session, string region)
    {
        var changed = session.Query<Row>("select feed, version from feed_version where region = @region", new { region })
            .ToDictionary(row => row.Feed, row => row.Version, StringComparer.Ordinal);
        var members = changed.GetValueOrDefault(FeedNames.Members);
        return FeedNames.All.ToDictionary(
            feed => feed,
            feed => Math.Max(changed.GetValueOrDefault(feed), feed switch
            {
                FeedNames.Accumulators or FeedNames.Payables => members,
                FeedNames.Fees => changed.GetValueOrDefault(FeedNames.Bookings),
                _ => 0,
            }),
            StringComparer.Ordinal);
    }

    private sealed class Row
    {
        public string Feed { get; set; } = "";
        public long Version { get; set; }
    }
}
