using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Access;

/// <summary>Table client.</summary>
internal static class ClientStore
{
    /// <returns>False: there is one of this name already.</returns>
    public static bool Add(StoreSession session, string region, string name, string may, string tokenHash, long madeMs) => session.Prepared("""
        insert into client (region, name, may, token_hash, made_ms, ended_ms) values ($1, $2, $3, $4, $5, null) on conflict (region, name) do nothing
        """).Execute(region, name, may, tokenHash, madeMs) > 0;

    public static bool End(StoreSession session, string region, string name, long endedMs) => session.Prepared(
        "update client set ended_ms = $3 where region = $1 and name = $2 and ended_ms is null").Execute(region, name, endedMs) > 0;

    /// <summary>What the holder of the token may; null: nobody's, or ended.</summary>
    public static string? May(StoreSession session, string region, string tokenHash) => session.Prepared(
        "select may from client where region = $1 and token_hash = $2 and ended_ms is null").Scalar(region, tokenHash) as string;

    public static IReadOnlyList<(string Name, string May, long MadeMs, long? EndedMs)> All(StoreSession session, string region)
    {
        var all = new List<(string, string, long, long?)>();
        using var rows = session.Prepared("select name, may, made_ms, ended_ms from client where region = $1 order by name").Read(region);
        while (rows.Read())
        {
            all.Add((rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.IsDBNull(3) ? null : rows.GetInt64(3)));
        }
        return all;
    }
}
