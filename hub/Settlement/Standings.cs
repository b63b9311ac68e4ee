using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>How a fact stands among those of its visit part and its id.</summary>
/// <param name="ReversedMs">When it was reversed, as effective time; 0: it was not.</param>
/// <param name="Place">Where it counts in the total order.</param>
public sealed record Stood(string Standing, long ReversedMs, FactPlace Place);

/// <summary>How each settlement stands, from the set of facts alone, whatever order they came in: at most one unreversed
/// settlement per visit part, and one per id; an invoice withdrawn or refused for its cover takes nothing from another claim of it; a partial
/// refund's remainder at the place of what it replaces, once that is known. Source: B21, B22; data.md, business key.</summary>
internal static class Standings
{
    /// <summary>Settlements that may hang together by visit part or id; a further one is set aside.</summary>
    public const int Most = 200;

    /// <summary>Pure: the standing of each fact of a group that holds together all facts of its visit parts and ids, and their reversals.</summary>
    public static IReadOnlyDictionary<SettledFact, Stood> Of(IReadOnlyList<SettledFact> group, IReadOnlyList<Reversal> reversals)
    {
        var reading = new Reading(group, reversals);
        var stands = new Dictionary<SettledFact, Stood>(ReferenceEqualityComparer.Instance);
        var first = new List<SettledFact>();
        foreach (var sameId in group.GroupBy(f => f.Settlement))
        {
            var ordered = sameId.OrderBy(f => f.OrderAt(f.OwnPlace)).ToList();
            first.Add(ordered[0]);
            foreach (var later in ordered.Skip(1))
            {
                var again = later.DeviceNo == ordered[0].DeviceNo && later.Content == ordered[0].Content;
                stands[later] = new Stood(again ? Standing.Repeated : Standing.Duplicate, 0, later.OwnPlace);
            }
        }
        foreach (var part in first.GroupBy(f => (f.KeySite, f.Visit, f.Ordinal)))
        {
            var taken = false;
            foreach (var fact in part.OrderBy(f => f.IsUnpayableInvoice).ThenBy(f => f.OrderAt(reading.PlaceOf(f) ?? f.OwnPlace)))
            {
                stands[fact] = reading.Stood(fact, ref taken);
            }
        }
        return stands;
    }

    /// <summary>How a fact stands by all that is stored now.</summary>
    public static Stood Now(StoreSession session, SettledFact fact) =>
        Of(session, Together(session, fact)).Single(each => each.Key.Entry == fact.Entry).Value;

    /// <summary>Settles the standings around one fact and stores what changed.</summary>
    /// <returns>The facts whose standing changed.</returns>
    public static IReadOnlyList<SettledFact> Settle(StoreSession session, SettledFact about) => Settle(session, Together(session, about));

    /// <param name="group">All facts that hang together.</param>
    public static IReadOnlyList<SettledFact> Settle(StoreSession session, IReadOnlyList<SettledFact> group)
    {
        var changed = new List<SettledFact>();
        foreach (var (fact, stood) in Of(session, group))
        {
            if (new Stood(fact.Standing, fact.ReversedMs, fact.Place) != stood)
            {
                if (fact.Standing == Standing.Waits && Forerunner(group, fact) is { } forerunner)
                {
                    FactStore.Inherit(session, fact, forerunner);
                }
                FactStore.Stand(session, fact, stood.Standing, stood.ReversedMs, stood.Place);
                changed.Add(fact with { Standing = stood.Standing });
            }
        }
        return changed;
    }

    /// <summary>Whether a settlement is what partial refunds left of another one.</summary>
    public static bool BeganWith(StoreSession session, SettledFact remainder, SettledFact first) =>
        remainder.Replaces is not null && Forerunner(Together(session, first), remainder)?.Entry == first.Entry;

    /// <summary>The settlement with which a chain of remainders began: what is left of it is judged by what was known of it.</summary>
    private static SettledFact? Forerunner(IReadOnlyList<SettledFact> group, SettledFact remainder)
    {
        var (fact, steps) = ((SettledFact?)remainder, 0);
        while (fact?.Replaces is { } id && steps++ < Most)
        {
            fact = group.Where(each => each.Settlement == id).MinBy(each => each.OrderAt(each.OwnPlace));
        }
        return ReferenceEquals(fact, remainder) ? null : fact;
    }

