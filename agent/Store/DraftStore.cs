using System.Text.Json;
using EdgeHub.Agent.Desk;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Bills that are being written, sealed: they hold diagnoses.</summary>
public sealed class DraftStore(FieldCipher cipher)
{
    public BillDraft? Find(StoreSession session, string visit, int ordinal)
    {
        using var row = session.Prepared("select revision, sealed from bill_draft where visit = $1 and ordinal = $2").Read(visit, (long)ordinal);
        if (!row.Read())
        {
            return null;
        }
        var draft = JsonSerializer.Deserialize<BillDraft>(cipher.Open((byte[])row[1], Place(visit, ordinal)))
            ?? throw new InvalidOperationException("A draft's sealed column holds null.");
        return draft with { Revision = row.GetInt64(0) };
    }

    public void Put(StoreSession session, BillDraft draft, DateTimeOffset at) =>
        session.Prepared("""
            insert into bill_draft (visit, ordinal, revision, sealed, changed) values ($1, $2, $3, $4, $5)
            on conflict (visit, ordinal) do update set revision = excluded.revision, sealed = excluded.sealed, changed = excluded.changed
            """).Execute(
            draft.Visit, (long)draft.Ordinal, draft.Revision, cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(draft), Place(draft.Visit, draft.Ordinal)), at);

    /// <summary>Takes away drafts that nobody touched for long.</summary>
    public static int Forget(StoreSession session, DateTimeOffset before) => session.Prepared("delete from bill_draft where changed < $1").Execute(before);

    private static string Place(string visit, int ordinal) => $"draft/{visit}/{ordinal}";
}
