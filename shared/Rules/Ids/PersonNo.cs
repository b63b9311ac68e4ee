using System.Diagnostics.CodeAnalysis;

namespace EdgeHub.Rules.Ids;

/// <summary>The insurer's number of a person (psn_no): up to 30 letters and digits, without a check digit; it stays when the
/// identity number or the card changes. Printed in logs as ***.</summary>
public readonly record struct PersonNo
{
    public const int MaxCharacters = 30;

    private const string Expected = "the insurer's number of the person: 1 to 30 letters and digits";

    private readonly string? _text;

    private PersonNo(string text) => _text = text;

    /// <exception cref="FaultException">As <see cref="TryParse"/> says.</exception>
    public static PersonNo Parse(string? text, string field) => TryParse(text, field, out var id, out var fault) ? id : throw new FaultException(fault);

    /// <summary>False with the fault: absent, longer than 30, or another character than letters and digits.</summary>
    public static bool TryParse(string? text, string field, out PersonNo id, [NotNullWhen(false)] out Fault? fault)
    {
        id = default;
        var code = string.IsNullOrEmpty(text) ? Codes.Missing
            : text.Length > MaxCharacters ? Codes.BadLength
            : text.All(char.IsAsciiLetterOrDigit) ? null
            : Codes.BadCharacter;
        fault = code is null ? null : new Fault(code, field, text ?? "", Expected) { Personal = true };
        if (fault is null)
        {
            id = new PersonNo(text!);
        }
        return fault is null;
    }

    /// <summary>The number as given.</summary>
    public string Format() => _text ?? "";

    public override string ToString() => "***";
}
