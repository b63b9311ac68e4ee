namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>Which settlements are the county's own (Z2): the pooling area and the insurance types of its residents.</summary>
public sealed record PackageScope(string PoolingArea, IReadOnlyList<string> InsuranceTypes)
{
    public static PackageScope From(ParametersOn parameters) => new(
        parameters.Text("scope.poolingArea"),
        parameters.Text("scope.insuranceTypes").Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The rates and amounts of a year's budget, from the scheme's parameters as they hold on its first day.</summary>
public sealed record CountyBudgetTerms(
    Money PremiumPerPerson, Rate CityExtractionRate, Money CatastrophicPremiumPerPerson,
    Rate ReserveRate, ReserveBounds Reserve, Rate PrivateShare, Rate LowestPrimaryCareShare)
{
    /// <exception cref="RuleGap">A parameter has no value on that day.</exception>
    /// <exception cref="RuleConflict">A parameter has more than one.</exception>
    public static CountyBudgetTerms From(ParametersOn parameters) => new(
        parameters.Amount("funding.premiumPerPerson"),
        parameters.Share("funding.cityExtractionRate"),
        parameters.Amount("funding.catastrophicPremiumPerPerson"),
        parameters.Share("reserve.rate"),
        ReserveBoundsOf(parameters),
        parameters.Share("private.shareOfPackage"),
        parameters.Share("primaryCare.lowestShareOfPackage"));

    public static ReserveBounds ReserveBoundsOf(ParametersOn parameters) => new(
        parameters.Share("reserve.lowestRate"), parameters.Share("reserve.highestRate"), parameters.Share("reserve.capShareOfFunding"));
}

/// <summary>The facts of a year that its budget is made of.</summary>
/// <param name="Insured">Insured persons (参保人数).</param>
/// <param name="ReserveBalance">Balance of the risk reserve before the year's extraction.</param>
/// <param name="Growth">B: national growth of inpatient cost per person in the year before last.</param>
public sealed record CountyYear(int Year, long Insured, Money ReserveBalance, Rate Growth, IReadOnlyList<PrivateProvider> Private);

/// <summary>The year's budget, conserved: city + catastrophic + county + P = F, and private + lead = P.</summary>
/// <param name="Steps">Each step in the document's order, with its article and inputs.</param>
public sealed record YearBudget(
    int Year, DateOnly PlanDue, Money Funding, Money CityExtraction, Money CatastrophicPremium, Money ReserveBase, ReserveExtraction Reserve,
    Money Package, PackageSplit Split, IReadOnlyList<PrivateIndicator> Private, Money LeadIndicator, Money PrimaryCarePassesFrom,
    IReadOnlyList<CitedStep> Steps);
