using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class YearBudgetTests
{
    private static readonly DateOnly FirstDay = new(2025, 1, 1);

    [Fact]
    public void YearBudget_WorkedExampleOnTheShippedParameters_GivesEachFigure()
    {
        var terms = CountyBudgetTerms.From(SchemeParameters.Shipped(CountyPackageScheme.Name).On(FirstDay, FirstDay));
        var budget = CountyPackageScheme.YearBudget(
            new CountyYear(2025, 165_000, Money.Fen(0), new Rate(0.048m), [new("A", Money.Fen(320_000_000)), new("B", Money.Fen(205_000_000))]), terms);

        Assert.Equal(
            [
                "plan due with the city | Z9 | 2025-01-31", "funding F | Z5 | 136950000.00 CNY", "city extraction | Z5 | 2739000.00 CNY",
                "catastrophic premium | Z5 | 11550000.00 CNY", "reserve base B0 | Z7 | 122661000.00 CNY", "county extraction | Z7 | 2453220.00 CNY",
                "package budget P | Z5 | 120207780.00 CNY", "private pool | Z6 | 5409350.10 CNY", "indicator of A | Z10 | 3297127.68 CNY",
                "indicator of B | Z10 | 2112222.42 CNY", "lead hospital's indicator | Z12 | 114798429.90 CNY",
                "township and village share passes from | Z13 | 28699607.48 CNY",
            ],
            budget.Steps.Select(step => $"{step.Name} | {step.Article.Rule} | {step.Value}"));
    }

    [Fact]
    public void ShippedParameters_BeforeTheDocumentWasIssued_AreNotKnown()
    {
        var issued = new DateOnly(2020, 3, 31);
        var shipped = SchemeParameters.Shipped(CountyPackageScheme.Name);
        Assert.Equal(new Rate(0.045m), shipped.On(new DateOnly(2020, 1, 1), issued).Share("private.shareOfPackage"));
        Assert.Throws<RuleGap>(() => shipped.On(new DateOnly(2020, 1, 1), issued.AddDays(-1)).Share("private.shareOfPackage"));
        Assert.Throws<RuleGap>(() => shipped.On(new DateOnly(2019, 12, 31), issued).Share("private.shareOfPackage"));
    }

    [Fact]
    public void ShippedParameters_EveryRow_CitesAClauseThatExists()
    {
        var articles = CountyPackageArticles.All.Select(article => article.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(SchemeParameters.Shipped(CountyPackageScheme.Name).Rows, row => Assert.Contains(row.Article, articles));
    }
}
