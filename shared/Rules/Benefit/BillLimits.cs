namespace EdgeHub.Rules.Benefit;

/// <summary>What a bill may hold at most. Beyond it a value is a fault of the input, named with the bound.</summary>
public static class BillLimits
{
    public const int Lines = 500;

    /// <summary>Of a line and of a whole bill: 10,000,000.00.</summary>
    public const long AmountMinorUnits = 1_000_000_000;

    /// <summary>Major units per unit.</summary>
    public const decimal Price = 10_000_000m;

    public const decimal Quantity = 1_000_000m;
    public const int PriceDecimals = 6;
    public const int QuantityDecimals = 4;

    /// <summary>By how much a line's amount may differ from price x quantity, in minor units.</summary>
    public const decimal AmountToleranceMinorUnits = 1m;
}
