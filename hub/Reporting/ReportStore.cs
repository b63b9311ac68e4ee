using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Reporting;

/// <summary>One line of a month's settlement: decided sums in minor units.</summary>
public sealed class SettlementLine
{
    public string Institution { get; init; } = "";
    public string Name { get; init; } = "";
    public string VisitType { get; init; } = "";
    public string ServiceMonth { get; init; } = "";
    public string Currency { get; init; } = "";
    public long Visits { get; init; }
    public long Total { get; init; }
    public long InScope { get; init; }
    public long Fund { get; init; }
    public long Catastrophic { get; init; }
    public long Assistance { get; init; }
    public long Account { get; init; }
    public long Cash { get; init; }
    public long Owed { get; init; }
    public long OfflineDifference { get; init; }
    public long Receivable { get; init; }
    public long Refunded { get; init; }
    public long OtherOwed { get; init; }
    public long OtherDifference { get; init; }
    public long OtherRefunded { get; init; }

    /// <summary>What the institution gets beyond (or below) the pooled fund's share by the rules: kept whole where its data were
    /// stale, less what the fund owes to the patient instead, plus what it paid out for the fund.</summary>
    public long Adjustments => checked(OfflineDifference - Owed + Refunded);

    /// <summary>What the institution gets of catastrophic insurance and assistance together, by the same arithmetic; never of the pool (Z4).</summary>
    public long OtherDue => checked(Catastrophic + Assistance + OtherDifference - OtherOwed + OtherRefunded);
}

/// <summary>An open payable, receivable or case.</summary>
public sealed class OwedLine
{
    public string Kind { get; init; } = "";
    public string Who { get; init; } = "";
    public string Site { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Cause { get; init; } = "";
    public string Since { get; init; } = "";
    public long SinceMs { get; init; }
    public long Amount { get; init; }
    public long Paid { get; init; }
    public long Open { get; init; }
}

/// <summary>An entry that is set aside.</summary>
public sealed class QuarantineLine
{
    public string Site { get; init; } = "";
    public long DeviceNo { get; init; }
    public long Epoch { get; init; }
    public long Seq { get; init; }
    public string Kind { get; init; } = "";
    public string Code { get; init; } = "";
    public string Owner { get; init; } = "";
    public string Detail { get; init; } = "";
    public long SinceMs { get; init; }
}

/// <summary>A visit that was not settled on the spot, and why.</summary>
public sealed class UnsettledLine
{
    public string Site { get; init; } = "";
    public string Day { get; init; } = "";
    public string Visit { get; init; } = "";
    public string VisitType { get; init; } = "";
    public string Reason { get; init; } = "";
}

/// <summary>A settlement that a limit refused; amounts in minor units.</summary>
public sealed class RefusalLine
{
    public string Site { get; init; } = "";
    public string Day { get; init; } = "";
    public string VisitType { get; init; } = "";
    public string Code { get; init; } = "";
    public long FundAsked { get; init; }
    public long LimitLeft { get; init; }
}

/// <summary>Reads the other rooms' published views for reports.</summary>
internal static class ReportStore
{
    /// <summary>More rows than a report can have: institutions x visit types x service months.</summary>
    private const int Most = 200_000;

