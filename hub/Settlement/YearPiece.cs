using System.Collections.Immutable;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>All that verify needs of the persons from one number to another, read table by table.</summary>
internal sealed class YearPiece
{
    private static readonly IReadOnlyDictionary<string, long> NoAmounts = ImmutableDictionary<string, long>.Empty;

    private readonly string _low;
    private readonly string _high;
    private readonly ILookup<(string Person, long Year), SettledFact> _facts;
    private readonly ILookup<string, StoredDecision> _decisions;
    private readonly HashSet<(long, long, long)> _entangled;
    private readonly ILookup<(long, long, long), PostedLeg> _legs;
    private readonly IReadOnlyDictionary<Guid, Payable> _payables;
    private readonly IReadOnlyDictionary<Guid, long> _refunded;
    private readonly ILookup<(string Person, long Year), KeyValuePair<string, long>> _accumulators;
    private readonly IReadOnlyList<YearPiece> _others;

    private YearPiece(StoreSession session, string region, string low, string high)
    {
        (_low, _high, _others) = (low, high, []);
        _facts = FactStore.OfPersons(session, region, low, high).ToLookup(fact => (fact.Person, fact.SchemeYear));
        _decisions = DecisionStore.OfPersons(session, region, low, high);
        _entangled = AuditChunkStore.Entangled(session, region, low, high);
        _legs = AuditChunkStore.Legs(session, region, low, high);
        _payables = AuditChunkStore.Payables(session, region, low, high);
        _refunded = AuditChunkStore.Refunded(session, region, low, high);
        _accumulators = AuditChunkStore.Accumulators(session, region, low, high);
    }

    private YearPiece(YearPiece of, IReadOnlyList<YearPiece> others)
    {
        (_low, _high, _facts, _decisions, _entangled, _legs) = (of._low, of._high, of._facts, of._decisions, of._entangled, of._legs);
        (_payables, _refunded, _accumulators, _others) = (of._payables, of._refunded, of._accumulators, others);
    }

    /// <summary>Persons and years that have settlements, in their order.</summary>
    public IEnumerable<(string Person, long Year)> PersonYears =>
        _facts.Select(year => year.Key).OrderBy(key => key.Person, StringComparer.Ordinal).ThenBy(key => key.Year);

    public static YearPiece Read(StoreSession session, string region, string low, string high) => new(session, region, low, high);

    public bool Holds(string person) => string.CompareOrdinal(_low, person) <= 0 && string.CompareOrdinal(person, _high) <= 0;

    /// <summary>This, and persons who stand elsewhere beside it.</summary>
    public YearPiece With(StoreSession session, string region, IEnumerable<string> persons)
    {
        var others = persons.Select(person => Read(session, region, person, person)).ToList();
        return others.Count == 0 ? this : new YearPiece(this, others);
    }

    public IEnumerable<SettledFact> Facts(string person, long year) => Of(person)._facts[(person, year)];

    public IReadOnlyList<StoredDecision> Decisions(SettledFact fact) => [.. Of(fact.Person)._decisions[fact.Entry]];

    public IReadOnlyList<PostedLeg> Legs(SettledFact fact) => [.. Of(fact.Person)._legs[(fact.DeviceNo, fact.Epoch, fact.Seq)]];

    public bool IsEntangled(SettledFact fact) => Of(fact.Person)._entangled.Contains((fact.DeviceNo, fact.Epoch, fact.Seq));

    public Payable? Payable(Guid settlement) => All().Select(piece => piece._payables.GetValueOrDefault(settlement)).FirstOrDefault(found => found is not null);

    public long Refunded(Guid settlement) => All().Select(piece => piece._refunded.GetValueOrDefault(settlement)).FirstOrDefault(found => found != 0);

    public IReadOnlyDictionary<string, long> Accumulators(string person, long year) =>
        Of(person)._accumulators[(person, year)] is var amounts && amounts.Any() ? amounts.ToDictionary(StringComparer.Ordinal) : NoAmounts;

    private YearPiece Of(string person) => Holds(person) ? this : _others.First(piece => piece.Holds(person));

    private IEnumerable<YearPiece> All() => [this, .. _others];
}
