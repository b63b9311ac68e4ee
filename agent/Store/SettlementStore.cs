using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A settlement's row. Amounts in minor units.</summary>
/// <param name="CivilDay">The clinic's day of the settlement; of one that a partial refund left, that of the first one.</param>
/// <param name="Reversal">The reversal, or the partial refund, that took it back; null: it stands.</param>
public sealed record SettlementRow(
    Guid Settlement, string Visit, int Ordinal, string Person, long Epoch, long Seq, DateOnly CivilDay, DateOnly ServiceDay, string VisitType,
    string Currency, long Total, long Fund, long Account, long Cash, string RequestKey, Guid? Reversal, long Catastrophic, long Assistance, string Receipt);

/// <summary>Settlements and reversals. What was settled is never changed; a reversal is a row of its own, and the settlement only
/// points at it. Lines and diagnoses stand in the journal entry at the row's epoch and sequence, sealed, and nowhere twice.</summary>
public static class SettlementStore
{
    private const string Columns = """
        select settlement, visit, ordinal, person, epoch, seq, civil_day, service_day, visit_type, currency, total, fund, account, cash, request_key, reversal, catastrophic, assistance, receipt
        from settlement
        """;

    /// <param name="replaces">The settlement that a partial refund put this one in the place of; null: none.</param>
    public static void Add(StoreSession session, VisitSettled body, DateOnly civilDay, string receipt, ChainHead at, Guid? replaces = null)
    {
        session.Prepared("""
            insert into settlement (settlement, visit, ordinal, person, epoch, seq, civil_day, service_day, visit_type, currency,
                total, eligible, fund, account, cash, offline, request_key, receipt, reversal, catastrophic, assistance, replaces)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, null, $19, $20, $21)
            """).Execute(
            body.Settlement, body.Visit, body.Ordinal, body.Person, at.Epoch, at.Seq, civilDay, body.ServiceDay, body.VisitType, body.Currency,
            body.Totals.Total, body.Totals.Eligible, body.Shares.Fund, body.Shares.Account, body.Shares.Cash, body.Offline.Offline, body.RequestKey,
            receipt, body.Shares.Catastrophic, body.Shares.Assistance, replaces);
        foreach (var move in body.Accumulators)
        {
            AccumulatorStore.AddMove(session, body.Person, body.Settlement, move, at);
        }
    }

    public static SettlementRow? Find(StoreSession session, Guid id) => One(session, Columns + " where settlement = $1", id);

    /// <summary>The settlement that stands for a part of a visit: the business key.</summary>
    public static SettlementRow? Standing(StoreSession session, string visit, int ordinal) =>
        One(session, Columns + " where visit = $1 and ordinal = $2 and reversal is null", visit, ordinal);

    /// <summary>All settlements of a visit, reversed ones included, by part and time.</summary>
    public static IReadOnlyList<SettlementRow> OfVisit(StoreSession session, string visit)
    {
        var rows = new List<SettlementRow>();
        using var reader = session.Prepared($"""
            {Columns} where visit = $1 and reversal is null
            union all {Columns} where visit = $1 and reversal is not null
            order by ordinal, epoch, seq limit 500
            """).Read(visit);
        while (reader.Read())
        {
            rows.Add(Of(reader));
        }
        return rows;
    }

    /// <summary>A later settlement that stands and used one of the same accumulators here: the person's, or a family member's where
    /// they share an account. Null: none.</summary>
    public static Guid? LaterOnSameAccumulators(StoreSession session, SettlementRow row) =>
        session.Prepared("""
            with own (person, accumulator) as (
                select person, accumulator from accumulator_move where person = $3 and source = $4
                union all
                select person, accumulator from accumulator_move where of_person = $3 and source = $4)
            select s.settlement from own o join accumulator_move m on m.person = o.person and m.accumulator = o.accumulator
            join settlement s on s.settlement = m.source
            where (m.epoch, m.seq) > ($1, $2) and s.reversal is null
            order by m.epoch desc, m.seq desc limit 1
            """).Scalar(row.Epoch, row.Seq, row.Person, row.Settlement) is string later ? Guid.ParseExact(later, "D") : null;

    public static void AddReversal(StoreSession session, VisitReversed body, DateOnly civilDay, ChainHead at)
    {
        TakeBack(session, body.Reversal, body.Settlement, null, body.Operator, civilDay, at);
        foreach (var move in body.Accumulators)
        {
            AccumulatorStore.AddMove(session, body.Person, body.Reversal, move, at);
        }
    }

