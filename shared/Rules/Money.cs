using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>An amount in whole minor units (fen, öre, pence) with its currency. There is no division and no operator for
/// multiplication: a product names its rounding (<see cref="Times(Rate, MidpointRounding)"/>), a part comes from
/// <see cref="Split"/>, which always sums to the whole. Overflow throws.</summary>
public readonly record struct Money(long MinorUnits, Currency Currency) : IComparable<Money>
{
    /// <summary>No limit that people set comes near this: 10^15 minor units. Larger amounts are a fault in the input.</summary>
    public const long LargestMinorUnits = 1_000_000_000_000_000;

    /// <summary>No amount within the limit is written longer than this.</summary>
    private const int MaxCharacters = 32;

    /// <summary>An amount of fen in Chinese yuan.</summary>
    public static Money Fen(long fen) => new(fen, Currency.Cny);

    public static Money Zero(Currency currency) => new(0, currency);

    public bool IsZero => MinorUnits == 0;
    public bool IsNegative => MinorUnits < 0;
    public bool IsPositive => MinorUnits > 0;

    /// <summary>The amount in major units (yuan, kronor, pounds), exact.</summary>
    public decimal Major => MinorUnits / 100m;

    public static Money operator +(Money a, Money b) => new(checked(a.MinorUnits + b.MinorUnits), Same(a, b));
    public static Money operator -(Money a, Money b) => new(checked(a.MinorUnits - b.MinorUnits), Same(a, b));
    public static Money operator -(Money a) => new(checked(-a.MinorUnits), a.Currency);
    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public static Money Min(Money a, Money b) => a <= b ? a : b;
    public static Money Max(Money a, Money b) => a >= b ? a : b;

    /// <summary>The amount, or zero where it is negative.</summary>
    public Money NotBelowZero() => IsNegative ? Zero(Currency) : this;

    /// <summary>The amount times a rate, rounded once to the minor unit.</summary>
    public Money Times(Rate rate, MidpointRounding rounding) => Rounded(MinorUnits * rate.Value, Currency, rounding);

    /// <summary>The amount times a count (persons, days); exact.</summary>
    public Money Times(long count) => new(checked(MinorUnits * count), Currency);

    /// <summary>A decimal number of minor units, rounded once.</summary>
    public static Money Rounded(decimal minorUnits, Currency currency, MidpointRounding rounding) =>
        new(checked((long)Math.Round(minorUnits, 0, rounding)), currency);

    /// <summary>Parts in proportion to the weights: each is rounded half away from zero, and the last one with a weight takes the
    /// residual, so that the parts always sum to the whole. A weight of zero gets nothing. Where so many halves are rounded up
    /// that nothing is left, the later parts get less: no part has the other sign than the whole.</summary>
    /// <exception cref="ArgumentException">No weights, a negative weight, or all of them zero.</exception>
    /// <exception cref="OverflowException">Amount times weight has more than 28 digits.</exception>
    public IReadOnlyList<Money> Split(IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        if (weights.Count == 0 || sum <= 0 || weights.Any(w => w < 0))
        {
            throw new ArgumentException("Weights are zero or more, and their sum is positive.", nameof(weights));
        }
        var parts = new Money[weights.Count];
        var left = this;
        var last = weights.Count - 1;
        while (weights[last] == 0)
        {
            parts[last--] = Zero(Currency);
        }
        for (var i = 0; i < last; i++)
        {
            var part = Rounded(MinorUnits * weights[i] / sum, Currency, MidpointRounding.AwayFromZero);
            parts[i] = IsNegative ? Max(part, left) : Min(part, left);
            left -= parts[i];
        }
        parts[last] = left;
        return parts;
    }

    /// <summary>Reads major units with at most two decimals and a dot, for example "12.34" or "-0.05"; further decimals must be
    /// zeros.</summary>
    /// <exception cref="FaultException">Not such a number, or larger than <see cref="LargestMinorUnits"/>.</exception>
    public static Money Parse(string? text, Currency currency, string field = "amount")
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (text is null || text.Length > MaxCharacters || !decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var major)
            || decimal.Round(major, 2) != major || Math.Abs(major) > LargestMinorUnits / 100m)
        {
            throw new FaultException(new Fault(Codes.BadAmount, field, text ?? "", "an amount with at most two decimals, for example 12.34"));
        }
        return new Money((long)(major * 100m), currency);
    }

    public int CompareTo(Money other)
    {
        _ = Same(this, other);
        return MinorUnits.CompareTo(other.MinorUnits);
    }

    /// <summary>Major units with two decimals and the currency's code, for example "1234.50 CNY".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major:0.00} {Currency.Code}");

    private static Currency Same(Money a, Money b) => a.Currency == b.Currency
        ? a.Currency
        : throw new InvalidOperationException($"{a} and {b} are of different currencies.");
}
