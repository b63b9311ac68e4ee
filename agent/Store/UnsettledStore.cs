using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Why visits were not settled on the spot: the last reason that was said of each.</summary>
public static class UnsettledStore
{
    /// <summary>Null: nobody has said why.</summary>
    public static string? Reason(StoreSession session, string visit)
    {
        using var row = session.Prepared("select reason from visit_unsettled where visit = $1").Read(visit);
        return row.Read() ? row.GetString(0) : null;
    }

    public static void Keep(StoreSession session, VisitUnsettled body, DateTimeOffset at) => session.Prepared("""
        insert into visit_unsettled (visit, reason, operator, said) values ($1, $2, $3, $4)
        on conflict (visit) do update set reason = excluded.reason, operator = excluded.operator, said = excluded.said
        """).Execute(body.Visit, body.Reason, body.Operator, at);
}
