using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.AuditTrail;

/// <summary>One batch as the device sent it, with where it belongs.</summary>
internal sealed class AuditSegment
{
    public long SegmentId { get; init; }
    public long DeviceNo { get; init; }
    public string Device { get; init; } = "";
    public string Site { get; init; } = "";
    public long Epoch { get; init; }
    public long FromSeq { get; init; }
    public long Count { get; init; }
    public byte[] PrevHash { get; init; } = [];
    public byte[] LastHash { get; init; } = [];
    public long ReceivedMs { get; init; }
    public byte[] Wire { get; init; } = [];
}

/// <summary>One file of rows: its columns in their order, with the expression behind each, and where they come from.</summary>
internal sealed record AuditList(string File, IReadOnlyList<(string Name, string Expression)> Columns, string From)
{
    public string Sql => $"select {string.Join(", ", Columns.Select(c => $"{c.Expression} as {c.Name}"))} {From}";

    public IReadOnlyList<string> Names => [.. Columns.Select(c => c.Name)];
}

/// <summary>Reads the rooms' published views for the export. Columns are text or whole numbers on either engine.</summary>
internal static class AuditExportStore
{
    /// <summary>Settlements whose line is in a batch of the range, or of which a decision was posted in it.</summary>
    private const string InRange = """
        (@whole or exists (
            select 1 from public_entry e join public_segment s on s.region = e.region and s.segment_id = e.segment_id
            where e.region = c.region and e.device_no = c.device_no and e.epoch = c.epoch and e.seq = c.seq and s.received_ms >= @fromMs and s.received_ms < @beforeMs)
        or exists (
            select 1 from public_decision_version v where v.region = c.region and v.device_no = c.device_no and v.epoch = c.epoch and v.seq = c.seq
            and v.posting_month >= @first and v.posting_month <= @last))
        """;

    public static readonly IReadOnlyList<AuditList> Lists =
    [
        new("settlements.csv",
            [.. Plain("c", "device_no", "epoch", "seq", "kind"), ("settlement", "cast(c.settlement as text)"), .. Plain("c", "key_site", "visit", "ordinal"),
                ("replaces", "coalesce(cast(c.replaces as text), '')"), .. Plain("c", "person", "site", "institution", "visit_type"),
                ("service_day", "cast(c.service_day as text)"), .. Plain("c", "currency", "standing", "total", "claimed_fund", "claimed_catastrophic",
                "claimed_assistance", "claimed_account", "claimed_cash", "policy_id", "policy_version", "policy_hash", "decision_version")],
            $"from public_settlement_claim c where c.region = @region and {InRange} order by c.device_no, c.epoch, c.seq"),
        new("decisions.csv",
            [.. Plain("d", "device_no", "epoch", "seq", "version"), ("holds", "case when c.decision_version = d.version then 'true' else 'false' end"),
                ("decision", "cast(d.decision as text)"), ("settlement", "cast(c.settlement as text)"), .. Plain("c", "site", "standing", "kind"),
                ("service_day", "cast(c.service_day as text)"), .. Plain("c", "currency", "total", "claimed_fund", "claimed_catastrophic", "claimed_assistance",
                "claimed_account", "claimed_cash"), .. Plain("d", "status", "code", "cause", "rule", "article", "fund", "catastrophic", "assistance", "account", "cash",
                "deductible", "difference", "bears", "policy", "policy_row", "moves", "posting_month", "decided_ms")],
            $"""
            from public_decision_version d
            join public_settlement_claim c on c.region = d.region and c.device_no = d.device_no and c.epoch = d.epoch and c.seq = d.seq
            where d.region = @region and {InRange} order by d.device_no, d.epoch, d.seq, d.version
            """),
        new("aside.csv",
            [.. Plain("q", "device_no", "epoch", "seq", "site", "kind", "code", "detail", "owner", "since_ms"), ("released_ms", "case when q.closed_by_hand then '' else coalesce(cast(q.released_ms as text), '') end")],
            "from public_quarantine q where q.region = @region order by q.device_no, q.epoch, q.seq"),
        new("ledger_sets.csv",
            [("set_id", "cast(s.set_id as text)"), .. Plain("s", "cause"), ("value_date", "cast(s.value_date as text)"), ("posting_date", "cast(s.posting_date as text)"),
                .. Plain("s", "posting_month", "legs"), ("corrects", "coalesce(cast(s.corrects as text), '')")],
            "from public_ledger_set s where s.region = @region and s.posting_month >= @first and s.posting_month <= @last order by s.posting_month, s.set_id"),
        new("ledger_legs.csv",
            [("set_id", "cast(l.set_id as text)"), .. Plain("l", "leg_no", "event", "currency", "kind", "owner", "scheme", "period", "fen", "rule", "article")],
            "from public_ledger_leg l where l.region = @region and l.posting_month >= @first and l.posting_month <= @last order by l.posting_month, l.set_id, l.leg_no"),
        new("ledger_balances.csv",
            [.. Plain("l", "currency", "kind", "owner", "scheme", "period"), ("opening", Sum("l.posting_month < @first")),
                ("movement", Sum("l.posting_month >= @first and l.posting_month <= @last")), ("closing", Sum("l.posting_month <= @last"))],
            """
            from public_ledger_leg l where l.region = @region and l.posting_month <= @last
            group by l.currency, l.kind, l.owner, l.scheme, l.period order by l.kind, l.owner, l.scheme, l.period, l.currency
            """),
        new("closings.csv", Plain("p", "month", "closed_ms", "closed_by", "sets", "previous", "hash"),
            "from public_ledger_period p where p.region = @region order by p.month"),
        new("closing_totals.csv", Plain("t", "month", "currency", "kind", "opening", "movement", "closing"),
            "from public_ledger_period_total t where t.region = @region order by t.month, t.currency, t.kind"),
    ];

