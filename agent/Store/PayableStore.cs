using System.Data.Common;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>What a decision owes a person, minor units. Open: what is not paid out, as far as this agent knows.</summary>
public sealed record Payable(string Decision, string Person, string Settlement, long Amount, long Open, string Cause);

/// <summary>What the hub decided on an own settlement.</summary>
public sealed record DecisionRow(string Status, string Code, long FundDifference, string Cause, string DecidedAt);

/// <summary>Payables and decisions as fed, and what was paid out here.</summary>
public static class PayableStore
{
    // A settlement is owed for once, whatever number of decisions came on it: own refunds count by settlement, never by decision.
    // Those that the fed open amount does not include are taken off it; and all together never exceed the amount.
    private const string Columns = """
        select p.decision, p.person, p.settlement, p.amount, p.open, p.cause,
               (select cast(coalesce(sum(r.amount), 0) as bigint) from refund r
                where r.settlement = p.settlement and (r.epoch, r.seq) > (p.includes_epoch, p.includes_seq)),
               (select cast(coalesce(sum(r.amount), 0) as bigint) from refund r where r.settlement = p.settlement), p.feed_key, p.includes_epoch, p.includes_seq, p.row_sum
        from payable p
        """;

    public static IReadOnlyList<Payable> OfPerson(StoreSession session, string person)
    {
        var payables = new List<Payable>();
        using var rows = session.Prepared(Columns + " where p.person = $1 order by p.decision limit 200").Read(person);
        while (rows.Read())
        {
            payables.Add(Of(rows));
        }
        return payables;
    }

    public static Payable? Find(StoreSession session, string decision)
    {
        using var row = session.Prepared(Columns + " where p.decision = $1").Read(decision);
        return row.Read() ? Of(row) : null;
    }

    /// <summary>What was paid back of a settlement, minor units: as the hub says of all sites, or here, whichever is more.</summary>
    public static long PaidBack(StoreSession session, Guid settlement)
    {
        var name = settlement.ToString("D");
        var here = session.Prepared("select cast(coalesce(sum(amount), 0) as bigint) from refund where settlement = $1").Scalar(name);
        var anywhere = 0L;
        using var rows = session.Prepared(Columns + " where p.settlement = $1").Read(name);
        while (rows.Read())
        {
            Sound(rows);
            anywhere = checked(anywhere + rows.GetInt64(3) - rows.GetInt64(4));
        }
        return Math.Max((long)here!, anywhere);
    }

    public static void AddRefund(StoreSession session, RefundPaid body, string decision, string settlement, DateOnly civilDay, ChainHead at) =>
        session.Prepared("""
            insert into refund (refund, decision, person, settlement, amount, epoch, seq, civil_day, operator, request_key)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """).Execute(body.Refund, decision, body.Person, settlement, body.Amount, at.Epoch, at.Seq, civilDay, body.Operator, body.RequestKey);

    /// <summary>The newest decision on a settlement; null: none heard.</summary>
    public static DecisionRow? DecisionOn(StoreSession session, Guid settlement)
    {
        using var row = session.Prepared("""
            select status, code, fund_difference, cause, decided_at from decision where settlement = $1 order by decided_at desc, feed_key desc limit 1
            """).Read(settlement.ToString("D"));
        return row.Read() ? new DecisionRow(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4)) : null;
    }

    private static void Sound(DbDataReader row) => RowSum.Check(
        row.GetValue(11), "payable", row.GetString(8), row.GetString(1), row.GetString(2), row.GetString(0), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetInt64(9), row.GetInt64(10));

    private static Payable Of(DbDataReader row)
    {
        Sound(row);
        var (amount, open, later, here) = (row.GetInt64(3), row.GetInt64(4), row.GetInt64(6), row.GetInt64(7));
        return new Payable(
            row.GetString(0), row.GetString(1), row.GetString(2), amount, Math.Max(0, Math.Min(open - later, amount - here)), row.GetString(5));
    }
}
