using EdgeHub.Hub.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>An envelope as the ledger's views name it.</summary>
internal readonly record struct LegEnvelope(string Kind, string Owner, string Scheme, string Period, string Currency);

/// <summary>One leg of a set of a settlement; 0 and 1, 2 and 3 … are the two sides of one movement.</summary>
internal readonly record struct PostedLeg(string Set, string Month, long Number, string Event, long Fen, LegEnvelope Envelope);

/// <summary>Reads what verify compares in pieces: some thousand lines of a device, or the years of some hundred persons, each table once
/// for the piece. A question for every settlement would take a night of its own.</summary>
internal static class AuditChunkStore
{
    private const string EntriesSql = """
        select region as Region, device_no as DeviceNo, epoch as Epoch, seq as Seq, site as Site, kind as Kind, schema as Schema,
               captured_effective_ms as EffectiveMs, civil_day as CivilDay, segment_id as SegmentId, ordinal as Ordinal
        from public_entry where region = $1 and device_no = $2 and (epoch, seq) > ($3, $4) and (epoch, seq) <= ($5, $6) order by epoch, seq limit $7
        """;

    private const string BesidesSql = """
        select epoch, seq from quarantine where region = $1 and device_no = $2 and (epoch, seq) > ($3, $4) and (epoch, seq) <= ($5, $6)
        """;

    // Whoever hangs together with nothing else stands by what its own row says.
    private const string EntangledSql = """
        select f.device_no, f.epoch, f.seq from settlement_fact f
        where f.region = $1 and f.person >= $2 and f.person <= $3
        and (f.replaces is not null
            or exists (select 1 from settlement_fact o where o.region = f.region and o.settlement = f.settlement and (o.device_no, o.epoch, o.seq) <> (f.device_no, f.epoch, f.seq))
            or exists (select 1 from settlement_fact o where o.region = f.region and o.key_site = f.key_site and o.visit = f.visit and o.ordinal = f.ordinal
                       and (o.device_no, o.epoch, o.seq) <> (f.device_no, f.epoch, f.seq))
            or exists (select 1 from settlement_fact o where o.region = f.region and o.replaces = f.settlement and o.replaces is not null)
            or exists (select 1 from settlement_reversal r where r.region = f.region and r.settlement = f.settlement))
        """;

    // Tables behind the facts are joined crosswise: SQLite keeps that order, and reads none of them whole.
    private const string LegsSql = """
        select f.device_no, f.epoch, f.seq, lower(cast(s.set_id as text)), l.posting_month, l.leg_no, l.event, l.fen, l.kind, l.owner, l.scheme, l.period, l.currency
        from settlement_fact f cross join public_ledger_set s cross join public_ledger_leg l
        where f.region = $1 and f.person >= $2 and f.person <= $3
        and s.region = f.region and s.cause = 'settlement/' || f.device_no || '/' || f.epoch || '/' || f.seq and l.region = s.region and l.set_id = s.set_id
        """;

