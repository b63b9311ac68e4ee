using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>The county's index says of everybody whom it has read what the members' list says, leaves out whoever shares a hash and nobody
/// else, and has nobody who is not on the list. The hashes themselves rest on the hub's key, which is not in its database. Names nobody.</summary>
public sealed class CountyIndexAudit : IAudit
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        if (CountyIndexStore.Cursor(session, region) is not { } cursor)
        {
            return;
        }
        notes.Count("county_index", CountyIndexStore.Count(session, region));
        foreach (var version in CountyIndexStore.OtherThanMembers(session, region, cursor))
        {
            notes.Differ("county_index", FormattableString.Invariant($"of a member of version {version}"), "what the members' list says", "something else");
        }
        foreach (var hash in CountyIndexStore.WronglyShared(session, region))
        {
            notes.Differ("county_index", $"hash {hash}", "in where one person has it, clash where more do", "something else");
        }
        notes.Same("county_index without a member", region, 0L, CountyIndexStore.Loose(session, region));
    }
}
