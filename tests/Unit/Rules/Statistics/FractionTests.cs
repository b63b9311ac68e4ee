using System.Numerics;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules.Statistics;

public sealed class FractionTests
{
    [Theory]
    [InlineData(11, 28, 4, "0.3929")]
    [InlineData(1, 3, 4, "0.3333")]
    [InlineData(1, 2, 0, "1")]
    [InlineData(-1, 2, 0, "-1")]
    [InlineData(5, 2, 0, "3")]
    [InlineData(1, 8, 2, "0.13")]
    [InlineData(-1, 8, 2, "-0.13")]
    [InlineData(7, -8, 3, "-0.875")]
    [InlineData(0, -8, 3, "0")]
    public void Rounded_Ratio_IsHalfAwayFromZero(int numerator, int denominator, int decimals, string expected) => Assert.Equal(
        decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), new Fraction(numerator, denominator).Rounded(decimals));

    [Fact]
    public void Equals_EqualRatios_AreOne()
    {
        Assert.Equal(new Fraction(1, 2), new Fraction(-3, -6));
        Assert.Equal(new Fraction(1, 2).GetHashCode(), new Fraction(2, 4).GetHashCode());
        Assert.Equal(("1/2", "3", "-2/3"), (new Fraction(2, 4).ToString(), new Fraction(6, 2).ToString(), new Fraction(2, -3).ToString()));
        Assert.Throws<DivideByZeroException>(() => new Fraction(1, 0));
    }

    [Theory]
    [InlineData(7, 2, 3)]
    [InlineData(-7, 2, -4)]
    [InlineData(6, 2, 3)]
    [InlineData(-6, 2, -3)]
    public void Floor_Ratio_IsNeverAboveIt(int numerator, int denominator, int floor) => Assert.Equal((BigInteger)floor, new Fraction(numerator, denominator).Floor());

    [Fact]
    public void Mean_OfNothing_IsNoValue()
    {
        Assert.Null(Fraction.Mean([]));
        Assert.Equal(new Fraction(1, 2), Fraction.Mean([Fraction.Zero, Fraction.One]));
        Assert.Equal(new Fraction(11, 18), Fraction.Mean([new Fraction(1, 2), new Fraction(1, 3), Fraction.One]));
    }

    [Theory]
    [InlineData("37.5", "75/2")]
    [InlineData("-0.25", "-1/4")]
    [InlineData("0", "0")]
    [InlineData("1.959964", "489991/250000")]
    public void Of_Decimal_IsExact(string value, string ratio) =>
        Assert.Equal(ratio, Fraction.Of(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToString());

    [Fact]
    public void Arithmetic_Ratios_IsExact()
    {
        Assert.Equal(new Fraction(1, 6), new Fraction(1, 2) - new Fraction(1, 3));
        Assert.Equal(new Fraction(5, 6), new Fraction(1, 2) + new Fraction(1, 3));
        Assert.Equal(new Fraction(-3, 2), new Fraction(1, 2) / new Fraction(-1, 3));
        Assert.Throws<DivideByZeroException>(() => Fraction.One / Fraction.Zero);
    }

    [Fact]
    public void Compare_Ratios_IsByTheirValue()
    {
        Assert.True(new Fraction(1, 3) < new Fraction(2, 5));
        Assert.True(new Fraction(-1, 3) > new Fraction(-2, 5));
        Assert.True(new Fraction(1, 3) <= new Fraction(2, 6) && new Fraction(1, 3) >= new Fraction(2, 6));
    }
}
