using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>A scheme's parameters on one day, as known on another. Each question gives exactly one value or refuses by name:
/// <see cref="RuleGap"/>, <see cref="RuleConflict"/>, and a fault where the parameter has another unit.</summary>
public sealed class ParametersOn(SchemeParameters parameters, DateOnly day, DateOnly knownOn)
{
    public DateOnly Day { get; } = day;
    public DateOnly KnownOn { get; } = knownOn;

    public ParameterRow Row(string key) => parameters.Of(key, Day, KnownOn);

    /// <summary>A share from 0 to 1.</summary>
    public Rate Share(string key) => Rate.ParseShare(OfUnit(key, "share").Value, key);

    public long Count(string key) => long.Parse(OfUnit(key, "count").Value, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A whole number that fits an int.</summary>
    /// <exception cref="OverflowException">It does not.</exception>
    public int Whole(string key) => checked((int)Count(key));

    /// <summary>A number of zero or more, with decimals.</summary>
    public decimal Number(string key) => NumberOf(OfUnit(key, "number"), key);

    public DateOnly DayOf(string key) => DateOnly.ParseExact(OfUnit(key, "day").Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Text(string key) => OfUnit(key, "text").Value;

    /// <summary>An amount in the currency that the row's unit names.</summary>
    public Money Amount(string key)
    {
        var row = Row(key);
        return Money.Parse(row.Value, Currency.Parse(row.Unit), key);
    }

    /// <exception cref="FaultException">Not a number of zero or more.</exception>
    internal static decimal NumberOf(ParameterRow row, string field) =>
        decimal.TryParse(row.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FaultException(new Fault(Codes.BadNumber, field, row.Value, "a number of zero or more"));

    private ParameterRow OfUnit(string key, string unit)
    {
        var row = Row(key);
        return row.Unit == unit ? row : throw new FaultException(new Fault(Codes.UnknownCode, $"unit of {key}", row.Unit, unit));
    }
}
