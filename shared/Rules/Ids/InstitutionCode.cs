using System.Diagnostics.CodeAnalysis;

namespace EdgeHub.Rules.Ids;

/// <summary>A designated institution's code: 12 characters in the national insurance interface (fixmedins_code; digits and capital
/// letters, often a letter for the kind, then area and serial), or the older 13 digits that begin with the area. Neither has
/// a check digit.</summary>
public readonly record struct InstitutionCode
{
    private const string Expected = "an institution's code: 12 digits and capital letters, or 13 digits, for example 530924100001";

    private readonly string? _text;

    private InstitutionCode(string text) => _text = text;

    /// <summary>The area in the code: after a leading letter, or from the first place; null where there is none.</summary>
    public AreaCode? Area
    {
        get
        {
            var from = char.IsAsciiDigit(Format()[0]) ? 0 : 1;
            return AreaCode.TryParse(Format()[from..(from + 6)], "area", out var area, out _) ? area : null;
        }
    }

    /// <exception cref="FaultException">As <see cref="TryParse"/> says.</exception>
    public static InstitutionCode Parse(string? text, string field) =>
        TryParse(text, field, out var id, out var fault) ? id : throw new FaultException(fault);

    /// <summary>False with the fault: absent, neither 12 nor 13 long, a character other than 0-9 and A-Z, a letter among 13, or 13
    /// digits that begin with no area.</summary>
    public static bool TryParse(string? text, string field, out InstitutionCode id, [NotNullWhen(false)] out Fault? fault)
    {
        id = default;
        fault = IdText.Absent(text, field, Expected, 12, 13) ?? Wrong(text!, field);
        if (fault is null)
        {
            id = new InstitutionCode(text!);
        }
        return fault is null;
    }

    /// <summary>The 12 characters or 13 digits.</summary>
    public string Format() => _text ?? "";

    public override string ToString() => Format();

    private static Fault? Wrong(string text, string field)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && (text.Length == 13 || !char.IsAsciiLetterUpper(c)))
            {
                return new Fault(Codes.BadCharacter, field, text, Expected);
            }
        }
        return text.Length == 12 || AreaCode.TryParse(text[..6], field, out _, out _) ? null : new Fault(Codes.UnknownCode, field, text, Expected);
    }
}
