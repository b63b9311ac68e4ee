using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>What holds for every year: conservation to the fen, agreement with the slow second reading, monotone clearing.</summary>
public sealed class BudgetPropertyTests
{
    private static readonly ReserveBounds Bounds = new(new Rate(0.01m), new Rate(0.03m), new Rate(0.10m));

    private sealed record Year(int Insured, int Premium, int CityRate, int Catastrophic, int ReserveRate, long Balance, IReadOnlyList<long> Paid, int Growth);

    private static readonly Gen<Year> Years =
        from insured in Gen.Choose(0, 400_000)
        from premium in Gen.Choose(10_000, 120_000)
        from cityRate in Gen.Choose(0, 50_000)
        from catastrophic in Gen.Choose(0, 9_000)
        from reserveRate in Gen.Choose(10_000, 30_000)
        from balance in Gen.Choose(0, 2_000_000_000)
        from paid in Gen.Choose(0, 900_000_000).ListOf()
        from growth in Gen.Choose(-200_000, 300_000)
        select new Year(insured, premium, cityRate, catastrophic, reserveRate, balance, [.. paid.Take(8).Select(each => (long)each)], growth);

    private static readonly Gen<(long Package, long Violations, long Actual)> Clearings =
        from package in Gen.Choose(0, 2_000_000_000)
        from violations in Gen.Choose(0, 50_000_000)
        from near in Gen.Choose(-3, 3)
        from far in Gen.Choose(0, 2_000_000_000)
        from isNear in Gen.Elements(true, false)
        select ((long)package, (long)violations, isNear ? Math.Max(0L, (long)package + near) : far);

    [Fact]
    public void YearBudget_AnyYear_ConservesTheFundingToTheFen() => Prop.ForAll(Arb.From(Years), year =>
    {
        var budget = Compute(year);
        Assert.Equal(budget.Funding, budget.Package + budget.Reserve.Extraction + budget.CityExtraction + budget.CatastrophicPremium);
        Assert.Equal(budget.Package, budget.Split.Lead + budget.Split.PrivatePool);
        var given = budget.Private.Aggregate(Money.Fen(0), (sum, each) => sum + each.Indicator);
        Assert.Equal(budget.Package, given + budget.LeadIndicator);
        Assert.True(given <= budget.Split.PrivatePool);
        var wished = budget.Private.Aggregate(Money.Fen(0), (sum, each) => sum + Money.Min(each.ByFormula, budget.Split.PrivatePool));
        Assert.Equal(Money.Min(wished, budget.Split.PrivatePool), given);
        Assert.False(budget.LeadIndicator.IsNegative);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void YearBudget_AnyYear_AgreesWithTheSlowReading() => Prop.ForAll(Arb.From(Years), year =>
    {
        var budget = Compute(year);
        var slow = SlowCounty.Year(year.Insured, year.Premium, year.CityRate, year.Catastrophic, year.ReserveRate, year.Balance, year.Paid, year.Growth);
        Assert.Equal(
            (slow.F, slow.City, slow.Catastrophic, slow.County, slow.P, slow.Pool, slow.PoolRest, slow.Lead),
            (budget.Funding.MinorUnits, budget.CityExtraction.MinorUnits, budget.CatastrophicPremium.MinorUnits, budget.Reserve.Extraction.MinorUnits,
                budget.Package.MinorUnits, budget.Split.PrivatePool.MinorUnits, budget.Split.Lead.MinorUnits, budget.LeadIndicator.MinorUnits));
        Assert.Equal(slow.Private, budget.Private.Select(each => (BigInteger)each.Indicator.MinorUnits));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ClearYear_AnyYear_AgreesWithTheSlowReadingAndItsIdentities() => Prop.ForAll(Arb.From(Clearings), given =>
    {
        var (package, violations, actual) = (Money.Fen(given.Package), Money.Fen(given.Violations), Money.Fen(given.Actual));
        var cleared = CountyPackageRules.ClearYear(package, violations, actual).Value;
        var slow = SlowCounty.Clear(given.Package, given.Violations, given.Actual);
        Assert.Equal(slow, (cleared.Pay.MinorUnits, cleared.Surplus.MinorUnits, cleared.Overrun.MinorUnits));
        Assert.Equal(package - violations, cleared.Pay + cleared.Surplus);
        Assert.Equal(actual - package, cleared.Overrun - cleared.Surplus);
        Assert.True(cleared.Surplus.IsZero || cleared.Overrun.IsZero);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ClearYear_MoreSpent_NeverPaysLess() => Prop.ForAll(Arb.From(Clearings), given =>
    {
        var less = Pay(given.Actual);
        Assert.True(Pay(given.Actual + 1) >= less);
        Assert.True(CountyPackageRules.ClearYear(Money.Fen(given.Package), Money.Fen(given.Violations + 1), Money.Fen(given.Actual)).Value.Pay < less);

        Money Pay(long actual) => CountyPackageRules.ClearYear(Money.Fen(given.Package), Money.Fen(given.Violations), Money.Fen(actual)).Value.Pay;
    }).QuickCheckThrowOnFailure();

    private static YearBudget Compute(Year year) => CountyPackageScheme.YearBudget(
        new CountyYear(2025, year.Insured, Money.Fen(year.Balance), Of(year.Growth), [.. year.Paid.Select((a, i) => new PrivateProvider($"P{i}", Money.Fen(a)))]),
        new CountyBudgetTerms(Money.Fen(year.Premium), Of(year.CityRate), Money.Fen(year.Catastrophic), Of(year.ReserveRate), Bounds, new Rate(0.045m), new Rate(0.25m)));

    private static Rate Of(int millionths) => new(millionths / 1_000_000m);
}