    public static readonly AuditList Devices = new("devices.csv",
        [.. Plain("d", "device_no", "device", "site", "key_id"), ("from_ms", "d.enrolled_ms"), ("to_ms", "coalesce(cast(d.revoked_ms as text), '')"),
            ("judged_epoch", "coalesce(j.epoch, 0)"), ("judged_seq", "coalesce(j.seq, 0)")],
        "from public_device_key d left join public_judged_through j on j.region = d.region and j.device_no = d.device_no where d.region = @region order by d.device_no");

    /// <summary>The rows of a list, one by one, as text.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(StoreSession session, AuditList list, object bounds) =>
        session.Stream<dynamic>(list.Sql, bounds).Select(row => (IReadOnlyList<string>)[.. ((IDictionary<string, object?>)row).Values.Select(Cell)]);

    /// <summary>The batches of the range with their bytes, by device and place in its chain.</summary>
    public static IEnumerable<AuditSegment> Segments(StoreSession session, object bounds) => session.Stream<AuditSegment>(
        """
        select segment_id as SegmentId, device_no as DeviceNo, device as Device, site as Site, epoch as Epoch, from_seq as FromSeq, count as Count,
               prev_hash as PrevHash, last_hash as LastHash, received_ms as ReceivedMs, wire as Wire
        from public_segment where region = @region and received_ms >= @fromMs and received_ms < @beforeMs order by device_no, epoch, from_seq
        """,
        bounds);

    public static IReadOnlyList<(long DeviceNo, byte[] PublicKey)> Keys(StoreSession session, string region) => [.. session.Query<KeyRow>(
        "select device_no as DeviceNo, public_key as PublicKey from public_device_key where region = @region order by device_no", new { region })
        .Select(row => (row.DeviceNo, row.PublicKey))];

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A column of the export holds a {value.GetType().Name}."),
    };

    private static IReadOnlyList<(string, string)> Plain(string of, params IReadOnlyList<string> columns) => [.. columns.Select(c => (c, $"{of}.{c}"))];

    private static string Sum(string when) => $"cast(coalesce(sum(case when {when} then l.fen else 0 end), 0) as bigint)";

    private sealed class KeyRow
    {
        public long DeviceNo { get; init; }
        public byte[] PublicKey { get; init; } = [];
    }
}
