using System.Globalization;
using System.Text.Json;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Ledger;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Schemes.CountyPackage;

/// <summary>The year's package: Z5 to Z13 as they were computed, and what the annual clearing (Z24) would give on what was
/// decided so far. Deductions for violations are none until they are confirmed here.</summary>
public static class PackageReport
{
    private static readonly IReadOnlyList<ReportColumn> Columns =
        [new("item", "项目 item", CellKind.Text), new("article", "条款 article", CellKind.Text), new("amount", "金额 amount", CellKind.Amount)];

    /// <exception cref="FaultException">No budget of that year was loaded.</exception>
    public static ReportTable Of(StoreSession session, string region, int year)
    {
        var budget = BudgetStore.Newest(session, region, year)
            ?? throw new FaultException(new Fault(Codes.NotFound, "--year", year.ToString(CultureInfo.InvariantCulture), "a year whose budget was loaded with \"hub load budget FILE\""));
        List<IReadOnlyList<object>> rows = [.. Steps(budget)];
        var balances = BudgetStore.Balances(session, region, year.ToString(CultureInfo.InvariantCulture));
        var privates = BudgetStore.Indicators(session, budget);
        Preview(rows, "总医院 lead hospital's package", budget.LeadIndicator, Actual(balances, AccountKind.PackageBudget, Account.TheRegion, budget.LeadIndicator), budget.Currency);
        foreach (var each in privates)
        {
            Preview(rows, each.Institution, each.Indicator, Actual(balances, AccountKind.ProviderIndicator, each.Institution, each.Indicator), budget.Currency);
        }
        return new ReportTable(
            "package", $"打包付费 County package of {year}",
            [("region", region), ("year", year.ToString(CultureInfo.InvariantCulture)), ("budgetVersion", budget.Version.ToString(CultureInfo.InvariantCulture))],
            Columns, rows, null,
            ["Preview of Z24 on what was decided so far: settled pool, what the fund owes to patients, and offline differences, less what institutions owe. Violations: none confirmed."]);
    }

    /// <summary>What an indicator bears so far: what was issued less what is left in its envelope.</summary>
    private static long Actual(IReadOnlyDictionary<(string Kind, string Owner), long> balances, AccountKind kind, string owner, long issued) =>
        checked(issued - (balances.TryGetValue((kind.ToString(), owner), out var left) ? left : issued));

    private static IEnumerable<IReadOnlyList<object>> Steps(StoredBudget budget)
    {
        using var document = JsonDocument.Parse(budget.Explained);
        foreach (var step in document.RootElement.GetProperty("steps").EnumerateArray())
        {
            var value = step.GetProperty("value").GetString() ?? "";
            if (value.EndsWith(' ' + budget.Currency, StringComparison.Ordinal))
            {
                yield return
                [
                    step.GetProperty("name").GetString() ?? "", $"{step.GetProperty("article").GetString()} ({step.GetProperty("clause").GetString()})",
                    Money.Parse(value[..^(budget.Currency.Length + 1)], Currency.Parse(budget.Currency)).MinorUnits,
                ];
            }
        }
    }

    private static void Preview(List<IReadOnlyList<object>> rows, string whose, long package, long actual, string currency)
    {
        var unit = Currency.Parse(currency);
        // Reversals after a refund may leave less than nothing for a while; the rule asks for zero or more.
        var cited = CountyPackageRules.ClearYear(new Money(package, unit), Money.Zero(unit), new Money(Math.Max(0, actual), unit));
        var article = cited.Article.ToString();
        rows.Add([$"{whose}: actual so far", article, actual]);
        rows.Add([$"{whose}: pay, case {(int)cited.Value.Case}", article, cited.Value.Pay.MinorUnits]);
        rows.Add([$"{whose}: surplus", article, cited.Value.Surplus.MinorUnits]);
        rows.Add([$"{whose}: overrun self-borne", article, cited.Value.Overrun.MinorUnits]);
    }
}
