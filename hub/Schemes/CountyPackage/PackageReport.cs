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
        [new("item", "项目 item", CellKind.Text), new("article", "条款 article", CellKind.Text), new("amount", "金额 amount", CellKind.Amount),
            new("currency", "币种 currency", CellKind.Text)];

    /// <exception cref="FaultException">No budget of that year was loaded.</exception>
    public static ReportTable Of(StoreSession session, string region, int year)
    {
        var budget = BudgetStore.Newest(session, region, year)
            ?? throw new FaultException(new Fault(Codes.NotFound, "--year", year.ToString(CultureInfo.InvariantCulture), "a year whose budget was loaded with \"hub load budget FILE\""));
        List<IReadOnlyList<object>> rows = [.. Steps(budget)];
        var balances = BudgetStore.Balances(session, region, year.ToString(CultureInfo.InvariantCulture));
        foreach (var (kind, owner, issued, currency) in Budgets(budget, BudgetStore.Indicators(session, budget), balances))
        {
            var whose = kind == AccountKind.PackageBudget ? "总医院 lead hospital's package" : owner;
            Preview(rows, issued is null ? $"{whose} (no budget in this currency)" : whose, issued ?? 0, Actual(balances, kind, owner, currency, issued ?? 0), currency);
        }
        return new ReportTable(
            "package", $"打包付费 County package of {year}",
            [("region", region), ("year", year.ToString(CultureInfo.InvariantCulture)), ("budgetVersion", budget.Version.ToString(CultureInfo.InvariantCulture))],
            Columns, rows, null,
            ["Preview of Z24 on what was decided so far: settled pool, what the fund owes to patients, and offline differences, less what institutions owe. Inbound insured and other insurances are not in it (Z2, Z19). Violations: none confirmed."]);
    }

    /// <summary>The package and every indicator, and whatever else was charged without one: nobody's charges are left out. Issued
    /// null: nothing was issued to it in that currency.</summary>
    private static IEnumerable<(AccountKind Kind, string Owner, long? Issued, string Currency)> Budgets(
        StoredBudget budget, IReadOnlyList<StoredIndicator> indicators, IReadOnlyDictionary<(string Kind, string Owner, string Currency), long> balances)
    {
        yield return (AccountKind.PackageBudget, Account.TheRegion, budget.LeadIndicator, budget.Currency);
        foreach (var each in indicators)
        {
            yield return (AccountKind.ProviderIndicator, each.Institution, each.Indicator, budget.Currency);
        }
        var known = indicators.Select(each => each.Institution).Append(Account.TheRegion).ToHashSet(StringComparer.Ordinal);
        foreach (var (kind, owner, currency) in balances.Keys.Order())
        {
            if ((kind == nameof(AccountKind.PackageBudget) || kind == nameof(AccountKind.ProviderIndicator)) && (currency != budget.Currency || !known.Contains(owner)))
            {
                yield return (Enum.Parse<AccountKind>(kind), owner, null, currency);
            }
        }
    }

    /// <summary>What an indicator bears so far: what was issued less what is left in its envelope.</summary>
    private static long Actual(
        IReadOnlyDictionary<(string Kind, string Owner, string Currency), long> balances, AccountKind kind, string owner, string currency, long issued) =>
        checked(issued - (balances.TryGetValue((kind.ToString(), owner, currency), out var left) ? left : issued));

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
                    Money.Parse(value[..^(budget.Currency.Length + 1)], Currency.Parse(budget.Currency)).MinorUnits, budget.Currency,
                ];
            }
        }
    }

    private static void Preview(List<IReadOnlyList<object>> rows, string whose, long package, long actual, string currency)
    {
        var unit = Currency.Parse(currency);
        if (actual < 0)
        {
            // Corrections of earlier years may leave less than nothing for a while; the rule asks for zero or more.
            rows.Add([$"{whose}: actual so far, below zero: no preview", CountyPackageArticles.Z24.ToString(), actual, currency]);
            return;
        }
        var cited = CountyPackageRules.ClearYear(new Money(package, unit), Money.Zero(unit), new Money(actual, unit));
        var article = cited.Article.ToString();
        rows.Add([$"{whose}: actual so far", article, actual, currency]);
        rows.Add([$"{whose}: pay, case {(int)cited.Value.Case}", article, cited.Value.Pay.MinorUnits, currency]);
        rows.Add([$"{whose}: surplus", article, cited.Value.Surplus.MinorUnits, currency]);
        rows.Add([$"{whose}: overrun self-borne", article, cited.Value.Overrun.MinorUnits, currency]);
    }
}
