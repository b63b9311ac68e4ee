namespace EdgeHub.Rules.Statistics;

/// <summary>A figure with the interval around it.</summary>
public sealed record Interval(decimal Value, decimal Lower, decimal Upper)
{
    /// <summary>With so many decimals, half away from zero.</summary>
    public Interval Rounded(int decimals) => new(Round(Value, decimals), Round(Lower, decimals), Round(Upper, decimals));

    private static decimal Round(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}

/// <summary>Confidence intervals of counts and shares, as public health in England prints them.</summary>
public static class ConfidenceInterval
{
    /// <summary>From this count on Byar's approximation is used; below it the exact Poisson interval.</summary>
    public const long ByarFrom = 10;

    private const int Bisections = 110;

    /// <summary>A count's interval: exact Poisson below <see cref="ByarFrom"/>, else Byar's method.</summary>
    /// <param name="z">The normal quantile, 1.959964 for 95 %.</param>
    /// <param name="tail">What lies outside on each side, 0.025 for 95 %.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count, or a tail outside 0 to a half.</exception>
    public static Interval OfCount(long observed, decimal z, decimal tail)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(observed);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tail, 0m);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tail, 0.5m);
        return observed < ByarFrom
            ? new Interval(observed, observed == 0 ? 0m : Mean(observed - 1, 1m - tail), Mean(observed, tail))
            : new Interval(observed, Byar(observed, -z), Byar(observed + 1, z));
    }

    /// <summary>A share's interval by Wilson's score method.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No whole, a negative part, or a part above the whole.</exception>
    public static Interval OfShare(long part, long whole, decimal z)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(whole, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, whole);
        var (share, square) = ((decimal)part / whole, z * z);
        var middle = share + (square / (2m * whole));
        var reach = z * DecimalMath.Sqrt((share * (1m - share) / whole) + (square / (4m * whole * whole)));
        var scale = 1m + (square / whole);
        return new Interval(share, part == 0 ? 0m : (middle - reach) / scale, part == whole ? 1m : (middle + reach) / scale);
    }

    /// <summary>n (1 - 1/(9n) + z/(3 sqrt n)) cubed, for the count below and the count plus one above.</summary>
    private static decimal Byar(decimal n, decimal z)
    {
        var root = 1m - (1m / (9m * n)) + (z / (3m * DecimalMath.Sqrt(n)));
        return n * root * root * root;
    }

    /// <summary>The mean at which a Poisson count is at most n with this probability, by halving: it falls as the mean grows.</summary>
    private static decimal Mean(long n, decimal probability)
    {
        var (low, high) = (0m, 50m);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2m;
            (low, high) = AtMost(n, middle) > probability ? (middle, high) : (low, middle);
        }
        return (low + high) / 2m;
    }

    private static decimal AtMost(long n, decimal mean)
    {
        var (sum, term) = (1m, 1m);
        for (var k = 1; k <= n; k++)
        {
            term = term * mean / k;
            sum += term;
        }
        return sum * DecimalMath.ExpOfNegative(-mean);
    }
}
