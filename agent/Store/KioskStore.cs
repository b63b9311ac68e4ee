using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A kiosk on another machine.</summary>
/// <param name="Reader">Its own devices; null: any, or the site's first.</param>
/// <param name="RevokedAt">Null: it is let in.</param>
public sealed record PairedKiosk(string Name, string? Reader, string? Printer, string? Scanner, string MadeBy, DateTimeOffset PairedAt, DateTimeOffset? RevokedAt);

/// <summary>Table kiosk. Tokens are here as hashes alone.</summary>
public static class KioskStore
{
    private const string Columns = "select name, reader, printer, scanner, made_by, paired_at, revoked_at from kiosk ";

    public static IReadOnlyList<PairedKiosk> All(StoreSession session)
    {
        var all = new List<PairedKiosk>();
        using var rows = session.Prepared(Columns + "order by name limit 200").Read();
        while (rows.Read())
        {
            all.Add(Of(rows));
        }
        return all;
    }

    /// <summary>Which kiosk has this token; null: none, or it is not let in any more.</summary>
    public static PairedKiosk? ByToken(StoreSession session, byte[] token)
    {
        using var row = session.Prepared(Columns + "where token = $1 and revoked_at is null").Read(token);
        return row.Read() ? Of(row) : null;
    }

    /// <summary>Pairs a kiosk; one of the same name is replaced: a machine that was exchanged.</summary>
    public static void Put(StoreSession session, PairedKiosk kiosk, byte[] token) => session.Prepared("""
        insert into kiosk (name, token, reader, printer, scanner, made_by, paired_at, revoked_at) values ($1, $2, $3, $4, $5, $6, $7, null)
        on conflict (name) do update set token = excluded.token, reader = excluded.reader, printer = excluded.printer, scanner = excluded.scanner,
            made_by = excluded.made_by, paired_at = excluded.paired_at, revoked_at = null
        """).Execute(kiosk.Name, token, kiosk.Reader, kiosk.Printer, kiosk.Scanner, kiosk.MadeBy, kiosk.PairedAt);

    /// <returns>False: no such kiosk, or it was not let in any more.</returns>
    public static bool Revoke(StoreSession session, string name, DateTimeOffset at) =>
        session.Prepared("update kiosk set revoked_at = $2 where name = $1 and revoked_at is null").Execute(name, at) == 1;

    private static PairedKiosk Of(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), Text(row, 1), Text(row, 2), Text(row, 3), row.GetString(4), Instants.Read(row.GetString(5)), row.IsDBNull(6) ? null : Instants.Read(row.GetString(6)));

    private static string? Text(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
