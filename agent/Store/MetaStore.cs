using System.Text.Json;
using EdgeHub.Agent.Access;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Single facts of the store: where the agent stands, when it last heard the hub.</summary>
public static class MetaStore
{
    private const string SiteName = "site";
    private const string FeedIncarnationName = "feed_incarnation";
    private const string LastExchangeName = "last_exchange";

    /// <summary>Null: not enrolled yet.</summary>
    public static SiteFacts? Site(StoreSession session) =>
        Read(session, SiteName) is { } json ? JsonSerializer.Deserialize<SiteFacts>(json) : null;

    public static void KeepSite(StoreSession session, SiteFacts site) => Keep(session, SiteName, JsonSerializer.Serialize(site));

    /// <summary>When the hub last answered; null: never.</summary>
    public static DateTimeOffset? LastExchange(StoreSession session) => Instant(Read(session, LastExchangeName));

    public static void KeepLastExchange(StoreSession session, DateTimeOffset at) => Keep(session, LastExchangeName, Instants.Write(at));

    /// <summary>Which life of the hub's counter the feeds' versions here belong to; null: no hub has said.</summary>
    public static string? FeedIncarnation(StoreSession session) => Read(session, FeedIncarnationName);

    public static void KeepFeedIncarnation(StoreSession session, string incarnation) => Keep(session, FeedIncarnationName, incarnation);

    private static DateTimeOffset? Instant(string? text) => text is null ? null : Instants.Read(text);

    private static string? Read(StoreSession session, string name) =>
        (string?)session.Prepared("select value from meta where name = $1").Scalar(name);

    private static void Keep(StoreSession session, string name, string value) =>
        session.Prepared("insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value").Execute(name, value);
}
