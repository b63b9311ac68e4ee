using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>What <see cref="FactStore"/> is asked of one settlement or person, read for many at once. Whatever writes a settlement
/// drops what was read of it.</summary>
internal static class FactAheadStore
{
    private static readonly string OfIdsSql = FactStore.Selected + " where region = $1 and settlement in (list $2)";
    private static readonly string ReplacingIdsSql = FactStore.Selected + " where region = $1 and replaces in (list $2) and replaces is not null";
    private static readonly string OfVisitsSql = FactStore.Selected + " where region = $1 and key_site = $2 and visit in (list $3)";
    private static readonly string OfYearsSql = FactStore.Selected + " where region = $1 and person in (list $2) and scheme_year in (list $3)";

    /// <summary>Settlements by their ids, and what partial refunds left of them.</summary>
    public static void ReadIds(StoreSession session, string region, IReadOnlyCollection<Guid> ids)
    {
        session.Ahead.Keep(FactStore.OfIdSql, ids, session.Rows<SettledFact>(OfIdsSql, region, ids.ToArray()), fact => fact.Settlement);
        if (!session.AsksAServer)
        {
            // Of a list and a partial index SQLite would read all of the index.
            return;
        }
        session.Ahead.Keep(FactStore.ReplacingSql, ids, session.Rows<SettledFact>(ReplacingIdsSql, region, ids.ToArray()), fact => fact.Replaces!.Value);
    }

    public static void ReadVisits(StoreSession session, string region, IReadOnlyCollection<(string KeySite, string Visit, long Ordinal)> visits)
    {
        foreach (var site in visits.GroupBy(visit => visit.KeySite, StringComparer.Ordinal))
        {
            session.Ahead.Keep(
                FactStore.OfVisitSql, site, session.Rows<SettledFact>(OfVisitsSql, region, site.Key, site.Select(visit => visit.Visit).Distinct(StringComparer.Ordinal).ToArray()),
                fact => (fact.KeySite, fact.Visit, fact.Ordinal));
        }
    }

    /// <summary>How many settlements the persons have in their years.</summary>
    public static void ReadCounts(StoreSession session, string region, IReadOnlyCollection<(string Person, long Year)> years)
    {
        var counts = session.Rows<CountRow>(
            """
            select person as Person, scheme_year as Year, count(*) as Settlements from settlement_fact
            where region = $1 and person in (list $2) and scheme_year in (list $3) group by person, scheme_year
            """,
            region, PersonsOf(years), YearsOf(years)).ToDictionary(row => (row.Person, row.Year), row => row.Settlements);
        foreach (var year in years)
        {
            session.Ahead.Keep(FactStore.CountSql, year, counts.GetValueOrDefault(year));
        }
    }

    /// <summary>The settlements of persons' years, and whom accounts join in them.</summary>
    public static IReadOnlyList<SettledFact> ReadYears(StoreSession session, string region, IReadOnlyCollection<(string Person, long Year)> years)
    {
        var facts = session.Rows<SettledFact>(OfYearsSql, region, PersonsOf(years), YearsOf(years));
        var wanted = years.ToHashSet();
        session.Ahead.Keep(FactStore.OfYearSql, years, facts, fact => (fact.Person, fact.SchemeYear));
        if (!session.AsksAServer)
        {
            // Of a list and a partial index SQLite would read all settlements of the region.
            return [.. facts.Where(fact => wanted.Contains((fact.Person, fact.SchemeYear)))];
        }
        var paidFor = session.Rows<JoinedRow>(
            """
            select distinct person as Person, account_owner as Owner, scheme_year as Year from settlement_fact
            where region = $1 and account_owner in (list $2) and scheme_year in (list $3) and account_owner <> ''
            """,
            region, PersonsOf(years), YearsOf(years)).ToLookup(row => (row.Owner, row.Year), row => row.Person);
        foreach (var year in years)
        {
            var owners = session.Ahead.Of<IReadOnlyList<SettledFact>>(FactStore.OfYearSql, year)!.Select(fact => fact.AccountOwner).Where(owner => owner.Length > 0);
            session.Ahead.Keep(FactStore.OwnersSql, year, (IReadOnlyList<string>)[.. owners.Distinct(StringComparer.Ordinal), .. paidFor[year]]);
        }
        return [.. facts.Where(fact => wanted.Contains((fact.Person, fact.SchemeYear)))];
    }

    private static string[] PersonsOf(IEnumerable<(string Person, long Year)> years) => [.. years.Select(year => year.Person).Distinct(StringComparer.Ordinal)];

    private static long[] YearsOf(IEnumerable<(string Person, long Year)> years) => [.. years.Select(year => year.Year).Distinct()];

    private sealed class CountRow
    {
        public string Person { get; init; } = "";
        public long Year { get; init; }
        public long Settlements { get; init; }
    }

    private sealed class JoinedRow
    {
        public string Person { get; init; } = "";
        public string Owner { get; init; } = "";
        public long Year { get; init; }
    }
}
