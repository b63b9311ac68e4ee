using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>A share or rate as an exact decimal: 0.6 is 60 %. A third is no rate: use <see cref="Money.Split"/>.</summary>
public readonly record struct Rate(decimal Value) : IComparable<Rate>
{
    public static readonly Rate Zero = new(0m);
    public static readonly Rate One = new(1m);

    /// <summary>A share is never written longer; more digits would be rounded away unseen.</summary>
    private const int MaxCharacters = 24;

    public static Rate Percent(decimal percent) => new(percent / 100m);

    /// <summary>Reads a share from 0 to 1 with a dot, for example "0.6".</summary>
    /// <exception cref="FaultException">Not a number, below 0 or above 1.</exception>
    public static Rate ParseShare(string? text, string field)
    {
        if (text is null || text.Length > MaxCharacters
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1m)
        {
            throw new FaultException(new Fault(Codes.BadRate, field, text ?? "", "a share from 0 to 1, for example 0.6"));
        }
        return new Rate(value);
    }

    public static bool operator <(Rate a, Rate b) => a.Value < b.Value;
    public static bool operator >(Rate a, Rate b) => a.Value > b.Value;
    public static bool operator <=(Rate a, Rate b) => a.Value <= b.Value;
    public static bool operator >=(Rate a, Rate b) => a.Value >= b.Value;

    public int CompareTo(Rate other) => Value.CompareTo(other.Value);

    /// <summary>Per cent without trailing zeros, for example "60 %".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value * 100m:0.############} %");
}
