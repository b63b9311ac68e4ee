using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

internal sealed class AuditedSet
{
    public string Cause { get; init; } = "";
    public long Sealed { get; init; }
    public long Legs { get; init; }
    public long Fen { get; init; }
}

internal sealed class AuditedLeg
{
    public string Event { get; init; } = "";
    public long Side { get; init; }
    public string Kind { get; init; } = "";
    public string Rule { get; init; } = "";
    public string Article { get; init; } = "";
}

internal sealed class AuditedBalance
{
    public string Kind { get; init; } = "";
    public string Owner { get; init; } = "";
    public string Period { get; init; } = "";
    public long Fen { get; init; }
    public long Legs { get; init; }
}

/// <summary>Reads the ledger for verify.</summary>
internal static class LedgerAuditStore
{
    /// <summary>Sets by currency, one by one.</summary>
    public static IEnumerable<AuditedSet> Sets(StoreSession session, string region) => session.Stream<AuditedSet>(
        """
        select s.cause as Cause, s.legs as Sealed,
               (select count(*) from ledger_leg c where c.region = s.region and c.set_id = s.set_id) as Legs,
               cast(coalesce(sum(l.fen), 0) as bigint) as Fen
        from ledger_set s join ledger_leg l on l.region = s.region and l.set_id = s.set_id
        join ledger_account a on a.region = l.region and a.account_no = l.account_no
        where s.region = @region group by s.region, s.set_id, s.cause, s.legs, a.currency order by s.cause
        """,
        new { region });

    public static long Loose(StoreSession session, string region) => session.ExecuteScalar<long>(
        """
        select count(*) from ledger_leg l left join ledger_set s on s.region = l.region and s.set_id = l.set_id
        where l.region = @region and s.set_id is null
        """,
        new { region });

    /// <summary>The different ways in which legs were written.</summary>
    public static IReadOnlyList<AuditedLeg> Kinds(StoreSession session, string region) => session.Query<AuditedLeg>(
        """
        select distinct l.event as Event, l.leg_no % 2 as Side, a.kind as Kind, l.rule as Rule, l.article as Article
        from ledger_leg l join ledger_account a on a.region = l.region and a.account_no = l.account_no where l.region = @region
        """,
        new { region });

    public static IReadOnlyList<AuditedBalance> Balances(StoreSession session, string region) => session.Query<AuditedBalance>(
        """
        select a.kind as Kind, a.owner as Owner, a.period as Period, cast(coalesce(b.fen, 0) as bigint) as Fen,
               (select cast(coalesce(sum(l.fen), 0) as bigint) from ledger_leg l where l.region = a.region and l.account_no = a.account_no) as Legs
        from ledger_account a left join ledger_balance b on b.region = a.region and b.account_no = a.account_no
        where a.region = @region order by a.account_no
        """,
        new { region });
}
