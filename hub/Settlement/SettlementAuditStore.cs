using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>What is open of a person, in minor units.</summary>
internal sealed class OpenOfPerson
{
    public string Person { get; init; } = "";
    public long Shown { get; init; }
    public long Owed { get; init; }
    public long Overpaid { get; init; }
}

/// <summary>Reads what settlement keeps, for verify.</summary>
internal static class SettlementAuditStore
{
    /// <summary>Whether a text names the line of a settlement that is judged: device/epoch/seq.</summary>
    public static bool IsJudged(StoreSession session, string region, string entry)
    {
        var parts = entry.Split('/').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        return parts is [>= 0, >= 0, >= 0]
            && FactStore.OfEntry(session, region, parts[0], parts[1], parts[2]) is { Standing: not (Standing.Repeated or Standing.Waits) };
    }

    public static long FactCount(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from settlement_fact where region = @region", new { region });

    public static long ReversalCount(StoreSession session, string region) =>
        session.ExecuteScalar<long>("select count(*) from settlement_reversal where region = @region", new { region });

    /// <summary>Payables whose settlement the hub does not have.</summary>
    public static IReadOnlyList<Guid> LoosePayables(StoreSession session, string region) => session.Query<Guid>(
        """
        select p.settlement from payable p where p.region = @region
        and not exists (select 1 from settlement_fact f where f.region = p.region and f.settlement = p.settlement) order by p.settlement
        """,
        new { region });

    /// <summary>Persons to whom something was paid out.</summary>
    public static IReadOnlyList<string> PersonsPaid(StoreSession session, string region) => session.Query<string>(
        "select distinct person from payable where region = @region and paid > 0 order by person", new { region });

    public static IReadOnlyDictionary<Guid, long> Carried(StoreSession session, string region) => session.Query<CarriedRow>(
        "select settlement as Settlement, carried as Carried from payable where region = @region and carried <> 0", new { region })
        .ToDictionary(row => row.Settlement, row => row.Carried);

    /// <summary>By person: what is shown as open, what the ledger owes, what cases say was paid out too much.</summary>
    public static IReadOnlyList<OpenOfPerson> OpenOfPersons(StoreSession session, string region) => session.Query<OpenOfPerson>(
        """
        select person as Person, cast(sum(shown) as bigint) as Shown, cast(sum(owed) as bigint) as Owed, cast(sum(overpaid) as bigint) as Overpaid
        from (
            select person, open as shown, 0 as owed, 0 as overpaid from public_payable where region = @region and open > 0
            union all
            select owner, 0, fen, 0 from public_balance where region = @region and kind = 'PayableTo' and fen <> 0
            union all
            select person, 0, 0, amount from recovery_case where region = @region and kind = 'RefundOverpaid' and status <> 'Closed'
        ) as each_one
        group by person order by person
        """,
        new { region });

    /// <summary>Names a person by an entry; blank: there is none.</summary>
    public static string AnEntryOf(StoreSession session, string region, string person) => session.QuerySingleOrDefault<string>(
        "select device_no || '/' || epoch || '/' || seq from settlement_fact where region = @region and person = @person order by device_no, epoch, seq limit 1",
        new { region, person }) ?? "";

    /// <summary>Accumulators above zero of years that have no settlement.</summary>
    public static IReadOnlyList<string> LooseAccumulators(StoreSession session, string region) => session.Query<string>(
        """
        select a.person || ' ' || a.accumulator from person_accumulator a where a.region = @region and a.amount <> 0
        and not exists (select 1 from settlement_fact f where f.region = a.region and f.person = a.person and f.scheme_year = a.scheme_year)
        and not exists (
            select 1 from settlement_fact o where o.region = a.region and o.account_owner = a.person and o.scheme_year = a.scheme_year and o.account_owner <> '')
        order by 1
        """,
        new { region });

    /// <summary>Cases that are not closed by the hub itself.</summary>
    public static IReadOnlyList<CaseRow> StandingCases(StoreSession session, string region) => session.Query<CaseRow>(
        "select kind as Kind, subject as Subject, amount as Amount, status as Status from recovery_case where region = @region and status <> 'Closed'", new { region });

    public static bool IsAccumulatorTold(StoreSession session, string region, string person, long year, string key) => session.ExecuteScalar<long>(
        "select count(*) from person_accumulator where region = @region and person = @person and scheme_year = @year and accumulator = @key",
        new { region, person, year, key }) > 0;

    /// <summary>Entries set aside that wait still.</summary>
    public static IReadOnlyList<WaitingEntry> Aside(StoreSession session, string region) => session.Query<WaitingEntry>(
        """
        select e.region as Region, e.device_no as DeviceNo, e.epoch as Epoch, e.seq as Seq, e.site as Site, e.kind as Kind, e.schema as Schema,
               e.captured_effective_ms as EffectiveMs, e.civil_day as CivilDay, e.segment_id as SegmentId, e.ordinal as Ordinal
        from public_entry e join quarantine q on q.region = e.region and q.device_no = e.device_no and q.epoch = e.epoch and q.seq = e.seq
        where e.region = @region and q.released_ms is null order by e.device_no, e.epoch, e.seq
        """,
        new { region });

    public static IReadOnlyList<Refund> PostedRefunds(StoreSession session, string region) =>
        [.. PayableStore.AllRefunds(session, region).Where(refund => refund.PostingMonth.Length > 0)];

    public static IReadOnlyDictionary<RollupKey, RollupSums> Rollup(StoreSession session, string region) => session.Query<RollupRow>(
        """
        select posting_month as PostingMonth, service_month as ServiceMonth, institution as Institution, visit_type as VisitType, currency as Currency,
               charged_to as ChargedTo, visits as Visits, total as Total, in_scope as InScope, fund as Fund, catastrophic as Catastrophic, assistance as Assistance,
               account as Account, cash as Cash, owed as Owed, offline_difference as OfflineDifference, receivable as Receivable, other_owed as OtherOwed,
               other_difference as OtherDifference, other_receivable as OtherReceivable, refunded as Refunded,
               other_refunded as OtherRefunded
        from decided_rollup where region = @region
        """,
        new { region }).ToDictionary(
            row => new RollupKey(region, row.PostingMonth, row.ServiceMonth, row.Institution, row.VisitType, row.Currency, row.ChargedTo),
            row => new RollupSums(
                row.Visits, row.Total, row.InScope, row.Fund, row.Catastrophic, row.Assistance, row.Account, row.Cash, row.Owed, row.OfflineDifference, row.Receivable,
                row.OtherOwed, row.OtherDifference, row.OtherReceivable, row.Refunded, row.OtherRefunded));

    private sealed class CarriedRow
    {
        public Guid Settlement { get; init; }
        public long Carried { get; init; }
    }

    private sealed class RollupRow
    {
        public string PostingMonth { get; init; } = "";
        public string ServiceMonth { get; init; } = "";
        public string Institution { get; init; } = "";
        public string VisitType { get; init; } = "";
        public string Currency { get; init; } = "";
        public string ChargedTo { get; init; } = "";
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
        public long OtherOwed { get; init; }
        public long OtherDifference { get; init; }
        public long OtherReceivable { get; init; }
        public long Refunded { get; init; }
        public long OtherRefunded { get; init; }
    }
}
