namespace EdgeHub.Rules;

/// <summary>What is wrong with one value that somebody gave: the code of the table of texts, the field's name as the
/// caller wrote it, the value as given, and what would be right.</summary>
public sealed record Fault(string Code, string Field, string Value, string Expected)
{
    public override string ToString() => $"{Code}: {Field} = \"{Value}\"; expected {Expected}";
}

/// <summary>A value that cannot be used, thrown where a caller asked for the value and not for the fault.</summary>
public sealed class FaultException(Fault fault) : Exception(fault.ToString())
{
    public Fault Fault { get; } = fault;
}
