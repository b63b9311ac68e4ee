using System.Globalization;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A visit of a day with what was settled for it, or why nothing was.</summary>
/// <param name="Settlement">Null: nothing stands, or stood, for it.</param>
/// <param name="SettledOn">The clinic's day of the settlement.</param>
/// <param name="Reversal">What took it back; null: it stands.</param>
/// <param name="RefusedBy">The code of the offline limit that refused a bill of it; null: none did.</param>
/// <param name="Said">Why it was not settled, as somebody said (<see cref="UnsettledReasons"/>); null: nobody did.</param>
public sealed record VisitEvidence(
    string Visit, string VisitType, DateTimeOffset Opened, string Operator, Guid? Settlement, DateOnly? SettledOn, string? Receipt, long Total, long Fund, long Cash,
    bool Offline, Guid? Reversal, string? RefusedBy, string? Said);

/// <summary>A settlement that the hub decided otherwise than it was settled, or not at all.</summary>
/// <param name="Status">Blank: no decision was heard.</param>
public sealed record OpenDecision(Guid Settlement, string Receipt, DateOnly CivilDay, string Currency, long Fund, string Status, string Code, long FundDifference);

/// <summary>A count of the drawer. Amounts in minor units.</summary>
public sealed record DrawerCount(Guid Count, DateTimeOffset At, string Operator, long Expected, long Counted);

/// <summary>Questions of the day's pages: evidence of instant settlement, what waits for people, counts of the drawer.</summary>
public static class EvidenceStore
{
    private const string Columns = """
        select v.visit, v.visit_type, v.opened, v.operator, s.settlement, s.civil_day, s.receipt, s.total, s.fund, s.cash, s.offline, s.reversal,
               (select min(o.code) from offline_refusal o where o.visit = v.visit), (select u.reason from visit_unsettled u where u.visit = v.visit)

        """;

    /// <summary>The visits that were opened on a day, at most 2,000: each with what stands for it, or what was settled on that day and taken back.</summary>
    public static IReadOnlyList<VisitEvidence> OfDay(StoreSession session, DateOnly day)
    {
        var all = Read(session, Columns + "from visit v left join settlement s on s.visit = v.visit and s.reversal is null where v.civil_day = $1 order by v.opened, v.visit, s.ordinal limit 2000", day);
        var takenBack = Read(session, Columns + """
            from settlement s join visit v on v.visit = s.visit
            where s.civil_day = $1 and s.reversal is not null and v.civil_day = $1 order by v.opened, v.visit, s.ordinal, s.epoch, s.seq limit 2000
            """, day).ToLookup(row => row.Visit, StringComparer.Ordinal);
        return [.. all.Select(row => row.Settlement is null && takenBack[row.Visit].LastOrDefault() is { } back ? back : row)];
    }

    /// <summary>Whether a settlement of a visit stands that was made on this day.</summary>
    public static bool IsSettledOn(StoreSession session, string visit, DateOnly day)
    {
        using var row = session.Prepared("select 1 from settlement where visit = $1 and civil_day = $2 and reversal is null limit 1").Read(visit, day);
        return row.Read();
    }

    /// <summary>Settlements that stand and that the hub refused or changed, the newest first.</summary>
    public static IReadOnlyList<OpenDecision> DecidedOtherwise(StoreSession session, int most)
    {
        using var rows = session.Prepared("""
            select s.settlement, s.receipt, s.civil_day, s.currency, s.fund, d.status, d.code, d.fund_difference
            from decision d join settlement s on s.settlement = d.settlement
            where s.reversal is null and d.status <> 'Accepted' order by s.civil_day desc, s.settlement limit $1
            """).Read(most);
        return Decisions(rows);
    }

    /// <summary>Settlements that the hub has had since before a day and has not decided on.</summary>
    public static IReadOnlyList<OpenDecision> Undecided(StoreSession session, ChainHead acked, DateOnly before, DateOnly notBefore, int most)
    {
        using var rows = session.Prepared("""
            select s.settlement, s.receipt, s.civil_day, s.currency, s.fund, '', '', 0 from settlement s
            where s.civil_day >= $1 and s.civil_day < $2 and s.reversal is null and (s.epoch, s.seq) <= ($3, $4)
              and not exists (select 1 from decision d where d.settlement = s.settlement)
            order by s.civil_day, s.settlement limit $5
            """).Read(notBefore, before, acked.Epoch, acked.Seq, most);
        return Decisions(rows);
    }

    /// <summary>What is open of everybody, and to how many: count of amounts, of persons, sum.</summary>
    public static (long Amounts, long Persons, long Sum) Owed(StoreSession session)
    {
        using var row = session.Prepared("select count(*), count(distinct person), cast(coalesce(sum(open), 0) as bigint) from payable where open > 0").Read();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    public static IReadOnlyList<DrawerCount> Counts(StoreSession session, DateOnly day)
    {
        var counts = new List<DrawerCount>();
        using var rows = session.Prepared("select count, at, operator, expected, counted from drawer_count where civil_day = $1 order by at, count limit 100").Read(day);
        while (rows.Read())
        {
            counts.Add(new DrawerCount(Guid.ParseExact(rows.GetString(0), "D"), Instants.Read(rows.GetString(1)), rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4)));
        }
        return counts;
    }

    public static void AddCount(StoreSession session, DrawerCounted body, DateTimeOffset at, ChainHead head) => session.Prepared("""
        insert into drawer_count (count, civil_day, at, operator, expected, counted, epoch, seq) values ($1, $2, $3, $4, $5, $6, $7, $8)
        """).Execute(body.Count, body.Day, at, body.Operator, body.Expected, body.Counted, head.Epoch, head.Seq);

    private static List<VisitEvidence> Read(StoreSession session, string sql, DateOnly day)
    {
        var all = new List<VisitEvidence>();
        using var rows = session.Prepared(sql).Read(day);
        while (rows.Read())
        {
            var settled = !rows.IsDBNull(4);
            all.Add(new VisitEvidence(
                rows.GetString(0), rows.GetString(1), Instants.Read(rows.GetString(2)), rows.GetString(3),
                settled ? Guid.ParseExact(rows.GetString(4), "D") : null, settled ? Day(rows.GetString(5)) : null, settled ? rows.GetString(6) : null,
                settled ? rows.GetInt64(7) : 0, settled ? rows.GetInt64(8) : 0, settled ? rows.GetInt64(9) : 0, settled && rows.GetBoolean(10),
                rows.IsDBNull(11) ? null : Guid.ParseExact(rows.GetString(11), "D"), rows.IsDBNull(12) ? null : rows.GetString(12),
                rows.IsDBNull(13) ? null : rows.GetString(13)));
        }
        return all;
    }

    private static List<OpenDecision> Decisions(System.Data.Common.DbDataReader rows)
    {
        var all = new List<OpenDecision>();
        while (rows.Read())
        {
            all.Add(new OpenDecision(
                Guid.ParseExact(rows.GetString(0), "D"), rows.GetString(1), Day(rows.GetString(2)), rows.GetString(3), rows.GetInt64(4), rows.GetString(5), rows.GetString(6), rows.GetInt64(7)));
        }
        return all;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
