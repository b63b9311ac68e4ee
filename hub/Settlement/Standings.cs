using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>How each settlement stands, from the set of facts alone, whatever order they came in: at most one unreversed
/// settlement per visit part, and one per id. Source: B22; data.md, business key.</summary>
internal static class Standings
{
    /// <summary>Settlements that may hang together by visit part or id; a further one is set aside.</summary>
    public const int Most = 200;

    /// <summary>Pure: standing and time of reversal of each fact of a group that holds together all facts of its visit parts and ids.</summary>
    public static IReadOnlyDictionary<SettledFact, (string Standing, long ReversedMs)> Of(IReadOnlyList<SettledFact> group, IReadOnlyList<Reversal> reversals)
    {
        var stands = new Dictionary<SettledFact, (string, long)>(ReferenceEqualityComparer.Instance);
        var first = new List<SettledFact>();
        foreach (var sameId in group.GroupBy(f => f.Settlement))
        {
            var ordered = sameId.OrderBy(f => f.Order).ToList();
            first.Add(ordered[0]);
            foreach (var later in ordered.Skip(1))
            {
                var again = later.DeviceNo == ordered[0].DeviceNo && later.Content == ordered[0].Content;
                stands[later] = (again ? Standing.Repeated : Standing.Duplicate, 0);
            }
        }
        foreach (var part in first.GroupBy(f => (f.Site, f.Visit, f.Ordinal)))
        {
            var taken = false;
            foreach (var fact in part.OrderBy(f => f.Order))
            {
                var mirrors = reversals.Where(r => r.Mirrors(fact)).ToList();
                if (mirrors.Count > 0)
                {
                    stands[fact] = (Standing.Reversed, mirrors.Min(r => r.EffectiveMs));
                    continue;
                }
                stands[fact] = (taken ? Standing.Duplicate : Standing.Stands, 0);
                taken = true;
            }
        }
        return stands;
    }

    /// <summary>How a fact stands by all that is stored now.</summary>
    public static string Now(StoreSession session, SettledFact fact)
    {
        var group = Together(session, fact);
        var reversals = group.Select(f => f.Settlement).Distinct().SelectMany(id => ReversalStore.Of(session, fact.Region, id)).ToList();
        return Of(group, reversals).Single(each => each.Key.Entry == fact.Entry).Value.Standing;
    }

    /// <summary>Settles the standings around one fact and stores what changed.</summary>
    /// <returns>The facts whose standing changed.</returns>
    public static IReadOnlyList<SettledFact> Settle(StoreSession session, SettledFact about)
    {
        var group = Together(session, about);
        var reversals = group.Select(f => f.Settlement).Distinct().SelectMany(id => ReversalStore.Of(session, about.Region, id)).ToList();
        var changed = new List<SettledFact>();
        foreach (var (fact, (standing, reversedMs)) in Of(group, reversals))
        {
            if (fact.Standing != standing || fact.ReversedMs != reversedMs)
            {
                FactStore.Stand(session, fact, standing, reversedMs);
                changed.Add(fact);
            }
        }
        return changed;
    }

    /// <summary>Whether so many settlements hang together with this one already that no further is taken.</summary>
    public static bool IsFull(StoreSession session, SettledFact about) => Together(session, about).Count >= Most;

    /// <summary>All facts that hang together with this one by visit part or by id.</summary>
    private static IReadOnlyList<SettledFact> Together(StoreSession session, SettledFact about)
    {
        var found = new Dictionary<string, SettledFact>(StringComparer.Ordinal);
        var waiting = new Queue<SettledFact>([about]);
        var asked = new HashSet<object>();
        while (waiting.TryDequeue(out var fact))
        {
            var near = new List<SettledFact>();
            if (asked.Add(fact.Settlement))
            {
                near.AddRange(FactStore.OfId(session, fact.Region, fact.Settlement));
            }
            if (asked.Add((fact.Site, fact.Visit, fact.Ordinal)))
            {
                near.AddRange(FactStore.OfVisit(session, fact));
            }
            foreach (var one in near.Where(one => found.TryAdd(one.Entry, one)))
            {
                waiting.Enqueue(one);
            }
        }
        return [.. found.Values];
    }
}
