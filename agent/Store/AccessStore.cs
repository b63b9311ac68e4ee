using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Somebody who is signed in.</summary>
/// <param name="Seen">When a page was last asked for, to the minute.</param>
/// <param name="Locked">The PIN is asked for before anything else is shown.</param>
public sealed record DeskSession(byte[] Token, string Staff, DateTimeOffset Opened, DateTimeOffset Seen, bool Locked);

/// <summary>A program with a token.</summary>
/// <param name="RevokedAt">Null: the token is taken.</param>
public sealed record ApiClient(string Name, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? RevokedAt);

/// <summary>Tables desk_session, client and person_seen. Tokens are here as hashes alone.</summary>
public static class AccessStore
{
    public static DeskSession? Session(StoreSession session, byte[] token)
    {
        using var row = session.Prepared("select staff, opened, seen, locked from desk_session where token = $1").Read(token);
        return row.Read() ? new DeskSession(token, row.GetString(0), Instants.Read(row.GetString(1)), Instants.Read(row.GetString(2)), row.GetBoolean(3)) : null;
    }

    public static void Put(StoreSession session, DeskSession open) => session.Prepared("""
        insert into desk_session (token, staff, opened, seen, locked) values ($1, $2, $3, $4, $5)
        on conflict (token) do update set seen = excluded.seen, locked = excluded.locked
        """).Execute(open.Token, open.Staff, open.Opened, open.Seen, open.Locked);

    public static void End(StoreSession session, byte[] token) => session.Prepared("delete from desk_session where token = $1").Execute(token);

    /// <summary>All of a person's but one: after a new PIN, or a role that changed.</summary>
    public static void EndOthers(StoreSession session, string staff, byte[] but) =>
        session.Prepared("delete from desk_session where staff = $1 and token <> $2").Execute(staff, but);

    /// <summary>What was opened before an instant ends: nobody works that long.</summary>
    public static void EndOlder(StoreSession session, DateTimeOffset before) => session.Prepared("delete from desk_session where opened < $1").Execute(before);

    /// <summary>Which program has this token; null: none, or it was revoked.</summary>
    public static string? ClientOf(StoreSession session, byte[] token) =>
        (string?)session.Prepared("select name from client where token = $1 and revoked_at is null").Scalar(token);

    public static IReadOnlyList<ApiClient> Clients(StoreSession session)
    {
        var all = new List<ApiClient>();
        using var rows = session.Prepared("select name, made_by, made_at, revoked_at from client order by name limit 1000").Read();
        while (rows.Read())
        {
            all.Add(new ApiClient(rows.GetString(0), rows.GetString(1), Instants.Read(rows.GetString(2)), rows.IsDBNull(3) ? null : Instants.Read(rows.GetString(3))));
        }
        return all;
    }

    /// <returns>False: that name is taken.</returns>
    public static bool AddClient(StoreSession session, string name, byte[] token, string by, DateTimeOffset at) => session.Prepared(
        "insert into client (name, token, made_by, made_at) values ($1, $2, $3, $4) on conflict (name) do nothing").Execute(name, token, by, at) == 1;

    /// <returns>False: no such client, or revoked before.</returns>
    public static bool RevokeClient(StoreSession session, string name, DateTimeOffset at) =>
        session.Prepared("update client set revoked_at = $2 where name = $1 and revoked_at is null").Execute(name, at) == 1;

    /// <summary>When this look was, that is in the journal; null: none of this day.</summary>
    public static DateTimeOffset? SeenAt(StoreSession session, string @operator, string person, string visit, DateOnly day) =>
        session.Prepared("select at from person_seen where operator = $1 and person = $2 and visit = $3 and civil_day = $4")
            .Scalar(@operator, person, visit, day) is string at ? Instants.Read(at) : null;

    /// <summary>Keeps that this look is in the journal. Looks of days before yesterday are forgotten here with an operator's first one of a day.</summary>
    public static void KeepSeen(StoreSession session, string @operator, string person, string visit, DateOnly day, DateTimeOffset at)
    {
        if (session.Prepared("select 1 from person_seen where operator = $1 and civil_day = $2 limit 1").Scalar(@operator, day) is null)
        {
            session.Prepared("delete from person_seen where civil_day < $1").Execute(day.AddDays(-1));
        }
        session.Prepared("""
            insert into person_seen (operator, person, visit, civil_day, at) values ($1, $2, $3, $4, $5)
            on conflict (operator, person, visit, civil_day) do update set at = excluded.at
            """).Execute(@operator, person, visit, day, at);
    }

    /// <summary>A number among the parameters that the hub feeds; null: it says nothing of it.</summary>
    public static string? Parameter(StoreSession session, string name) => ParameterStore.Text(session, name);
}
