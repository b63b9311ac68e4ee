using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>What holds of every year's payments: agreement with the slow second reading, conservation, order, scale.</summary>
public sealed class PaymentPropertyTests
{
    private sealed record Case(long Package, long OutOfCounty, long Violations, int Quarter, long Prepaid, int Share);

    private static readonly Gen<Case> Cases =
        from package in Gen.Choose(0, 2_000_000_000)
        from outOfCounty in Gen.Choose(0, 2_000_000_000)
        from violations in Gen.Choose(0, 100_000_000)
        from quarter in Gen.Choose(1, 3)
        from prepaid in Gen.Choose(0, 1_500_000_000)
        from share in Gen.Choose(0, 1_000)
        from isSmall in Gen.Elements(true, false)
        select isSmall
            ? new Case(package % 1_000, outOfCounty % 300, violations % 50, quarter, prepaid % 200, share)
            : new Case(package, outOfCounty / 4, violations, quarter, prepaid, share);

    [Theory]
    [InlineData(PrepaymentBasis.QuarterShare)]
    [InlineData(PrepaymentBasis.YearOverThree)]
    [InlineData(PrepaymentBasis.Cumulative)]
    public void Prepayment_AnyQuarter_AgreesWithTheSlowReading(PrepaymentBasis basis) => Prop.ForAll(Arb.From(Cases), of =>
    {
        var slow = basis switch
        {
            PrepaymentBasis.QuarterShare => SlowCountyPayment.QuarterShare(of.Package, of.OutOfCounty, of.Violations, of.Share),
            PrepaymentBasis.YearOverThree => SlowCountyPayment.YearOverThree(of.Package, of.OutOfCounty, of.Violations, of.Share),
            _ => SlowCountyPayment.Cumulative(of.Package, of.OutOfCounty, of.Violations, of.Share, of.Quarter, of.Prepaid),
        };
        Assert.Equal(slow, Prepay(of, basis).MinorUnits);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(PrepaymentBasis.QuarterShare)]
    [InlineData(PrepaymentBasis.YearOverThree)]
    [InlineData(PrepaymentBasis.Cumulative)]
    public void Prepayment_MoreViolationsOrMoreKeptForOutOfCounty_NeverPaysMore(PrepaymentBasis basis) => Prop.ForAll(Arb.From(Cases), Arb.From(Gen.Choose(1, 10_000)), (of, more) =>
    {
        var paid = Prepay(of, basis);
        Assert.True(Prepay(of with { Violations = of.Violations + more }, basis) <= paid);
        Assert.True(Prepay(of with { OutOfCounty = of.OutOfCounty + more }, basis) <= paid);
        Assert.True(Prepay(of with { Package = of.Package + more }, basis) >= paid);
    }).QuickCheckThrowOnFailure();

    /// <summary>12,000 holds the three bases' denominators, so nothing is rounded and the amount scales.</summary>
    [Theory]
    [InlineData(PrepaymentBasis.QuarterShare)]
    [InlineData(PrepaymentBasis.YearOverThree)]
    [InlineData(PrepaymentBasis.Cumulative)]
    public void Prepayment_WholeTwelveThousands_Scales(PrepaymentBasis basis) => Prop.ForAll(Arb.From(Cases), Arb.From(Gen.Choose(1, 1_000)), (of, times) =>
    {
        Assert.Equal(Prepay(Scaled(1), basis).Times(times), Prepay(Scaled(times), basis));

        Case Scaled(long by) => of with { Package = of.Package * 12_000 * by, OutOfCounty = of.OutOfCounty * 12_000 * by, Violations = of.Violations * 12_000 * by, Prepaid = of.Prepaid * 12_000 * by };
    }).QuickCheckThrowOnFailure();

    /// <summary>On the cumulative basis the three payments are the formula of three quarters, to half a fen.</summary>
    [Fact]
    public void Prepayment_CumulativeYear_PaysTheSumOnce() => Prop.ForAll(Arb.From(Cases), of =>
    {
        var (none, paid) = (of with { Violations = 0 }, 0L);
        for (var quarter = 1; quarter <= 3; quarter++)
        {
            paid += Prepay(none with { Quarter = quarter, Prepaid = paid }, PrepaymentBasis.Cumulative).MinorUnits;
        }
        Assert.Equal(SlowCountyPayment.Cumulative(of.Package, of.OutOfCounty, 0, of.Share, 3, 0), paid);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FourthQuarterMonth_AnyYear_AgreesWithTheSlowReadingAndNeverPassesTheYear() => Prop.ForAll(Arb.From(Cases), Arb.From(Gen.Choose(0, 600_000_000)), (of, audited) =>
    {
        var paid = of.Prepaid;
        for (var month = 10; month <= 12; month++)
        {
            var now = CountyPackageRules.FourthQuarterMonth(Money.Fen(audited), Money.Fen(of.Package), Money.Fen(of.OutOfCounty), Money.Fen(of.Violations), Money.Fen(paid)).Value.MinorUnits;
            Assert.Equal(SlowCountyPayment.FourthQuarterMonth(audited, of.Package, of.OutOfCounty, of.Violations, paid), now);
            paid += now;
        }
        Assert.True(paid <= Math.Max(of.Prepaid, of.Package - of.OutOfCounty - of.Violations));
        Assert.True(paid <= of.Prepaid + (3L * audited));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void MonthlyPayment_TwelveMonths_PayTheCapExactly() => Prop.ForAll(Arb.From(Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 2_000_000_000))), cap =>
    {
        var months = Enumerable.Range(1, 12).Select(month => (BigInteger)CountyPackageRules.MonthlyPayment(Money.Fen(cap), month).Value.MinorUnits).ToList();
        Assert.Equal(SlowCountyPayment.TwelveMonths(cap), months);
        Assert.Equal(cap, months.Aggregate(BigInteger.Add));
        Assert.All(months, month => Assert.True(month.Sign >= 0));
        Assert.Equal(12L * cap, Enumerable.Range(1, 12).Sum(month => CountyPackageRules.MonthlyPayment(Money.Fen(12L * cap), month).Value.MinorUnits));
        Assert.Equal(cap, CountyPackageRules.MonthlyPayment(Money.Fen(12L * cap), 5).Value.MinorUnits);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ChargeOutOfCounty_AnyBill_AgreesWithTheSlowReadingAndConserves() => Prop.ForAll(Arb.From(Gen.Choose(0, 2_000_000_000)), Arb.From(Gen.Choose(0, 2_000_000_000)), Arb.From(Gen.Choose(0, 1)), (settled, kept, near) =>
    {
        var bill = near == 0 ? settled : kept + (settled % 3) - 1;
        bill = Math.Max(0, bill);
        var charge = CountyPackageRules.ChargeOutOfCounty(Money.Fen(bill), Money.Fen(kept)).Value;
        Assert.Equal(SlowCountyPayment.OutOfCounty(bill, kept), (charge.Charged.MinorUnits, charge.LeftOfReserve.MinorUnits, charge.BeyondReserve.MinorUnits));
        Assert.Equal(charge.Charged - charge.BeyondReserve, Money.Fen(kept) - charge.LeftOfReserve);
    }).QuickCheckThrowOnFailure();

    /// <summary>零星报销 come off the package: reimbursed one by one or together, what is left of it is the same, and the two are the package.</summary>
    [Fact]
    public void PackageAfterReimbursements_OneByOne_IsTheSameAsTogether() => Prop.ForAll(Arb.From(Gen.Choose(0, 2_000_000_000)), Arb.From(Gen.Choose(0, 500)), Arb.From(Gen.Choose(0, 500)), (package, first, second) =>
    {
        var (one, other) = ((long)package * first / 1_000, (long)package * second / 1_000);
        var together = After(package, one + other);
        Assert.Equal((BigInteger)package, (BigInteger)together + one + other);
        Assert.Equal(together, After(After(package, one), other));

        static long After(long whole, long reimbursed) => CountyPackageRules.PackageAfterReimbursements(Money.Fen(whole), Money.Fen(reimbursed)).Value.MinorUnits;
    }).QuickCheckThrowOnFailure();

    private static Money Prepay(Case of, PrepaymentBasis basis) => CountyPackageRules.Prepayment(
        new PrepaymentCase(Money.Fen(of.Package), Money.Fen(of.OutOfCounty), Money.Fen(of.Violations), of.Quarter, Money.Fen(of.Prepaid)), new Rate(of.Share / 1_000m), basis).Value;
}
