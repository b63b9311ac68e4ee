namespace EdgeHub.Rules;

/// <summary>A currency by its ISO 4217 code. All three in use divide into 100 minor units (fen, öre, pence).</summary>
public readonly record struct Currency
{
    public static readonly Currency Cny = new("CNY");
    public static readonly Currency Sek = new("SEK");
    public static readonly Currency Gbp = new("GBP");

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters, for example CNY.</summary>
    public string Code { get; }

    /// <summary>The currency of this code.</summary>
    /// <exception cref="FaultException">The code is none of CNY, SEK, GBP.</exception>
    public static Currency Parse(string? code) => code switch
    {
        "CNY" => Cny,
        "SEK" => Sek,
        "GBP" => Gbp,
        _ => throw new FaultException(new Fault(Codes.UnknownCurrency, "currency", code ?? "", "CNY, SEK or GBP")),
    };

    public override string ToString() => Code;
}
