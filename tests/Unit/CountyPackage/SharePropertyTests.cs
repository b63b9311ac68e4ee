using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>Floors, inflows, lags and warnings agree with the slow second reading; the order in which private providers are given changes nobody's formula.</summary>
public sealed class SharePropertyTests
{
    private static readonly Gen<long> Amounts = Gen.OneOf(Gen.Choose(0, 60), Gen.Choose(0, 2_000_000_000)).Select(fen => (long)fen);

    [Fact]
    public void PrimaryCareShare_AnyShare_AgreesWithTheSlowReading() => Prop.ForAll(Arb.From(Amounts), Arb.From(Amounts), Arb.From(Gen.Choose(0, 100)), (one, other, hundredths) =>
    {
        var (share, whole) = (Math.Min(one, other), Math.Max(one, other));
        var least = SlowCountyShares.PassesFrom(whole, hundredths);
        var test = CountyPackageRules.PrimaryCareShare(Money.Fen(share), Money.Fen(whole), new Rate(hundredths / 100m), null).Value;
        Assert.Equal(
            (share >= least, least, least > share ? least - share : 0),
            (test.Passes, (BigInteger)test.PassesFrom.MinorUnits, (BigInteger)test.Missing.MinorUnits));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ReserveInflows_AnySurplus_AgreeWithTheSlowReading() => Prop.ForAll(Arb.From(Amounts), Arb.From(Amounts), Arb.From(Amounts), (surplus, deductions, topUp) => Assert.Equal(
        SlowCountyShares.Inflow(surplus, deductions, topUp),
        (BigInteger)CountyPackageRules.ReserveInflows(Money.Fen(surplus), new Rate(0.5m), Money.Fen(deductions), Money.Fen(topUp)).Value.Total.MinorUnits)).QuickCheckThrowOnFailure();

    [Fact]
    public void IncreaseForNewTechnology_AnyIncrease_AgreesWithTheSlowReading() => Prop.ForAll(Arb.From(Amounts), Arb.From(Gen.Choose(-2, 2)), (package, near) =>
    {
        var increase = Math.Max(0, (package * 45 / 1_000) + near);
        var allowed = CountyPackageRules.IncreaseForNewTechnology(Money.Fen(increase), 2025, Money.Fen(package), new Rate(0.045m)).Value;
        Assert.Equal(SlowCountyShares.Increase(increase, 2025, package), (allowed.FromYear, !allowed.AboveLimit));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PassOn_AnyLag_AgreesWithTheSlowReading() => Prop.ForAll(Arb.From(Amounts), Arb.From(Amounts), Arb.From(Gen.Choose(0, 60)), (one, other, daysSince) =>
    {
        var day = new DateOnly(2025, 1, 20);
        var (passedOn, received) = (Math.Min(one, other), Math.Max(one, other));
        var lag = CountyPackageRules.PassOn(Money.Fen(received), day, Money.Fen(passedOn), day.AddDays(daysSince), 30).Value;
        Assert.Equal(SlowCountyShares.Lag(received, passedOn, daysSince, 30), (lag.Withheld.MinorUnits, lag.DaysLate));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WarnOfQuota_AnyUse_AgreesWithTheSlowReadingAndNeverFalls() => Prop.ForAll(Arb.From(Amounts), Arb.From(Gen.Choose(1, 12)), Arb.From(Gen.Choose(80, 120)), (annual, months, hundredths) =>
    {
        var terms = new WarningTerms(new Rate(0.9m), new Rate(1m), new Rate(1.1m), new Rate(1.1m));
        var used = annual * months * hundredths / 1_200;
        var level = Of(used);
        Assert.Equal(SlowCountyShares.Level(annual, months, used, 90, 100, 110), (int)level);
        Assert.True(Of(used + 1) >= level);

        WarningLevel Of(long fen) => CountyPackageRules.WarnOfQuota(Money.Fen(annual), months, Money.Fen(fen), terms).Value.Level;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PrivateIndicators_InAnotherOrder_HaveTheSameFormulasAndSum() => Prop.ForAll(Arb.From(Amounts.ListOf()), Arb.From(Amounts), (paid, package) =>
    {
        PrivateProvider[] providers = [.. paid.Select((fen, i) => new PrivateProvider($"P{i}", Money.Fen(fen)))];
        var (one, other) = (Of(providers), Of([.. providers.Reverse()]));
        Assert.Equal(one.Select(each => (each.Institution, each.ByFormula)).Order(), other.Select(each => (each.Institution, each.ByFormula)).Order());
        Assert.Equal(one.Sum(each => each.Indicator.MinorUnits), other.Sum(each => each.Indicator.MinorUnits));

        IReadOnlyList<PrivateIndicator> Of(IReadOnlyList<PrivateProvider> some) => CountyPackageRules.PrivateIndicators(some, new Rate(0.048m), Money.Fen(package), new Rate(0.045m)).Value;
    }).QuickCheckThrowOnFailure();
}
