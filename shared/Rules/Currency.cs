namespace EdgeHub.Rules;

/// <summary>A currency by its ISO 4217 code. All three in use divide into 100 minor units (fen, öre, pence).</summary>
public readonly record struct Currency
{
    public static readonly Currency Cny = new("CNY");
    public static readonly Currency Sek = new("SEK");
    public static readonly Currency Gbp = new("GBP");

    /// <summary>What would be right, for the texts of faults.</summary>
    public const string Known = "CNY, SEK or GBP";

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters, for example CNY.</summary>
    public string Code { get; }

    /// <summary>The currency of this code.</summary>
    /// <exception cref="FaultException">The code is none of CNY, SEK, GBP.</exception>
    public static Currency Parse(string? code) =>
        TryParse(code, out var currency) ? currency : throw new FaultException(new Fault(Codes.UnknownCurrency, "currency", code ?? "", Known));

    /// <summary>The same, for who says himself what is wrong.</summary>
    public static bool TryParse(string? code, out Currency currency)
    {
        (currency, var known) = code switch
        {
            "CNY" => (Cny, true),
            "SEK" => (Sek, true),
            "GBP" => (Gbp, true),
            _ => (default, false),
        };
        return known;
    }

    public override string ToString() => Code;
}