    public static IReadOnlyList<SettlementLine> Month(StoreSession session, string region, string month) => session.Query<SettlementLine>(
        """
        select r.institution as Institution, coalesce(i.name, '') as Name, r.visit_type as VisitType, r.service_month as ServiceMonth, r.currency as Currency,
               cast(coalesce(sum(r.visits), 0) as bigint) as Visits, cast(coalesce(sum(r.total), 0) as bigint) as Total, cast(coalesce(sum(r.in_scope), 0) as bigint) as InScope,
               cast(coalesce(sum(r.fund), 0) as bigint) as Fund, cast(coalesce(sum(r.catastrophic), 0) as bigint) as Catastrophic,
               cast(coalesce(sum(r.assistance), 0) as bigint) as Assistance, cast(coalesce(sum(r.account), 0) as bigint) as Account, cast(coalesce(sum(r.cash), 0) as bigint) as Cash,
               cast(coalesce(sum(r.owed), 0) as bigint) as Owed, cast(coalesce(sum(r.offline_difference), 0) as bigint) as OfflineDifference,
               cast(coalesce(sum(r.receivable), 0) as bigint) as Receivable, cast(coalesce(sum(r.refunded), 0) as bigint) as Refunded,
               cast(coalesce(sum(r.other_owed), 0) as bigint) as OtherOwed, cast(coalesce(sum(r.other_difference), 0) as bigint) as OtherDifference,
               cast(coalesce(sum(r.other_refunded), 0) as bigint) as OtherRefunded
        from public_decided_rollup r left join public_institution i on i.region = r.region and i.code = r.institution
        where r.region = @region and r.posting_month = @month
        group by r.institution, i.name, r.visit_type, r.service_month, r.currency
        order by r.institution, r.visit_type, r.service_month, r.currency limit @Most
        """,
        new { region, month, Most = (long)Most });

    public static IReadOnlyList<OwedLine> Payables(StoreSession session, string region) => session.Query<OwedLine>(
        """
        select 'payable' as Kind, person as Who, site as Site, cast(settlement as text) as Subject, cause as Cause, since_ms as SinceMs,
               amount as Amount, paid as Paid, open as Open
        from public_payable where region = @region and open <> 0 order by since_ms, settlement limit @Most
        """,
        new { region, Most = (long)Most });

    public static IReadOnlyList<OwedLine> Receivables(StoreSession session, string region) => session.Query<OwedLine>(
        """
        select 'receivable' as Kind, owner as Who, owner as Site, period as Subject, '' as Cause, 0 as SinceMs, -fen as Amount, 0 as Paid, -fen as Open
        from public_balance where region = @region and kind = 'ReceivableFrom' and fen <> 0 order by owner, period limit @Most
        """,
        new { region, Most = (long)Most });

    public static IReadOnlyList<OwedLine> Cases(StoreSession session, string region) => session.Query<OwedLine>(
        """
        select 'case' as Kind, person as Who, institution as Site, cast(settlement as text) as Subject, kind as Cause, opened_ms as SinceMs,
               amount as Amount, 0 as Paid, amount as Open
        from public_recovery_case where region = @region and status = 'Open' order by opened_ms, subject limit @Most
        """,
        new { region, Most = (long)Most });

    public static IReadOnlyList<QuarantineLine> Quarantine(StoreSession session, string region) => session.Query<QuarantineLine>(
        """
        select site as Site, device_no as DeviceNo, epoch as Epoch, seq as Seq, kind as Kind, code as Code, owner as Owner, detail as Detail, since_ms as SinceMs
        from public_quarantine where region = @region and released_ms is null order by since_ms, site, epoch, seq limit @Most
        """,
        new { region, Most = (long)Most });

    public static IReadOnlyList<RefusalLine> Refusals(StoreSession session, string region, string month) => session.Query<RefusalLine>(
        """
        select site as Site, cast(civil_day as text) as Day, visit_type as VisitType, code as Code, fund_asked as FundAsked, limit_left as LimitLeft
        from public_offline_refusal where region = @region and substr(cast(civil_day as text), 1, 7) = @month order by civil_day, site, seq limit @Most
        """,
        new { region, month, Most = (long)Most });

    public static IReadOnlyList<UnsettledLine> Unsettled(StoreSession session, string region, string month) => session.Query<UnsettledLine>(
        """
        select site as Site, cast(visit_day as text) as Day, visit as Visit, visit_type as VisitType, reason as Reason
        from public_unsettled_visit where region = @region and substr(cast(visit_day as text), 1, 7) = @month order by visit_day, site, visit limit @Most
        """,
        new { region, month, Most = (long)Most });
}
