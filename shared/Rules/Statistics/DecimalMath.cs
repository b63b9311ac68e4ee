namespace EdgeHub.Rules.Statistics;

/// <summary>Square root and exponential of decimals, to the last digits that a decimal holds (28). The rules have no binary floating
/// point, so that a figure is the same on every machine.</summary>
public static class DecimalMath
{
    private const int MostSteps = 200;

    /// <summary>The square root, by Newton's steps until nothing changes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public static decimal Sqrt(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (value == 0m)
        {
            return 0m;
        }
        // A beginning above the root: the steps then fall until they stand still or turn.
        var root = value < 1m ? 1m : value;
        for (var i = 0; i < MostSteps; i++)
        {
            var next = (root + (value / root)) / 2m;
            if (next >= root)
            {
                break;
            }
            root = next;
        }
        return root;
    }

    /// <summary>e to a power at or below zero and above -60, by its series on a part of the power, squared back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Above zero, or -60 and below.</exception>
    public static decimal ExpOfNegative(decimal power)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(power, 0m);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, -60m);
        var (small, halvings) = (power, 0);
        while (small < -0.5m)
        {
            small /= 2m;
            halvings++;
        }
        var (sum, term) = (1m, 1m);
        for (var i = 1; i < MostSteps && term != 0m; i++)
        {
            term = term * small / i;
            sum += term;
        }
        for (var i = 0; i < halvings; i++)
        {
            sum *= sum;
        }
        return sum;
    }
}
