using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A count and sums in minor units.</summary>
public sealed record MoneySum(long Count, long Total, long Fund, long Account, long Cash, long Catastrophic, long Assistance);

/// <summary>Sums over settlements: of a clinic's day, of a person's day, of what the hub has not acknowledged.</summary>
public static class DayStore
{
    private const string Sums = """
        select s.visit_type, count(*), cast(coalesce(sum(s.total), 0) as bigint), cast(coalesce(sum(s.fund), 0) as bigint),
               cast(coalesce(sum(s.account), 0) as bigint), cast(coalesce(sum(s.cash), 0) as bigint),
               cast(coalesce(sum(s.catastrophic), 0) as bigint), cast(coalesce(sum(s.assistance), 0) as bigint)

        """;

    /// <summary>What a civil day settled, by visit type; later reversals and partial refunds do not change it.</summary>
    public static IReadOnlyDictionary<string, MoneySum> Settled(StoreSession session, DateOnly day) => ByVisitType(
        session, Sums + "from settlement s where s.civil_day = $1 and s.replaces is null group by s.visit_type", day);

    /// <summary>What a civil day reversed, whenever it was settled.</summary>
    public static IReadOnlyDictionary<string, MoneySum> Reversed(StoreSession session, DateOnly day) => ByVisitType(
        session, Sums + "from reversal r join settlement s on s.settlement = r.settlement where r.civil_day = $1 and r.successor is null group by s.visit_type", day);

    /// <summary>What a civil day's partial refunds took back, whenever it was settled: what stood before less what remained.</summary>
    public static IReadOnlyDictionary<string, MoneySum> PartRefunded(StoreSession session, DateOnly day) => ByVisitType(session, """
        select s.visit_type, count(*), cast(coalesce(sum(s.total - n.total), 0) as bigint), cast(coalesce(sum(s.fund - n.fund), 0) as bigint),
               cast(coalesce(sum(s.account - n.account), 0) as bigint), cast(coalesce(sum(s.cash - n.cash), 0) as bigint),
               cast(coalesce(sum(s.catastrophic - n.catastrophic), 0) as bigint), cast(coalesce(sum(s.assistance - n.assistance), 0) as bigint)
        from reversal r join settlement s on s.settlement = r.settlement join settlement n on n.settlement = r.successor
        where r.civil_day = $1 group by s.visit_type
        """, day);

    public static (long Count, long Amount) Refunds(StoreSession session, DateOnly day)
    {
        using var row = session.Prepared("select count(*), cast(coalesce(sum(amount), 0) as bigint) from refund where civil_day = $1").Read(day);
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The fund's share of what stands of the site's settlements and is not acknowledged, and their number.</summary>
    public static (long Count, long Fund) Unacknowledged(StoreSession session, ChainHead acked)
    {
        using var row = session.Prepared("""
            select count(*), cast(coalesce(sum(fund), 0) as bigint) from settlement where (epoch, seq) > ($1, $2) and reversal is null
            """).Read(acked.Epoch, acked.Seq);
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The entry of the oldest settlement that stands and is not acknowledged; null: none waits.</summary>
    public static (long Epoch, long Seq)? OldestUnacknowledged(StoreSession session, ChainHead acked)
    {
        using var row = session.Prepared("""
            select epoch, seq from settlement where (epoch, seq) > ($1, $2) and reversal is null order by epoch, seq limit 1
            """).Read(acked.Epoch, acked.Seq);
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    /// <summary>The fund's and the account's share of what a person settled here offline and stands, and the number: of the service day or of the
    /// civil day of capture, whichever is more. So neither naming another service day nor settling later gives a day's limit twice.</summary>
    /// <param name="counts">Which visit types count.</param>
    public static (int Count, long Fund, long Account) OfflineOfPerson(StoreSession session, string person, DateOnly serviceDay, DateOnly civilDay, Func<string, bool> counts)
    {
        var (served, captured) = ((Count: 0, Fund: 0L, Account: 0L), (Count: 0, Fund: 0L, Account: 0L));
        using var rows = session.Prepared("""
            select visit_type, fund, service_day = $2, civil_day = $3, account from settlement
            where person = $1 and (service_day = $2 or civil_day = $3) and offline = true and reversal is null
            """).Read(person, serviceDay, civilDay);
        while (rows.Read())
        {
            if (!counts(rows.GetString(0)))
            {
                continue;
            }
            var (fund, account) = (rows.GetInt64(1), rows.GetInt64(4));
            served = rows.GetBoolean(2) ? (served.Count + 1, served.Fund + fund, served.Account + account) : served;
            captured = rows.GetBoolean(3) ? (captured.Count + 1, captured.Fund + fund, captured.Account + account) : captured;
        }
        return (Math.Max(served.Count, captured.Count), Math.Max(served.Fund, captured.Fund), Math.Max(served.Account, captured.Account));
    }

    /// <summary>Whether this refusal by an offline limit is new; then it is remembered.</summary>
    public static bool NoteOfflineRefusal(StoreSession session, string requestKey, string code, string visit, DateOnly day) =>
        session.Prepared("insert into offline_refusal (request_key, code, visit, civil_day) values ($1, $2, $3, $4) on conflict (request_key, code) do nothing").Execute(requestKey, code, visit, day) == 1;

    private static Dictionary<string, MoneySum> ByVisitType(StoreSession session, string sql, DateOnly day)
    {
        var sums = new Dictionary<string, MoneySum>(StringComparer.Ordinal);
        using var rows = session.Prepared(sql).Read(day);
        while (rows.Read())
        {
            sums.Add(rows.GetString(0), new MoneySum(rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6), rows.GetInt64(7)));
        }
        return sums;
    }
}
