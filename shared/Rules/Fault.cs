namespace EdgeHub.Rules;

/// <summary>What is wrong with one value that somebody gave: the code of the table of texts, the field's name as the
/// caller wrote it, the value as given, and what would be right (English; see <see cref="Expectations"/>).</summary>
public sealed record Fault(string Code, string Field, string Value, string Expected)
{
    /// <summary>A longer value is shown by its beginning.</summary>
    public const int MaxShownCharacters = 80;

    /// <summary>The value is a person's number or name: only its last four characters are ever shown or logged.</summary>
    public bool Personal { get; init; }

    /// <summary>The value as it may stand on a screen: bounded, and masked where it is personal.</summary>
    public string ShownValue => Personal
        ? Value.Length <= 8 ? "***" : "***" + Value[^4..]
        : Value.Length <= MaxShownCharacters ? Value : Value[..MaxShownCharacters] + "…";

    public override string ToString() => $"{Code}: {Field} = \"{ShownValue}\"; expected {Expected}";
}

/// <summary>Values that cannot be used, thrown where a caller asked for the value and not for the fault. Carries every fault
/// that was found, so that a person mends a file once and not once per fault.</summary>
public sealed class FaultException : Exception
{
    public FaultException(Fault fault) : this([fault]) { }

    /// <exception cref="ArgumentException">No faults: then nothing is wrong.</exception>
    public FaultException(IReadOnlyList<Fault> faults) : base(string.Join("; ", faults))
    {
        Faults = faults.Count > 0 ? faults : throw new ArgumentException("A fault exception holds at least one fault.", nameof(faults));
    }

    /// <summary>The first fault.</summary>
    public Fault Fault => Faults[0];

    /// <summary>All of them, in the order of the input; never empty.</summary>
    public IReadOnlyList<Fault> Faults { get; }
}
