using System.Data.Common;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>Columns of <see cref="LedgerAuditStore.Legs"/>, by place.</summary>
internal static class LegColumn
{
    public const int SetId = 0;
    public const int Cause = 1;
    public const int Sealed = 2;
    public const int Month = 3;
    public const int ValueDate = 4;
    public const int PostingDate = 5;
    public const int Corrects = 6;
    public const int LegNo = 7;
    public const int Event = 8;
    public const int Fen = 9;
    public const int Rule = 10;
    public const int Article = 11;
    public const int AccountNo = 12;
    public const int Currency = 13;
    public const int Kind = 14;
    public const int Owner = 15;
    public const int Scheme = 16;
    public const int Period = 17;
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
    public long AccountNo { get; init; }
}

/// <summary>Reads the ledger for verify.</summary>
internal static class LedgerAuditStore
{
    /// <summary>All sets with their legs, by id and number, in the order of the tables' own keys; a set without legs has one row. The caller
    /// disposes the reader before anything else is read.</summary>
    public static DbDataReader Legs(StoreSession session, string region) => session.Prepared(
        """
        select lower(cast(s.set_id as text)), s.cause, s.legs, s.posting_month, cast(s.value_date as text), cast(s.posting_date as text),
               coalesce(lower(cast(s.corrects as text)), ''), l.leg_no, l.event, l.fen, l.rule, l.article, l.account_no, a.currency, a.kind, a.owner, a.scheme, a.period
        from ledger_set s
        left join ledger_leg l on l.region = s.region and l.set_id = s.set_id
        left join ledger_account a on a.region = l.region and a.account_no = l.account_no
        where s.region = $1 order by s.set_id, l.leg_no
        """).Read(region);

    public static long LegCount(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from ledger_leg where region = @region", new { region });

    /// <summary>Sets that point back, and sets of a cause whose first set stands in an earlier month that is closed by now.</summary>
    public static IEnumerable<AuditedCorrection> Corrections(StoreSession session, string region) => session.Stream<AuditedCorrection>(
        """
        select s.cause as Cause, s.set_id as SetId, s.corrects as Found, f.set_id as First, s.posting_date as PostingDate,
               s.posting_month > f.posting_month as IsLater, p.closed_ms as FirstClosedMs
        from (select region, cause from ledger_set where region = @region group by region, cause having count(*) > 1 or count(corrects) > 0) as many
        join ledger_set s on s.region = many.region and s.cause = many.cause
        join ledger_set f on f.region = s.region and f.cause = s.cause
        left join ledger_period p on p.region = f.region and p.month = f.posting_month
        where s.region = @region
        and not exists (select 1 from ledger_set e where e.region = f.region and e.cause = f.cause and (e.posting_month, e.set_id) < (f.posting_month, f.set_id))
        and (s.corrects is not null or (p.month is not null and s.posting_month > f.posting_month))
        order by s.cause, s.set_id
        """,
        new { region });

    public static IEnumerable<AuditedBalance> Balances(StoreSession session, string region) => session.Stream<AuditedBalance>(
        """
        select a.kind as Kind, a.owner as Owner, a.period as Period, cast(coalesce(b.fen, 0) as bigint) as Fen, a.account_no as AccountNo
        from ledger_account a left join ledger_balance b on b.region = a.region and b.account_no = a.account_no
        where a.region = @region order by a.account_no
        """,
        new { region });
}
