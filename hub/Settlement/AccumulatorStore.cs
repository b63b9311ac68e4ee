using System.Globalization;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>True accumulators per person and scheme year, as the agents are told. What fell to zero stays as zero.</summary>
internal static class AccumulatorStore
{
    public static IReadOnlyDictionary<string, long> OfYear(StoreSession session, string region, string person, long year) =>
        session.Query<Row>(
            "select accumulator as Accumulator, amount as Amount from person_accumulator where region = @region and person = @person and scheme_year = @year",
            new { region, person, year }).ToDictionary(row => row.Accumulator, row => row.Amount, StringComparer.Ordinal);

    /// <summary>Stores all of a person's accumulators of a year under a new version: a site that asks sees what its own entries are in.
    /// What a site says it moved, refused settlements too, has a row even where it is truly zero: only a row tells the site that
    /// its own moves are in.</summary>
    public static void Store(StoreSession session, string region, string person, long year, AccumulatorState state, IEnumerable<SettledFact> facts, long version)
    {
        var amounts = OfYear(session, region, person, year).Keys.Concat(Claimed(facts, year)).Distinct(StringComparer.Ordinal)
            .ToDictionary(key => key, _ => 0L, StringComparer.Ordinal);
        foreach (var (key, amount) in state.Amounts)
        {
            amounts[key.ToString()] = amount.MinorUnits;
        }
        var put = session.Prepared("""
            insert into person_accumulator (region, person, scheme_year, accumulator, amount, version) values ($1, $2, $3, $4, $5, $6)
            on conflict (region, person, scheme_year, accumulator) do update set amount = excluded.amount, version = excluded.version
            """);
        foreach (var (accumulator, amount) in amounts)
        {
            put.Execute(region, person, year, accumulator, amount, version);
        }
    }

    /// <summary>The accumulators of the year that the settlements claim to have moved. One of another year is not this year's to tell.</summary>
    public static IReadOnlyList<string> Claimed(IEnumerable<SettledFact> facts, long year)
    {
        var digits = year.ToString("0000", CultureInfo.InvariantCulture);
        return [.. facts.SelectMany(fact => MoveText.Read(fact.ClaimedMoves)).Select(move => AccumulatorKey.Parse(move.Key))
            .Where(key => key.Period.StartsWith(digits, StringComparison.Ordinal)).Select(key => key.ToString()).Distinct(StringComparer.Ordinal)];
    }

    private sealed class Row
    {
        public string Accumulator { get; init; } = "";
        public long Amount { get; init; }
    }
}
