namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>Inputs and result of the whole year's budget, as a person can try it.</summary>
internal static class CountyYearDescriptor
{
    public static readonly RuleInput Growth = RuleInput.Rate("growth", "0.048") with { Lowest = -1m };

    public static readonly RuleInput PrivateProviders = RuleInput.List("private",
        [RuleInput.Text("institution", "private hospital 1"), RuleInput.Money("disbursedLastYear", "3200000.00")],
        ["private hospital 1", "3200000.00"], ["private hospital 2", "2050000.00"]);

    public static readonly IReadOnlyList<RuleInput> ReserveBoundInputs =
    [
        RuleInput.Rate("reserveLowestRate", "0.01").Or("reserve.lowestRate"), RuleInput.Rate("reserveHighestRate", "0.03").Or("reserve.highestRate"),
        RuleInput.Rate("reserveCapOfFunding", "0.10").Or("reserve.capShareOfFunding"),
    ];

    public static readonly IReadOnlyList<RuleInput> Inputs =
    [
        RuleInput.Year("year", "2025"), RuleInput.Count("insured", "persons", "165000", 100_000_000),
        RuleInput.Money("premium", "830.00").Or("funding.premiumPerPerson") with { Highest = 1_000_000m },
        RuleInput.Rate("cityExtractionRate", "0.02").Or("funding.cityExtractionRate"),
        RuleInput.Money("catastrophicPremium", "70.00").Or("funding.catastrophicPremiumPerPerson") with { Highest = 1_000_000m },
        RuleInput.Rate("reserveRate", "0.02").Or("reserve.rate"), RuleInput.Money("reserveBalance", "0.00"),
        .. ReserveBoundInputs,
        RuleInput.Rate("privateShare", "0.045").Or("private.shareOfPackage"), Growth, PrivateProviders,
        RuleInput.Rate("lowestPrimaryCareShare", "0.25").Or("primaryCare.lowestShareOfPackage"),
    ];

    public static RuleResult Compute(RuleInputs i)
    {
        var terms = new CountyBudgetTerms(
            i.Money("premium"), i.Rate("cityExtractionRate"), i.Money("catastrophicPremium"), i.Rate("reserveRate"), ReserveBoundsOf(i),
            i.Rate("privateShare"), i.Rate("lowestPrimaryCareShare"));
        var year = new CountyYear((int)i.Count("year"), i.Count("insured"), i.Money("reserveBalance"), i.Rate("growth"), Providers(i));
        var budget = CountyPackageScheme.YearBudget(year, terms);
        return new RuleResult(
            [
                new("planDue", budget.PlanDue), new("funding", budget.Funding), new("cityExtraction", budget.CityExtraction),
                new("catastrophicPremium", budget.CatastrophicPremium), new("reserveBase", budget.ReserveBase),
                new("countyExtraction", budget.Reserve.Extraction), new("packageBudget", budget.Package),
                new("leadByShare", budget.Split.Lead), new("privatePool", budget.Split.PrivatePool), new("private", Rows(budget.Private)),
                new("leadIndicator", budget.LeadIndicator), new("primaryCarePassesFrom", budget.PrimaryCarePassesFrom),
            ],
            budget.Steps);
    }

    public static ReserveBounds ReserveBoundsOf(RuleInputs i) =>
        new(i.Rate("reserveLowestRate"), i.Rate("reserveHighestRate"), i.Rate("reserveCapOfFunding"));

    public static IReadOnlyList<PrivateProvider> Providers(RuleInputs i) =>
        [.. i.List("private").Select(row => new PrivateProvider(row.Text("institution"), row.Money("disbursedLastYear")))];

    public static IReadOnlyList<RuleRow> Rows(IReadOnlyList<PrivateIndicator> indicators) =>
        [.. indicators.Select(each => new RuleRow([new("institution", each.Institution), new("byFormula", each.ByFormula), new("indicator", each.Indicator)]))];
}
