using EdgeHub.Hub.Store;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>True accumulators per person and scheme year, as the agents are told. What fell to zero stays as zero.</summary>
internal static class AccumulatorStore
{
    private const string Selected =
        "select person as Person, scheme_year as Year, accumulator as Accumulator, amount as Amount from person_accumulator";

    private const string OfYearSql = Selected + " where region = $1 and person = $2 and scheme_year = $3";

    public static IReadOnlyDictionary<string, long> OfYear(StoreSession session, string region, string person, long year) =>
        (session.Ahead.Of<IReadOnlyList<Row>>(OfYearSql, (person, year)) ?? session.Rows<Row>(OfYearSql, region, person, year))
        .ToDictionary(row => row.Accumulator, row => row.Amount, StringComparer.Ordinal);

    /// <summary>The same for many at once.</summary>
    public static void ReadYears(StoreSession session, string region, IReadOnlyCollection<(string Person, long Year)> years) => session.Ahead.Keep(
        OfYearSql, years,
        session.Rows<Row>(
            Selected + " where region = $1 and person in (list $2) and scheme_year in (list $3)", region,
            years.Select(year => year.Person).Distinct(StringComparer.Ordinal).ToArray(), years.Select(year => year.Year).Distinct().ToArray()),
        row => (row.Person, row.Year));

    /// <summary>Stores a person's accumulators of a year. What a site says it moved, refused settlements too, has a row even where it
    /// is truly zero: only a row tells the site that its own moves are in.</summary>
    /// <param name="claimed">Keys that settlements claim to have moved.</param>
    /// <param name="judged">An entry of the person was judged: all rows get the new version, so that a site that asks sees what its
    /// own entries are in. Otherwise only what changed does.</param>
    public static void Store(
        StoreSession session, string region, string person, long year, AccumulatorState state, IEnumerable<string> claimed, bool judged, Func<long> version)
    {
        var held = OfYear(session, region, person, year);
        var amounts = held.Keys.Concat(claimed).Distinct(StringComparer.Ordinal).ToDictionary(key => key, _ => 0L, StringComparer.Ordinal);
        foreach (var (key, amount) in state.Amounts)
        {
            amounts[key.ToString()] = amount.MinorUnits;
        }
        foreach (var (accumulator, amount) in amounts)
        {
            if (judged || !held.TryGetValue(accumulator, out var former) || former != amount)
            {
                Put(session, region, person, year, accumulator, amount, version());
            }
        }
    }

    /// <summary>Tells again, under a new version, what is true of accumulators that an entry moved which was set aside: it counts
    /// nowhere, and a site whose own view holds its moves hears so.</summary>
    public static void Tell(StoreSession session, string region, string person, long year, IEnumerable<string> keys, long version)
    {
        var held = OfYear(session, region, person, year);
        foreach (var key in held.Keys.Concat(keys).Distinct(StringComparer.Ordinal))
        {
            Put(session, region, person, year, key, held.GetValueOrDefault(key), version);
        }
    }

    private static void Put(StoreSession session, string region, string person, long year, string accumulator, long amount, long version)
    {
        session.Later(
            """
            insert into person_accumulator (region, person, scheme_year, accumulator, amount, version) values ($1, $2, $3, $4, $5, $6)
            on conflict (region, person, scheme_year, accumulator) do update set amount = excluded.amount, version = excluded.version
            """,
            region, person, year, accumulator, amount, version);
        session.Ahead.Drop(OfYearSql, (person, year));
    }

    /// <summary>The accumulators of the year that the settlements claim to have moved, by person. One of another year is not this year's to tell.</summary>
    public static ILookup<string, string> Claimed(IEnumerable<SettledFact> facts, long year) => facts
        .SelectMany(fact => MoveText.Read(fact.ClaimedMoves).Select(move => MoveText.Whose(fact.Person, AccumulatorKey.Parse(move.Key))))
        .Where(whose => MoveText.YearOf(whose.Key) == year).Distinct()
        .ToLookup(whose => whose.Person, whose => whose.Key.ToString(), StringComparer.Ordinal);

    private sealed class Row
    {
        public string Person { get; init; } = "";
        public long Year { get; init; }
        public string Accumulator { get; init; } = "";
        public long Amount { get; init; }
    }
}
