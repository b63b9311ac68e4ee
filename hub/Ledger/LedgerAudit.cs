using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>Every set sums to zero per currency and has the legs it was sealed with; every leg is of the table of postings; every
/// balance is the sum of its legs; corrections point to the first set of their cause; every closed month still has the hash that it
/// was closed with, and the closings hang together.</summary>
public sealed class LedgerAudit : IAudit
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        var closings = PeriodStore.Closings(session, region);
        using var pass = LedgerPass.Read(session, region, closings, notes);
        notes.Same("ledger_leg outside a set", region, 0L, LedgerAuditStore.LegCount(session, region) - pass.Legs);
        foreach (var leg in pass.Kinds.OrderBy(leg => string.Join('\t', leg.Event, leg.Side, leg.Kind, leg.Rule, leg.Article), StringComparer.Ordinal))
        {
            var rule = Enum.TryParse<LedgerEvent>(leg.Event, out var happened) ? PostingTable.Of(happened) : null;
            var expected = rule is null ? "an event of the table of postings" : $"{leg.Event} {(leg.Side == 0 ? rule.Debit : rule.Credit)} {rule.Article.Rule} {rule.Article.Clause}";
            notes.Same("ledger_leg", leg.Event, expected, $"{leg.Event} {leg.Kind} {leg.Rule} {leg.Article}");
        }
        foreach (var set in LedgerAuditStore.Corrections(session, region))
        {
            notes.Same("ledger_set corrects", $"{set.Cause} {set.SetId:D}", set.Expected?.ToString("D") ?? "", set.Found?.ToString("D") ?? "");
        }
        Months(session, region, closings, pass, notes);
        foreach (var account in LedgerAuditStore.Balances(session, region))
        {
            notes.Same("ledger_balance", $"{account.Kind}/{account.Owner}/{account.Period}", pass.OfAccount(account.AccountNo), account.Fen);
        }
    }

    private static void Months(StoreSession session, string region, IReadOnlyList<Closing> closings, LedgerPass pass, AuditNotes notes)
    {
        var months = PeriodStore.Months(session, region);
        foreach (var month in months)
        {
            notes.Same("ledger_month", month.Month, (pass.SetsOfMonth.GetValueOrDefault(month.Month), closings.Any(each => each.Month == month.Month)), (month.Counted, month.Closed));
            notes.Same("ledger_month open before a closed one", month.Month, true, month.Closed || closings.LastOrDefault() is not { } last || string.CompareOrdinal(month.Month, last.Month) > 0);
        }
        foreach (var loose in pass.SetsOfMonth.Keys.Order(StringComparer.Ordinal).Concat(closings.Select(each => each.Month)).Except(months.Select(month => month.Month)))
        {
            notes.Differ("ledger_month", loose, "a row", null);
        }
        var previous = Closing.NoPrevious;
        foreach (var closing in closings.Where(each => each.Hash.Length > 0))
        {
            notes.Same("ledger_period previous", closing.Month, previous, closing.Previous);
            notes.Same("ledger_period", closing.Month, pass.Sealed(closing), closing);
            notes.SameRows(
                "ledger_period_total", pass.TotalsOf(closing.Month).ToDictionary(total => (closing.Month, total.Currency, total.Kind)),
                PeriodStore.KeptTotals(session, region, closing.Month).ToDictionary(total => (closing.Month, total.Currency, total.Kind)));
            previous = closing.Hash;
        }
    }
}