    /// <summary>Takes the old settlement back and puts what remains in its place: on the old one's civil day, at the entry's place.</summary>
    /// <param name="civilDay">Of the refund.</param>
    public static void AddPartRefund(StoreSession session, VisitPartlyRefunded body, DateOnly firstDay, DateOnly civilDay, string receipt, ChainHead at)
    {
        TakeBack(session, body.Refund, body.Settlement, body.Now.Settlement, body.Operator, civilDay, at);
        foreach (var move in AccumulatorStore.MovesOf(session, body.Now.Person, body.Settlement))
        {
            AccumulatorStore.AddMove(session, body.Now.Person, body.Refund, new SettledMove(move.Key, move.After, move.Before), at);
        }
        Add(session, body.Now, firstDay, receipt, at, body.Settlement);
    }

    /// <summary>The settlement that a partial refund put in the place of this one; null: none.</summary>
    public static Guid? Successor(StoreSession session, Guid settlement) =>
        session.Prepared("select successor from reversal where settlement = $1 and successor is not null").Scalar(settlement) is string successor
            ? Guid.ParseExact(successor, "D")
            : null;

    private static void TakeBack(StoreSession session, Guid reversal, Guid settlement, Guid? successor, string @operator, DateOnly civilDay, ChainHead at)
    {
        session.Prepared("insert into reversal (reversal, settlement, epoch, seq, civil_day, operator, successor) values ($1, $2, $3, $4, $5, $6, $7)")
            .Execute(reversal, settlement, at.Epoch, at.Seq, civilDay, @operator, successor);
        if (session.Prepared("update settlement set reversal = $1 where settlement = $2 and reversal is null").Execute(reversal, settlement) != 1)
        {
            throw new InvalidOperationException($"The settlement {settlement} was taken back already.");
        }
    }

    /// <summary>A recovered store lacks the line that took the settlement back; that another stands in its place says that it was.</summary>
    public static void TakenBackUnseen(StoreSession session, Guid settlement, Guid by) =>
        session.Prepared("update settlement set reversal = $1 where settlement = $2 and reversal is null").Execute(by, settlement);

    /// <summary>The settlements that stood one after the other in the place of which this one is, the first one first.</summary>
    public static IReadOnlyList<SettlementRow> ChainOf(StoreSession session, SettlementRow row)
    {
        var chain = new List<SettlementRow>();
        using var reader = session.Prepared($"""
            with recursive first (settlement, depth) as (
                select cast($1 as text), 0
                union all
                select s.replaces, f.depth + 1 from first f join settlement s on s.settlement = f.settlement where s.replaces is not null and f.depth < 500),
            chain (settlement, depth) as (
                select settlement, 0 from (select settlement from first order by depth desc limit 1) as oldest
                union all
                select r.successor, c.depth + 1 from chain c join reversal r on r.settlement = c.settlement where r.successor is not null and c.depth < 500)
            {Columns} where settlement in (select settlement from chain) order by epoch, seq
            """).Read(row.Settlement);
        while (reader.Read())
        {
            chain.Add(Of(reader));
        }
        return chain;
    }

    /// <summary>Carried into a new epoch: what stood behind the acknowledged line moves with its entries.</summary>
    public static void Carried(StoreSession session, long oldEpoch, long ackedSeq, long newEpoch, long shift)
    {
        foreach (var table in (string[])["settlement", "reversal", "refund", "visit", "accumulator_move", "reimbursement", "drawer_count"])
        {
            session.Prepared($"update {table} set epoch = $1, seq = seq + $2 where epoch = $3 and seq > $4").Execute(newEpoch, shift, oldEpoch, ackedSeq);
        }
    }

    private static SettlementRow? One(StoreSession session, string sql, params ReadOnlySpan<object?> values)
    {
        using var row = session.Prepared(sql).Read(values);
        return row.Read() ? Of(row) : null;
    }

    private static SettlementRow Of(System.Data.Common.DbDataReader row) => new(
        Guid.ParseExact(row.GetString(0), "D"), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5),
        Day(row.GetString(6)), Day(row.GetString(7)), row.GetString(8), row.GetString(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12),
        row.GetInt64(13), row.GetString(14), row.IsDBNull(15) ? null : Guid.ParseExact(row.GetString(15), "D"),
        row.GetInt64(16), row.GetInt64(17), row.GetString(18));

    private static DateOnly Day(string text) => StoredText.Day(text);
}
