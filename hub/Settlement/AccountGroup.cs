using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>The persons whom one account joins in a scheme year: who paid with it and its owner, and whoever else these are joined
/// with. What is left of an account depends on all of them, so their year is one. Source: family shared account (家庭共济).</summary>
internal static class AccountGroup
{
    /// <summary>All who hang together with these persons, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Of(StoreSession session, string region, IEnumerable<string> persons, long year)
    {
        var found = new SortedSet<string>(persons, StringComparer.Ordinal);
        var waiting = new Queue<string>(found);
        while (waiting.TryDequeue(out var person))
        {
            foreach (var joined in FactStore.JoinedWith(session, region, person, year).Where(found.Add))
            {
                waiting.Enqueue(joined);
            }
        }
        return [.. found];
    }

    /// <summary>Whether a settlement with this account would join more persons than are computed together.</summary>
    public static bool IsTooLarge(StoreSession session, string region, string person, string owner, long year, int most) =>
        owner.Length > 0 && Of(session, region, [person, owner], year).Count > most;
}
