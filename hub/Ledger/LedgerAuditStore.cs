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

/// <summary>A set that points back to the first set of its cause, or might have to.</summary>
internal sealed class AuditedCorrection
{
    public string Cause { get; init; } = "";
    public Guid SetId { get; init; }
    public Guid? Found { get; init; }
    public Guid First { get; init; }
    public DateOnly PostingDate { get; init; }
    public bool IsLater { get; init; }
    public long? FirstClosedMs { get; init; }

    /// <summary>Whether the first set's month was surely closed when this one was posted: by a day at least, whatever the region's time zone.</summary>
    private bool WasClosed => FirstClosedMs is { } closed && DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(closed).UtcDateTime).AddDays(1) < PostingDate;

    /// <summary>What it should point to; null: nothing. On the days around the closing both are right.</summary>
    public Guid? Expected => IsLater && FirstClosedMs is not null && (Found is not null || WasClosed) ? First : null;
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
        order by l.event, Side, a.kind, l.rule, l.article
        """,
        new { region });

    /// <summary>Sets that point back, and sets of a cause whose first set stands in an earlier month that is closed by now.</summary>
    public static IEnumerable<AuditedCorrection> Corrections(StoreSession session, string region) => session.Stream<AuditedCorrection>(
        """
        select s.cause as Cause, s.set_id as SetId, s.corrects as Found, f.set_id as First, s.posting_date as PostingDate,
               s.posting_month > f.posting_month as IsLater, p.closed_ms as FirstClosedMs
        from ledger_set s
        join ledger_set f on f.region = s.region and f.cause = s.cause
        left join ledger_period p on p.region = f.region and p.month = f.posting_month
        where s.region = @region
        and not exists (select 1 from ledger_set e where e.region = f.region and e.cause = f.cause and (e.posting_month, e.set_id) < (f.posting_month, f.set_id))
        and (s.corrects is not null or (p.month is not null and s.posting_month > f.posting_month))
        order by s.cause, s.set_id
        """,
        new { region });

    public static IReadOnlyList<string> MonthsWithSets(StoreSession session, string region) => session.Query<string>(
        "select distinct posting_month from ledger_set where region = @region order by posting_month", new { region });

    public static IReadOnlyList<AuditedBalance> Balances(StoreSession session, string region) => session.Query<AuditedBalance>(
        """
        select a.kind as Kind, a.owner as Owner, a.period as Period, cast(coalesce(b.fen, 0) as bigint) as Fen,
               (select cast(coalesce(sum(l.fen), 0) as bigint) from ledger_leg l where l.region = a.region and l.account_no = a.account_no) as Legs
        from ledger_account a left join ledger_balance b on b.region = a.region and b.account_no = a.account_no
        where a.region = @region order by a.account_no
        """,
        new { region });
}
