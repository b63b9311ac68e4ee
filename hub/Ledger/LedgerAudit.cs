using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>Every set sums to zero per currency and has the legs it was sealed with; every leg is of the table of postings; every
/// balance is the sum of its legs.</summary>
public sealed class LedgerAudit : IAudit
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        foreach (var set in LedgerAuditStore.Sets(session, region))
        {
            notes.Same("ledger_set legs", set.Cause, set.Sealed, set.Legs);
            notes.Same("ledger_set sum", set.Cause, 0L, set.Fen);
        }
        notes.Same("ledger_leg outside a set", region, 0L, LedgerAuditStore.Loose(session, region));
        foreach (var leg in LedgerAuditStore.Kinds(session, region))
        {
            var rule = Enum.TryParse<LedgerEvent>(leg.Event, out var happened) ? PostingTable.Of(happened) : null;
            var expected = rule is null ? "an event of the table of postings" : $"{leg.Event} {(leg.Side == 0 ? rule.Debit : rule.Credit)} {rule.Article.Rule} {rule.Article.Clause}";
            notes.Same("ledger_leg", leg.Event, expected, $"{leg.Event} {leg.Kind} {leg.Rule} {leg.Article}");
        }
        foreach (var account in LedgerAuditStore.Balances(session, region))
        {
            notes.Same("ledger_balance", $"{account.Kind}/{account.Owner}/{account.Period}", account.Legs, account.Fen);
        }
    }
}
