using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Schemes.CountyPackage;

/// <summary>The year's budgets: the newest row says what its stored computation says, and the ledger holds just that.</summary>
public sealed class BudgetAudit : IAudit
{
    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        foreach (var year in BudgetStore.Years(session, region))
        {
            var budget = BudgetStore.Newest(session, region, year)!;
            var indicators = BudgetStore.Indicators(session, budget);
            var key = year.ToString(CultureInfo.InvariantCulture);
            var (computed, given) = YearBudgetFile.Read(region, budget.Explained);
            notes.Same("county_budget", key, computed with { Version = budget.Version, LoadedMs = budget.LoadedMs }, budget);
            notes.SameRows("county_indicator", given.ToDictionary(row => row.Institution), indicators.ToDictionary(row => row.Institution));
            var open = LedgerStore.Less(YearBudgetFile.Movements(computed, given), LedgerStore.Posted(session, region, YearBudgetFile.Cause(year)));
            notes.Same("ledger of", YearBudgetFile.Cause(year), "", string.Join("; ", open.Select(m => $"{m.Event} {m.Fen}")));
        }
    }
}