    private static IReadOnlyDictionary<SettledFact, Stood> Of(StoreSession session, IReadOnlyList<SettledFact> group) =>
        Of(group, [.. group.Select(f => f.Settlement).Distinct().SelectMany(id => ReversalStore.Of(session, group[0].Region, id))]);

    /// <summary>All facts that hang together with this one by visit part, by id, or as what a partial refund left of it.</summary>
    public static IReadOnlyList<SettledFact> Together(StoreSession session, SettledFact about)
    {
        var found = new Dictionary<string, SettledFact>(StringComparer.Ordinal);
        var waiting = new Queue<SettledFact>([about]);
        var asked = new HashSet<object>();
        while (waiting.TryDequeue(out var fact))
        {
            var near = new List<SettledFact>();
            foreach (var id in (Guid?[])[fact.Settlement, fact.Replaces])
            {
                if (id is { } known && asked.Add(known))
                {
                    near.AddRange(FactStore.OfId(session, fact.Region, known));
                    near.AddRange(FactStore.Replacing(session, fact.Region, known));
                }
            }
            if (asked.Add((fact.KeySite, fact.Visit, fact.Ordinal)))
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

    /// <summary>A group, with what was taken back of it and by what.</summary>
    private sealed class Reading
    {
        private readonly ILookup<Guid, SettledFact> _byId;
        private readonly Dictionary<string, SettledFact> _byEntry;
        private readonly ILookup<Guid, Reversal> _reversals;

        public Reading(IReadOnlyList<SettledFact> group, IReadOnlyList<Reversal> reversals)
        {
            _byId = group.ToLookup(f => f.Settlement);
            _byEntry = group.ToDictionary(f => f.Entry, StringComparer.Ordinal);
            _reversals = reversals.ToLookup(r => r.Settlement);
        }

        public Stood Stood(SettledFact fact, ref bool taken)
        {
            if (fact.Withdrawn)
            {
                return new Stood(Standing.Withdrawn, 0, fact.OwnPlace);
            }
            if (PlaceOf(fact) is not { } place)
            {
                return new Stood(Standing.Waits, 0, fact.OwnPlace);
            }
            var mirrors = Mirroring(fact);
            if (mirrors.Count > 0)
            {
                return new Stood(Standing.Reversed, mirrors.Min(r => r.EffectiveMs), place);
            }
            if (taken || !IsTheFirstToTakeBack(fact))
            {
                return new Stood(Standing.Duplicate, 0, place);
            }
            taken = true;
            return new Stood(Standing.Stands, 0, place);
        }

        /// <summary>A fact's own place, a remainder's that of the settlement that it replaces; null: that one is not here.</summary>
        public FactPlace? PlaceOf(SettledFact fact) => PlaceOf(fact, []);

        private FactPlace? PlaceOf(SettledFact fact, HashSet<string> passed)
        {
            if (fact.Replaces is null)
            {
                return fact.OwnPlace;
            }
            return passed.Add(fact.Entry) && Replaced(fact) is { } old ? PlaceOf(old, passed) : null;
        }

        /// <summary>The settlement that a remainder replaces: the earliest one of that id that its refund mirrors.</summary>
        private SettledFact? Replaced(SettledFact remainder) => remainder.Replaces is { } id
            && _reversals[id].FirstOrDefault(r => r.Remainder && r.Entry == remainder.Entry) is { } refund
            ? _byId[id].Where(old => refund.Mirrors(old, remainder)).MinBy(old => old.OrderAt(old.OwnPlace))
            : null;

        private List<Reversal> Mirroring(SettledFact fact) =>
            [.. _reversals[fact.Settlement].Where(r => r.Mirrors(fact, r.Remainder ? _byEntry.GetValueOrDefault(r.Entry) : null))];

        /// <summary>Of several that take a settlement back, the first one counts: what a later partial refund left does not stand.</summary>
        private bool IsTheFirstToTakeBack(SettledFact fact)
        {
            if (Replaced(fact) is not { } old)
            {
                return true;
            }
            var first = Mirroring(old).MinBy(r => (r.EffectiveMs, r.DeviceNo, r.Epoch, r.Seq));
            return first is { Remainder: true } && _byEntry.GetValueOrDefault(first.Entry)?.Settlement == fact.Settlement;
        }
    }
}
