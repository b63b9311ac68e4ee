using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.GpServices;
using EdgeHub.Rules.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.GpServices;

/// <summary>What holds of intervals and payments, whatever the figures; and a second reading of the payment in whole pence.</summary>
public sealed class GpServicesPropertyTests
{
    private const decimal Z = 1.959964m;

    [Fact]
    public void OfCount_AnyCount_HoldsItsCountAndGrowsWithIt() => Prop.ForAll(Arb.From(Gen.Choose(0, 50_000)), count =>
    {
        var (one, next) = (ConfidenceInterval.OfCount(count, Z, 0.025m), ConfidenceInterval.OfCount(count + 1, Z, 0.025m));
        Assert.True(one.Lower <= count && count < one.Upper);
        Assert.True(one.Lower < next.Lower && one.Upper < next.Upper);
        Assert.True(one.Upper - count > count - one.Lower, "the upper arm is the longer one");
    }).QuickCheckThrowOnFailure();

    /// <summary>The library's floating point as the independent reading; the product's own is decimal.</summary>
    [Fact]
    public void OfCount_AnyCountFromTenOn_AgreesWithFloatingPoint() => Prop.ForAll(Arb.From(Gen.Choose(10, 2_000_000)), count =>
    {
        var interval = ConfidenceInterval.OfCount(count, Z, 0.025m);
        Assert.Equal(Byar(count, -1.959964), (double)interval.Lower, 6);
        Assert.Equal(Byar(count + 1, 1.959964), (double)interval.Upper, 6);

        static double Byar(double n, double z) => n * Math.Pow(1 - (1 / (9 * n)) + (z / (3 * Math.Sqrt(n))), 3);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0.0, 3.688879454113936)]
    [InlineData(1, 0.02531780798428984, 5.571643390938898)]
    [InlineData(5, 1.6234863901184204, 11.668332079322669)]
    [InlineData(9, 4.115373097378329, 17.08480345141917)]
    public void OfCount_BelowTen_IsTheExactPoissonInterval(long count, double lower, double upper)
    {
        var interval = ConfidenceInterval.OfCount(count, Z, 0.025m);
        Assert.Equal(lower, (double)interval.Lower, 12);
        Assert.Equal(upper, (double)interval.Upper, 12);
    }

    [Theory]
    [InlineData(140, 177, 0.7251944490670609, 0.8443652118490181)]
    [InlineData(16, 23, 0.49134243571216435, 0.8439597563110677)]
    [InlineData(0, 10, 0.0, 0.2775328030260577)]
    [InlineData(10, 10, 0.7224671969739421, 1.0)]
    public void OfShare_Example_IsWilsons(long part, long whole, double lower, double upper)
    {
        var interval = ConfidenceInterval.OfShare(part, whole, Z);
        Assert.Equal(lower, (double)interval.Lower, 12);
        Assert.Equal(upper, (double)interval.Upper, 12);
    }

    [Fact]
    public void SqrtAndExp_AnyNumber_AgreeWithFloatingPoint() => Prop.ForAll(Arb.From(Gen.Choose(0, 2_000_000_000)), Arb.From(Gen.Choose(0, 59_000)), (square, power) =>
    {
        var root = DecimalMath.Sqrt(square / 1000m);
        Assert.Equal(Math.Sqrt(square / 1000.0), (double)root, 9);
        Assert.Equal(Math.Exp(-power / 1000.0), (double)DecimalMath.ExpOfNegative(-power / 1000m), 12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SqrtAndExp_OutOfBounds_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DecimalMath.Sqrt(-1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecimalMath.ExpOfNegative(0.1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecimalMath.ExpOfNegative(-60m));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfShare(2, 1, Z));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfCount(1, Z, 0.5m));
        Assert.Equal((0m, 1m, 0.5m), (DecimalMath.Sqrt(0m), DecimalMath.ExpOfNegative(0m), DecimalMath.Sqrt(0.25m)));
    }

    [Fact]
    public void Caip_AnyAmount_SumsToItAndAgreesWithWholePence() => Prop.ForAll(Arb.From(Gen.Choose(0, 100_000_000)), Arb.From(Gen.Choose(0, 7)), (pence, domains) =>
    {
        var day = new DateOnly(2025, 3, 31);
        CaipDeclaration[] declared = [.. Enum.GetValues<CaipDomain>().Where(domain => (domains & (1 << (int)domain)) != 0).Select(domain => new CaipDeclaration(domain, day, true))];
        var paid = GpServicesRules.Caip(new Money(pence, Currency.Gbp), declared, day).Value;
        var third = ((2L * pence) + 3) / 6;
        var slow = ((domains & 1) != 0 ? third : 0) + ((domains & 2) != 0 ? third : 0) + ((domains & 4) != 0 ? pence - (2 * third) : 0);
        Assert.Equal(slow, paid.Total.MinorUnits);
        Assert.Equal(paid, GpServicesRules.Caip(new Money(pence, Currency.Gbp), [.. declared.Reverse()], day).Value with { Parts = paid.Parts });
    }).QuickCheckThrowOnFailure();
}
