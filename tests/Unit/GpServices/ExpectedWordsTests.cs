using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

/// <summary>What would be right is said in the reader's language for every fault of these rules, and their parameters cite rules that exist.</summary>
public sealed class ExpectedWordsTests
{
    private static readonly Money Pound = new(100, Currency.Gbp);
    private static readonly YearMonth Month = new(2024, 11);

    [Fact]
    public void Rules_RefusedInputs_SayWhatIsRightInEachLanguage() => Assert.All(
        new Action[]
        {
            () => GpServicesRules.CountHierarchy([new("A", "B", null), new("A", "B", null)]),
            () => GpServicesRules.SizeOf(-1, 1, 2),
            () => GpServicesRules.RollingTwelveMonths([], Month),
            () => GpServicesRules.FullTimeEquivalent(-1, 37.5m),
            () => GpServicesRules.Workforce([], 1, 1),
            () => GpServicesRules.AppShare(2, 1),
            () => GpServicesRules.Rate(1, 0, 1, 1, 1, 0.025m, null),
            () => GpServicesRules.AssessInterface([new("A", InterfaceArea.FitNotes, 3)]),
            () => GpServicesRules.AssessInterface([new("A", InterfaceArea.FitNotes, 1)]),
            () => GpServicesRules.ArrsPositions([new("GP", ArrsBudget.NewlyQualifiedGps, Month.AddMonths(-9), 1, Pound, Pound)], Pound, Pound, Month),
            () => GpServicesRules.BackdatedUplift(Pound, Pound - Pound, Month, Month),
            () => GpServicesRules.CaipPool(-Pound, Rate.One),
        },
        refused => Assert.All(Assert.Throws<FaultException>(refused).Faults, fault => Assert.True(
            Expectations.Knows(fault.Expected) || !fault.Expected.Contains(' ', StringComparison.Ordinal), fault.Expected)));

    [Fact]
    public void ShippedParameters_EveryRow_CitesARuleThatExists()
    {
        var articles = GpServicesArticles.All.Select(article => article.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(SchemeParameters.Shipped(GpServicesScheme.Name).Rows, row => Assert.Contains(row.Article, articles));
    }
}
