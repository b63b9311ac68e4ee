using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Schemes.CountyPackage;

/// <summary>A year's budget as stored; amounts in minor units.</summary>
public sealed record StoredBudget
{
    public required string Region { get; init; }
    public required long SchemeYear { get; init; }
    public required long Version { get; init; }
    public required long Insured { get; init; }
    public required long Funding { get; init; }
    public required long CityExtraction { get; init; }
    public required long CatastrophicPremium { get; init; }
    public required long ReserveBase { get; init; }
    public required long ReserveExtraction { get; init; }
    public required long Package { get; init; }
    public required long PrivatePool { get; init; }
    public required long LeadIndicator { get; init; }
    public required long PrimaryCarePassesFrom { get; init; }
    public required string Currency { get; init; }

    /// <summary>The computation as it was run: inputs, results, cited steps, JSON.</summary>
    public required string Explained { get; init; }
    public required long LoadedMs { get; init; }
}

/// <summary>A private provider's indicator of a year.</summary>
public sealed record StoredIndicator
{
    public required string Institution { get; init; }
    public required long ByFormula { get; init; }
    public required long Indicator { get; init; }
}

/// <summary>Budgets by year and version; the highest version holds.</summary>
internal static class BudgetStore
{
    public static IReadOnlyList<long> Years(StoreSession session, string region) => session.Query<long>(
        "select distinct scheme_year from county_budget where region = @region order by scheme_year", new { region });

    public static StoredBudget? Newest(StoreSession session, string region, long year) => session.QuerySingleOrDefault<StoredBudget>(
        """
        select region as Region, scheme_year as SchemeYear, version as Version, insured as Insured, funding as Funding, city_extraction as CityExtraction,
               catastrophic_premium as CatastrophicPremium, reserve_base as ReserveBase, reserve_extraction as ReserveExtraction, package as Package,
               private_pool as PrivatePool, lead_indicator as LeadIndicator, primary_care_passes_from as PrimaryCarePassesFrom, currency as Currency,
               explained as Explained, loaded_ms as LoadedMs
        from county_budget where region = @region and scheme_year = @year order by version desc limit 1
        """,
        new { region, year });

    public static IReadOnlyList<StoredIndicator> Indicators(StoreSession session, StoredBudget budget) => session.Query<StoredIndicator>(
        """
        select institution as Institution, by_formula as ByFormula, indicator as Indicator
        from county_indicator where region = @Region and scheme_year = @SchemeYear and version = @Version order by institution
        """,
        new { budget.Region, budget.SchemeYear, budget.Version });

    public static void Insert(StoreSession session, StoredBudget budget, IReadOnlyList<StoredIndicator> indicators)
    {
        session.Execute(
            """
            insert into county_budget (region, scheme_year, version, insured, funding, city_extraction, catastrophic_premium, reserve_base, reserve_extraction,
                                       package, private_pool, lead_indicator, primary_care_passes_from, currency, explained, loaded_ms)
            values (@Region, @SchemeYear, @Version, @Insured, @Funding, @CityExtraction, @CatastrophicPremium, @ReserveBase, @ReserveExtraction,
                    @Package, @PrivatePool, @LeadIndicator, @PrimaryCarePassesFrom, @Currency, @Explained, @LoadedMs)
            """,
            budget);
        foreach (var each in indicators)
        {
            session.Execute(
                """
                insert into county_indicator (region, scheme_year, version, institution, by_formula, indicator)
                values (@Region, @SchemeYear, @Version, @Institution, @ByFormula, @Indicator)
                """,
                new { budget.Region, budget.SchemeYear, budget.Version, each.Institution, each.ByFormula, each.Indicator });
        }
    }

    /// <summary>Balances of the year's envelopes by kind, owner and currency, minor units.</summary>
    public static IReadOnlyDictionary<(string Kind, string Owner, string Currency), long> Balances(StoreSession session, string region, string period) =>
        session.Query<BalanceRow>(
            "select kind as Kind, owner as Owner, currency as Currency, cast(coalesce(sum(fen), 0) as bigint) as Fen from public_balance where region = @region and period = @period group by kind, owner, currency",
            new { region, period }).ToDictionary(row => (row.Kind, row.Owner, row.Currency), row => row.Fen);

    private sealed class BalanceRow
    {
        public string Kind { get; init; } = "";
        public string Owner { get; init; } = "";
        public string Currency { get; init; } = "";
        public long Fen { get; init; }
    }
}
