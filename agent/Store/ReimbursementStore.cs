using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A reimbursement's row: where its entry stands.</summary>
public sealed record ReimbursementRow(Guid Claim, string Person, string RequestKey, long Epoch, long Seq);

/// <summary>Reimbursements that were taken in here; what they claim stands in their journal entries.</summary>
public static class ReimbursementStore
{
    private const string Columns = "select claim, person, request_key, epoch, seq from reimbursement ";

    public static void Add(StoreSession session, ReimbursementClaimed body, DateOnly civilDay, ChainHead at) =>
        session.Prepared("""
            insert into reimbursement (claim, issuer, number, person, total, civil_day, operator, request_key, epoch, seq) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """).Execute(
            body.Claim, Key(body.InvoiceIssuer), Key(body.InvoiceNumber), body.Person, body.Totals.Total, civilDay, body.Operator, body.RequestKey, at.Epoch, at.Seq);

    public static ReimbursementRow? Find(StoreSession session, Guid claim) => One(session, Columns + "where claim = $1", claim);

    /// <summary>The newest reimbursement of an invoice, whatever case its letters were typed in; null: none was taken in here.</summary>
    public static ReimbursementRow? OfInvoice(StoreSession session, string issuer, string number) =>
        One(session, Columns + "where issuer = $1 and number = $2 order by epoch desc, seq desc limit 1", Key(issuer), Key(number));

    /// <summary>As the hub tells invoices apart.</summary>
    private static string Key(string printed) => printed.Trim().ToUpperInvariant();

    private static ReimbursementRow? One(StoreSession session, string sql, params ReadOnlySpan<object?> values)
    {
        using var row = session.Prepared(sql).Read(values);
        return row.Read()
            ? new ReimbursementRow(Guid.ParseExact(row.GetString(0), "D"), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4))
            : null;
    }
}
