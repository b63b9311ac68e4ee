namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>The order in which the clauses of the county package make the year's budget.</summary>
public static class CountyPackageScheme
{
    /// <summary>Name of the scheme's folder, for its parameters.</summary>
    public const string Name = "CountyPackage";

    /// <summary>F, city extraction, catastrophic premium, B0, county extraction, P, its two pools, the private indicators, the
    /// lead hospital's indicator, and from which amount the primary-care share passes.</summary>
    /// <exception cref="FaultException">An input that a clause refuses.</exception>
    public static YearBudget YearBudget(CountyYear year, CountyBudgetTerms terms)
    {
        var steps = new List<CitedStep>();
        var due = Keep("plan due with the city", CountyPackageRules.PlanDue(year.Year));
        var funding = Keep("funding F", CountyPackageRules.Funding(year.Insured, terms.PremiumPerPerson));
        var city = Keep("city extraction", CountyPackageRules.CityExtraction(funding, terms.CityExtractionRate));
        var catastrophic = Keep("catastrophic premium", CountyPackageRules.CatastrophicPremium(year.Insured, terms.CatastrophicPremiumPerPerson));
        var reserveBase = Keep("reserve base B0", CountyPackageRules.ReserveBase(funding, city, catastrophic));
        var reserve = CountyPackageRules.ReserveExtraction(reserveBase, terms.ReserveRate, funding, year.ReserveBalance, terms.Reserve);
        steps.Add(reserve.As("county extraction") with { Value = Article.Written(reserve.Value.Extraction) });
        var package = Keep("package budget P", CountyPackageRules.PackageBudget(reserveBase, reserve.Value.Extraction));
        var split = CountyPackageRules.SplitPackage(package, terms.PrivateShare);
        steps.Add(split.As("private pool") with { Value = Article.Written(split.Value.PrivatePool) });
        var indicators = CountyPackageRules.PrivateIndicators(year.Private, year.Growth, package, terms.PrivateShare);
        foreach (var each in indicators.Value)
        {
            steps.Add(new CitedStep($"indicator of {each.Institution}", indicators.Article, Article.Written(each.Indicator),
                [new CitedInput("by formula", Article.Written(each.ByFormula)), .. indicators.Inputs]));
        }
        var privateSum = indicators.Value.Aggregate(Money.Zero(funding.Currency), (sum, each) => sum + each.Indicator);
        var lead = Keep("lead hospital's indicator", CountyPackageRules.LeadIndicator(package, privateSum));
        var floor = CountyPackageRules.PrimaryCareShare(Money.Zero(funding.Currency), lead, terms.LowestPrimaryCareShare, null);
        steps.Add(floor.As("township and village share passes from") with { Value = Article.Written(floor.Value.PassesFrom) });
        return new YearBudget(
            year.Year, due, funding, city, catastrophic, reserveBase, reserve.Value, package, split.Value, indicators.Value, lead,
            floor.Value.PassesFrom, steps);

        T Keep<T>(string name, Cited<T> cited)
        {
            steps.Add(cited.As(name));
            return cited.Value;
        }
    }
}