    /// <summary>Every device of which something was judged, and through where.</summary>
    public static IReadOnlyList<(long DeviceNo, long Epoch, long Seq)> Cursors(StoreSession session, string region)
    {
        var found = new List<(long, long, long)>();
        using var row = session.Prepared("select device_no, epoch, seq from settlement_cursor where region = $1 order by device_no").Read(region);
        while (row.Read())
        {
            found.Add((row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        }
        return found;
    }

    /// <summary>The next lines of a device, in their order, through its cursor.</summary>
    public static IReadOnlyList<WaitingEntry> Entries(StoreSession session, string region, (long DeviceNo, long Epoch, long Seq) cursor, (long Epoch, long Seq) after, int most) =>
        session.Rows<WaitingEntry>(EntriesSql, region, cursor.DeviceNo, after.Epoch, after.Seq, cursor.Epoch, cursor.Seq, (long)most);

    /// <summary>The lines among these that are set aside.</summary>
    public static HashSet<(long Epoch, long Seq)> Aside(StoreSession session, string region, long deviceNo, (long Epoch, long Seq) after, (long Epoch, long Seq) through)
    {
        var found = new HashSet<(long, long)>();
        using var row = session.Prepared(BesidesSql).Read(region, deviceNo, after.Epoch, after.Seq, through.Epoch, through.Seq);
        while (row.Read())
        {
            found.Add((row.GetInt64(0), row.GetInt64(1)));
        }
        return found;
    }

    /// <summary>The next persons that have settlements: the first and the last of so many rows; null: there are no more.</summary>
    public static (string Low, string High)? NextPersons(StoreSession session, string region, string after, int rows)
    {
        const string Ordered = "select person from settlement_fact where region = $1 and person > $2 order by person limit 1";
        if (session.Prepared(Ordered).Scalar(region, after) is not string low)
        {
            return null;
        }
        var high = session.Prepared(Ordered + " offset $3").Scalar(region, after, (long)rows) as string
            ?? session.Prepared("select person from settlement_fact where region = $1 and person > $2 order by person desc limit 1").Scalar(region, after) as string;
        return (low, high ?? low);
    }

    /// <summary>Who paid with whose account, in which scheme year.</summary>
    public static IReadOnlyList<(string Person, string Owner, long Year)> Joined(StoreSession session, string region)
    {
        var found = new List<(string, string, long)>();
        using var row = session.Prepared(
            "select distinct account_owner, person, scheme_year from settlement_fact where region = $1 and account_owner <> ''").Read(region);
        while (row.Read())
        {
            found.Add((row.GetString(1), row.GetString(0), row.GetInt64(2)));
        }
        return found;
    }

    public static HashSet<(long, long, long)> Entangled(StoreSession session, string region, string low, string high)
    {
        var found = new HashSet<(long, long, long)>();
        using var row = session.Prepared(EntangledSql).Read(region, low, high);
        while (row.Read())
        {
            found.Add((row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        }
        return found;
    }

    /// <summary>What the ledger has for the settlements of these persons.</summary>
    public static ILookup<(long, long, long), PostedLeg> Legs(StoreSession session, string region, string low, string high)
    {
        var found = new List<((long, long, long) Entry, PostedLeg Leg)>();
        using (var row = session.Prepared(LegsSql).Read(region, low, high))
        {
            while (row.Read())
            {
                found.Add(((row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), new PostedLeg(
                    row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetString(6), row.GetInt64(7),
                    new LegEnvelope(row.GetString(8), row.GetString(9), row.GetString(10), row.GetString(11), row.GetString(12)))));
            }
        }
        return found.ToLookup(each => each.Entry, each => each.Leg);
    }

    public static IReadOnlyDictionary<Guid, Payable> Payables(StoreSession session, string region, string low, string high) => session.Rows<Payable>(
        """
        select distinct p.settlement as Settlement, p.person as Person, p.decision as Decision, p.amount as Amount, p.paid as Paid, p.carried as Carried, p.cause as Cause,
               p.currency as Currency, p.site as Site
        from settlement_fact f cross join payable p
        where f.region = $1 and f.person >= $2 and f.person <= $3 and p.region = f.region and p.settlement = f.settlement
        """, region, low, high).ToDictionary(payable => payable.Settlement);

    /// <summary>What was paid out for each settlement.</summary>
    public static IReadOnlyDictionary<Guid, long> Refunded(StoreSession session, string region, string low, string high) => session.Rows<RefundRow>(
        """
        select distinct r.refund as Refund, r.settlement as Settlement, r.amount as Amount
        from settlement_fact f cross join settlement_refund r
        where f.region = $1 and f.person >= $2 and f.person <= $3 and r.region = f.region and r.settlement = f.settlement and r.posting_month <> ''
        """, region, low, high).GroupBy(row => row.Settlement).ToDictionary(same => same.Key, same => same.Sum(row => row.Amount));

    public static ILookup<(string Person, long Year), KeyValuePair<string, long>> Accumulators(StoreSession session, string region, string low, string high)
    {
        var found = new List<(string Person, long Year, string Key, long Amount)>();
        using (var row = session.Prepared(
            "select person, scheme_year, accumulator, amount from person_accumulator where region = $1 and person >= $2 and person <= $3").Read(region, low, high))
        {
            while (row.Read())
            {
                found.Add((row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3)));
            }
        }
        return found.ToLookup(each => (each.Person, each.Year), each => KeyValuePair.Create(each.Key, each.Amount));
    }

    /// <summary>Settled by hand as a case of a kind: the subjects.</summary>
    public static HashSet<string> ByHand(StoreSession session, string region, string kind, string action) => session.Query<string>(
        "select distinct subject from settled_by_hand where region = @region and what = 'case' and kind = @kind and action = @action",
        new { region, kind, action }).ToHashSet(StringComparer.Ordinal);

    private sealed class RefundRow
    {
        public Guid Refund { get; init; }
        public Guid Settlement { get; init; }
        public long Amount { get; init; }
    }
}
