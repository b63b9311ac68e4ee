using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>Keeps the county's index behind the members: who changed is hashed again and gets a new version where something of the
/// index changed. Two persons with the same hash are both left out until one of them goes. The key comes from the hub's ticket
/// secret; another secret means another key, upon which the whole index is made anew and every site gets both.</summary>
public sealed class CountyIndexStep(HubStore hub) : IJobStep
{
    /// <summary>Members in one transaction.</summary>
    private const long MostMembers = 1_000;

    private readonly byte[] _key = KeyOf(hub);

    public string Name => "county index";

    /// <summary>The key under which the county's hashes are made; enrolled devices get it with the feed "site".</summary>
    public static byte[] KeyOf(HubStore hub) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, hub.Keys.TicketSecret, CountyHash.KeyBytes, info: Encoding.UTF8.GetBytes("edgehub county index " + hub.Region));

    public bool RunOnce()
    {
        var keyId = Convert.ToHexStringLower(SHA256.HashData(_key)[..8]);
        return hub.Read(session => Waits(session, keyId)) && hub.Write(session => Take(session, keyId));
    }

    private bool Waits(StoreSession session, string keyId) =>
        CountyIndexStore.Cursor(session, hub.Region) is not { } cursor
            ? FeedStore.HasMembers(session, hub.Region)
            : cursor.KeyId != keyId || CountyIndexStore.Changed(session, hub.Region, cursor, 1).Count > 0;

    /// <returns>True: more may wait.</returns>
    private bool Take(StoreSession session, string keyId)
    {
        var cursor = CountyIndexStore.Cursor(session, hub.Region);
        if (cursor is null || cursor.KeyId != keyId)
        {
            cursor = new CountyCursor(keyId, FeedVersions.Next(session, hub.Region, FeedNames.Site), 0, "");
        }
        var version = new PendingVersion(session, hub.Region, FeedNames.County);
        var members = CountyIndexStore.Changed(session, hub.Region, cursor, MostMembers);
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            Index(session, member, version.Next, touched);
        }
        foreach (var hash in touched)
        {
            Settle(session, hash, version.Next);
        }
        version.TakeIf(touched.Count > 0);
        CountyIndexStore.Keep(session, hub.Region, members.Count == 0 ? cursor : cursor with { Version = members[^1].Version, Person = members[^1].Person });
        return members.Count == MostMembers;
    }

    /// <param name="touched">Hashes of which somebody came, changed or went.</param>
    private void Index(StoreSession session, CountyMember member, long version, HashSet<string> touched)
    {
        var hash = CountyHash.Text(CountyHash.Of(_key, member.IdNumber));
        var before = CountyIndexStore.Find(session, hub.Region, member.Person);
        var now = new CountyRow(
            member.Person, hash, member.InsuranceType, member.PersonType, member.PoolingArea, member.CoverFirst, member.CoverEnd, member.Status,
            member.Removed ? CountyRow.Gone : CountyRow.In);
        if (before is not null && (before == now || (before.State == CountyRow.Clash && before with { State = CountyRow.In } == now)))
        {
            return;
        }
        CountyIndexStore.Put(session, hub.Region, now, version);
        touched.Add(hash);
        if (before is not null && before.Hash != hash)
        {
            CountyIndexStore.Left(session, hub.Region, before.Hash, version);
            touched.Add(before.Hash);
        }
    }

    /// <summary>One person of a hash is in; of two or more none is. Who stays with a hash that somebody left is told of once more,
    /// behind the removal.</summary>
    private void Settle(StoreSession session, string hash, long version)
    {
        var all = CountyIndexStore.WithHash(session, hub.Region, hash);
        foreach (var row in all)
        {
            CountyIndexStore.Put(session, hub.Region, row with { State = all.Count == 1 ? CountyRow.In : CountyRow.Clash }, version);
        }
    }
}
