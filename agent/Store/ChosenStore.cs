using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A diagnosis or an item that this site's desks chose before.</summary>
public sealed record Chosen(string Code, string Title, long Times);

/// <summary>What this site chooses most, so that a search can say it first.</summary>
public static class ChosenStore
{
    public const string Diagnosis = "diagnosis";
    public const string Item = "item";

    public static void Count(StoreSession session, string kind, string code, string title, string pinyin, DateTimeOffset at) =>
        session.Prepared("""
            insert into chosen (kind, code, title, pinyin, times, last) values ($1, $2, $3, $4, 1, $5)
            on conflict (kind, code) do update set title = excluded.title, pinyin = excluded.pinyin, times = chosen.times + 1, last = excluded.last
            """).Execute(kind, code, title, pinyin, at);

    /// <summary>By code's or initials' beginning, or within title or initials; blank text: all. The most chosen first.</summary>
    public static IReadOnlyList<Chosen> Search(StoreSession session, string kind, string text, int most)
    {
        var found = new List<Chosen>();
        using var rows = session.Prepared("""
            select code, title, times from chosen
            where kind = $1 and ($2 = '' or instr(upper(code), upper($2)) = 1 or instr(title, $2) > 0 or instr(pinyin, lower($2)) > 0)
            order by times desc, last desc, code limit $3
            """).Read(kind, text, (long)most);
        while (rows.Read())
        {
            found.Add(new Chosen(rows.GetString(0), rows.GetString(1), rows.GetInt64(2)));
        }
        return found;
    }
}
