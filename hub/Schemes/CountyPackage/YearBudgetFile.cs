using System.Globalization;
using System.Text.Json;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using static EdgeHub.Hub.Ledger.LedgerEvent;

namespace EdgeHub.Hub.Schemes.CountyPackage;

/// <summary>Loads a year's budget: the file is the input of the rule county.year-budget; the result is stored with its cited
/// steps and issued in the ledger. Loading a changed file posts only the difference. Source: Z5 to Z13.</summary>
public static class YearBudgetFile
{
    public const string Rule = "county.year-budget";

    public const long MaxBytes = 1_048_576;

    /// <summary>Cause of the postings of a year's budget.</summary>
    public static string Cause(long year) => string.Create(CultureInfo.InvariantCulture, $"budget/{CountyPackageScheme.Name}/{year}");

    /// <returns>The budget that holds, and whether it is new.</returns>
    /// <exception cref="FaultException">Every fault of the file.</exception>
    public static (StoredBudget Budget, bool Changed) Load(HubStore hub, string json)
    {
        var rule = RuleCatalogue.Find(Rule) ?? throw new InvalidOperationException($"There is no rule {Rule}.");
        var explained = rule.Run(json);
        return hub.Write(session =>
        {
            var (budget, indicators) = Read(hub.Region, explained);
            var known = BudgetStore.Newest(session, hub.Region, budget.SchemeYear);
            if (known?.Explained == explained)
            {
                return (known, false);
            }
            var now = hub.Clock.GetUtcNow();
            var next = budget with { Version = (known?.Version ?? 0) + 1, LoadedMs = now.ToUnixTimeMilliseconds() };
            BudgetStore.Insert(session, next, indicators);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone);
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
            LedgerStore.PostTarget(session, new PostingSet(
                hub.Entropy.NewId(now), hub.Region, Cause(next.SchemeYear), new DateOnly((int)next.SchemeYear, 1, 1),
                LedgerStore.OpenDay(session, hub.Region, today), Movements(next, indicators)));
            return (next, true);
        });
    }

    /// <summary>The year's funding into its envelopes; together they are F.</summary>
    public static IReadOnlyList<Movement> Movements(StoredBudget budget, IReadOnlyList<StoredIndicator> indicators)
    {
        var funding = Envelope(AccountKind.Funding, Account.TheRegion);
        return
        [
            new Movement(CityExtracted, funding, Envelope(AccountKind.CityExtraction, Account.TheRegion), budget.CityExtraction),
            new Movement(CatastrophicPremiumPaid, funding, Envelope(AccountKind.CatastrophicPremium, Account.TheRegion), budget.CatastrophicPremium),
            new Movement(ReserveExtracted, funding, Envelope(AccountKind.RiskReserve, Account.TheRegion), budget.ReserveExtraction),
            new Movement(PackageIssued, funding, Envelope(AccountKind.PackageBudget, Account.TheRegion), budget.LeadIndicator),
            .. indicators.Select(each => new Movement(IndicatorIssued, funding, Envelope(AccountKind.ProviderIndicator, each.Institution), each.Indicator)),
        ];

        Account Envelope(AccountKind kind, string owner) => new(
            budget.Region, Currency.Parse(budget.Currency), kind, owner, CountyPackageScheme.Name, budget.SchemeYear.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A stored computation as rows; version and time of loading are not in it.</summary>
    public static (StoredBudget Budget, IReadOnlyList<StoredIndicator> Indicators) Read(string region, string explained)
    {
        using var document = JsonDocument.Parse(explained);
        var (inputs, result) = (document.RootElement.GetProperty("inputs"), document.RootElement.GetProperty("result"));
        var budget = new StoredBudget
        {
            Region = region, SchemeYear = inputs.GetProperty("year").GetInt64(), Version = 0, Insured = inputs.GetProperty("insured").GetInt64(),
            Funding = Fen(result, "funding"), CityExtraction = Fen(result, "cityExtraction"), CatastrophicPremium = Fen(result, "catastrophicPremium"),
            ReserveBase = Fen(result, "reserveBase"), ReserveExtraction = Fen(result, "countyExtraction"), Package = Fen(result, "packageBudget"),
            PrivatePool = Fen(result, "privatePool"), LeadIndicator = Fen(result, "leadIndicator"), PrimaryCarePassesFrom = Fen(result, "primaryCarePassesFrom"),
            Currency = Currency.Cny.Code, Explained = explained, LoadedMs = 0,
        };
        return (budget,
            [.. result.GetProperty("private").EnumerateArray().Select(row => new StoredIndicator
            {
                Institution = row.GetProperty("institution").GetString() ?? "", ByFormula = Fen(row, "byFormula"), Indicator = Fen(row, "indicator"),
            })]);
    }

    private static long Fen(JsonElement from, string name) => Money.Parse(from.GetProperty(name + "Yuan").GetString() ?? "", Currency.Cny, name).MinorUnits;
}
