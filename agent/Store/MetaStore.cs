using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeHub.Agent.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Store;

/// <summary>Single facts of the store: where the agent stands, when it last heard the hub.</summary>
public static class MetaStore
{
    private const string SiteName = "site";
    private const string FeedIncarnationName = "feed_incarnation";
    private const string LastExchangeName = "last_exchange";
    private const string KeyCheckName = "key_check";
    private const string HandKeyName = "hand_key";
    private const string HandCutsName = "hand_cuts";
    private const string AcksSinceName = "hand_acks_since";

    /// <summary>Null: not enrolled yet.</summary>
    /// <exception cref="StoreException">StoreDamaged: what is kept is not what was written.</exception>
    public static SiteFacts? Site(StoreSession session) => Read(session, SiteName) is not { } json ? null
        : SiteFile.Parsed(Encoding.UTF8.GetBytes(json)) ?? throw Altered(SiteName);

    public static void KeepSite(StoreSession session, SiteFacts site) => Keep(session, SiteName, JsonSerializer.Serialize(site));

    /// <summary>When the hub last answered; null: never.</summary>
    public static DateTimeOffset? LastExchange(StoreSession session) => Instant(Read(session, LastExchangeName));

    public static void KeepLastExchange(StoreSession session, DateTimeOffset at) => Keep(session, LastExchangeName, Instants.Write(at));

    /// <summary>Which life of the hub's counter the feeds' versions here belong to; null: no hub has said.</summary>
    public static string? FeedIncarnation(StoreSession session) => Read(session, FeedIncarnationName);

    public static void KeepFeedIncarnation(StoreSession session, string incarnation) => Keep(session, FeedIncarnationName, incarnation);

    /// <summary>Something that only this store's keys make: so a key that belongs to another store is seen before it finds nobody.</summary>
    public static void KeepKeyCheck(StoreSession session, FieldCipher cipher)
    {
        if (Read(session, KeyCheckName) is null)
        {
            Keep(session, KeyCheckName, Convert.ToBase64String(cipher.Seal(KeyCheckName, KeyCheckName)) + " " + Convert.ToHexString(cipher.LookupOf(KeyCheckName, KeyCheckName)));
        }
    }

    /// <summary>Which key is not this store's; null: both are, or it never kept anything of them.</summary>
    public static string? KeyFault(StoreSession session, FieldCipher cipher)
    {
        if (Read(session, KeyCheckName)?.Split(' ') is not [var sealedName, var lookup])
        {
            return null;
        }
        if (lookup != Convert.ToHexString(cipher.LookupOf(KeyCheckName, KeyCheckName)))
        {
            return "keys/lookup is not this store's key: put the keys folder back from its backup";
        }
        try
        {
            return cipher.OpenText(Convert.FromBase64String(sealedName), KeyCheckName) == KeyCheckName ? null : "its key check is another";
        }
        catch (Exception altered) when (altered is CryptographicException or FormatException)
        {
            return "keys/store is not this store's key: put the keys folder back from its backup";
        }
    }

    /// <summary>The hub's key for files that are moved by hand, as the hub signed it; null: not heard yet.</summary>
    public static HandKey? HandKey(StoreSession session) => Read(session, HandKeyName) is { } json ? JsonSerializer.Deserialize<HandKey>(json) : null;

    /// <returns>True: it was another one, or none.</returns>
    public static bool KeepHandKey(StoreSession session, HandKey key)
    {
        if (HandKey(session) == key)
        {
            return false;
        }
        Keep(session, HandKeyName, JsonSerializer.Serialize(key));
        return true;
    }

    /// <summary>Where files of unsent lines ended, for each epoch as "epoch/seq", oldest first: a later file is cut there again.</summary>
    public static IReadOnlyList<string> HandCuts(StoreSession session) => Read(session, HandCutsName) is { } json ? JsonSerializer.Deserialize<List<string>>(json)! : [];

    public static void KeepHandCuts(StoreSession session, IReadOnlyList<string> cuts) => Keep(session, HandCutsName, JsonSerializer.Serialize(cuts));

    /// <summary>Acknowledgements that the hub wrote for a file before this, by its clock, are old news; null: none is.</summary>
    public static DateTimeOffset? AcksSince(StoreSession session) => Instant(Read(session, AcksSinceName));

    public static void KeepAcksSince(StoreSession session, DateTimeOffset at) => Keep(session, AcksSinceName, Instants.Write(at));

    private static DateTimeOffset? Instant(string? text)
    {
        try
        {
            return text is null ? null : Instants.Read(text);
        }
        catch (FormatException)
        {
            throw Altered(text!);
        }
    }

    private static StoreException Altered(string name) => new(Codes.StoreDamaged, "agent.db", $"the kept \"{name}\" was altered: it cannot be read");

    private static string? Read(StoreSession session, string name) =>
        (string?)session.Prepared("select value from meta where name = $1").Scalar(name);

    private static void Keep(StoreSession session, string name, string value) =>
        session.Prepared("insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value").Execute(name, value);
}
