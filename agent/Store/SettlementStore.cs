using System.Globalization;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A settlement's row. Amounts in minor units.</summary>
/// <param name="Reversal">Null: it stands.</param>
public sealed record SettlementRow(
    Guid Settlement, string Visit, int Ordinal, string Person, long Epoch, long Seq, DateOnly CivilDay, DateOnly ServiceDay, string VisitType,
    string Currency, long Total, long Fund, long Account, long Cash, string RequestKey, Guid? Reversal);

/// <summary>Settlements and reversals. What was settled is never changed; a reversal is a row of its own, and the settlement only
/// points at it. Lines and diagnoses stand in the journal entry at the row's epoch and sequence, sealed, and nowhere twice.</summary>
public static class SettlementStore
{
    private const string Columns = """
        select settlement, visit, ordinal, person, epoch, seq, civil_day, service_day, visit_type, currency, total, fund, account, cash, request_key, reversal
        from settlement
        """;

    public static void Add(StoreSession session, VisitSettled body, DateOnly civilDay, string receipt, ChainHead at)
    {
        session.Prepared("""
            insert into settlement (settlement, visit, ordinal, person, epoch, seq, civil_day, service_day, visit_type, currency,
                total, eligible, fund, account, cash, offline, request_key, receipt, reversal)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, null)
            """).Execute(
            body.Settlement, body.Visit, body.Ordinal, body.Person, at.Epoch, at.Seq, civilDay, body.ServiceDay, body.VisitType, body.Currency,
            body.Totals.Total, body.Totals.Eligible, body.Shares.Fund, body.Shares.Account, body.Shares.Cash, body.Offline.Offline, body.RequestKey,
            receipt);
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
        using var reader = session.Prepared(Columns + " where visit = $1 order by ordinal, epoch, seq limit 500").Read(visit);
        while (reader.Read())
        {
            rows.Add(Of(reader));
        }
        return rows;
    }

    /// <summary>A later settlement of the person that stands and used one of the same accumulators here; null: none.</summary>
    public static Guid? LaterOnSameAccumulators(StoreSession session, SettlementRow row) =>
        session.Prepared("""
            select s.settlement from settlement s join accumulator_move m on m.source = s.settlement
            where m.person = $1 and (m.epoch, m.seq) > ($2, $3) and s.reversal is null
              and m.accumulator in (select o.accumulator from accumulator_move o where o.source = $4)
            order by m.epoch desc, m.seq desc limit 1
            """).Scalar(row.Person, row.Epoch, row.Seq, row.Settlement) is string later ? Guid.ParseExact(later, "D") : null;

    public static void AddReversal(StoreSession session, VisitReversed body, DateOnly civilDay, ChainHead at)
    {
        session.Prepared("insert into reversal (reversal, settlement, epoch, seq, civil_day, operator) values ($1, $2, $3, $4, $5, $6)")
            .Execute(body.Reversal, body.Settlement, at.Epoch, at.Seq, civilDay, body.Operator);
        var pointed = session.Prepared("update settlement set reversal = $1 where settlement = $2 and reversal is null").Execute(body.Reversal, body.Settlement);
        if (pointed != 1)
        {
            throw new InvalidOperationException($"The settlement {body.Settlement} was reversed already.");
        }
        foreach (var move in body.Accumulators)
        {
            AccumulatorStore.AddMove(session, body.Person, body.Reversal, move, at);
        }
    }

    /// <summary>Carried into a new epoch: what stood behind the acknowledged line moves with its entries.</summary>
    public static void Carried(StoreSession session, long oldEpoch, long ackedSeq, long newEpoch, long shift)
    {
        foreach (var table in (string[])["settlement", "reversal", "refund", "visit", "accumulator_move"])
        {
            session.Execute($"update {table} set epoch = @newEpoch, seq = seq + @shift where epoch = @oldEpoch and seq > @ackedSeq", new { newEpoch, shift, oldEpoch, ackedSeq });
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
        row.GetInt64(13), row.GetString(14), row.IsDBNull(15) ? null : Guid.ParseExact(row.GetString(15), "D"));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
