using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Persons' years that are to be computed again though no entry of theirs came.</summary>
internal static class YearAgainStore
{
    public static void Put(StoreSession session, string region, string person, long year, string why, long nowMs) => session.Execute(
        """
        insert into year_again (region, person, scheme_year, why, since_ms) values (@region, @person, @year, @why, @nowMs)
        on conflict (region, person, scheme_year) do nothing
        """,
        new { region, person, year, why, nowMs });

    /// <summary>Takes the oldest of them; the caller computes them in the same transaction.</summary>
    public static IReadOnlyList<(string Person, long Year)> Take(StoreSession session, string region, int most)
    {
        var taken = session.Rows<Row>(
            "select person as Person, scheme_year as Year from year_again where region = $1 order by since_ms, person, scheme_year limit $2", region, (long)most);
        foreach (var row in taken)
        {
            session.Execute("delete from year_again where region = @region and person = @Person and scheme_year = @Year", new { region, row.Person, row.Year });
        }
        return [.. taken.Select(row => (row.Person, row.Year))];
    }

    private sealed class Row
    {
        public string Person { get; init; } = "";
        public long Year { get; init; }
    }
}
