using System.Globalization;
using System.Numerics;

namespace EdgeHub.Rules;

/// <summary>An exact ratio of two whole numbers in lowest terms: what an index, a mean or a share is before it is written with
/// so many decimals. Equal ratios are equal; the order in which ratios are added changes nothing.</summary>
public sealed record Fraction : IComparable<Fraction>
{
    public static readonly Fraction Zero = new(0, 1);
    public static readonly Fraction One = new(1, 1);

    /// <summary>More decimals than any document prints.</summary>
    public const int MostDecimals = 20;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException($"{numerator} of zero is no ratio.");
        }
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / common;
        Denominator = denominator / common;
    }

    /// <summary>A decimal as a ratio, to its last digit.</summary>
    public static Fraction Of(decimal value)
    {
        var (digits, scale) = (value, BigInteger.One);
        while (digits != decimal.Truncate(digits))
        {
            digits *= 10m;
            scale *= 10;
        }
        return new Fraction((BigInteger)digits, scale);
    }

    public BigInteger Numerator { get; }

    /// <summary>Always above zero.</summary>
    public BigInteger Denominator { get; }

    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator +(Fraction a, Fraction b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>The mean of the values; null: there are none, and so no value, which is not zero.</summary>
    public static Fraction? Mean(IReadOnlyCollection<Fraction> values)
    {
        if (values.Count == 0)
        {
            return null;
        }
        // Equal values are counted first, so that the denominators of a thousand patients do not pile up.
        var sum = values.GroupBy(value => value).Aggregate(Zero, (total, same) => total + new Fraction(same.Key.Numerator * same.Count(), same.Key.Denominator));
        return new Fraction(sum.Numerator, sum.Denominator * values.Count);
    }

    /// <summary>The value with so many decimals, rounded half away from zero, once.</summary>
    /// <exception cref="OverflowException">More digits than a decimal holds.</exception>
    public decimal Rounded(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MostDecimals);
        var scale = BigInteger.Pow(10, decimals);
        var twice = (BigInteger.Abs(Numerator) * scale * 2) + Denominator;
        return (decimal)(twice / (Denominator * 2) * Numerator.Sign) / (decimal)scale;
    }

    /// <summary>The largest whole number that is not above the value.</summary>
    public BigInteger Floor()
    {
        var (whole, rest) = (BigInteger.DivRem(Numerator, Denominator, out var left), left);
        return rest.Sign < 0 ? whole - 1 : whole;
    }

    public int CompareTo(Fraction? other) => other is null ? 1 : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;
    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;
    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    /// <summary>As a ratio, for example "11/28"; a whole number without its denominator.</summary>
    public override string ToString() => Denominator.IsOne
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
