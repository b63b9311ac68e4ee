using System.Diagnostics.CodeAnalysis;

namespace EdgeHub.Rules.Ids;

/// <summary>A Chinese administrative area of six digits (GB/T 2260): province, prefecture, county; for example 530924 Zhenkang.
/// Only the province is checked here: counties come and go, and old ones live on in identity numbers.</summary>
public readonly record struct AreaCode
{
    private const string Expected = "an area code of six digits that begins with a province, for example 530924";
    private const string Provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 66 71 81 82 83";

    /// <summary>Assigned to nobody: the area in the numbers of made-up persons.</summary>
    public static readonly AreaCode Sample = new("990000");

    private readonly string? _text;

    private AreaCode(string text) => _text = text;

    /// <summary>The first two digits.</summary>
    public string Province => Format()[..2];

    /// <exception cref="FaultException">As <see cref="TryParse"/> says.</exception>
    public static AreaCode Parse(string? text, string field) => TryParse(text, field, out var id, out var fault) ? id : throw new FaultException(fault);

    /// <summary>False with the fault where it is not six digits or begins with no province. Codes from 9 on are those of
    /// foreigners with permanent residence and of samples.</summary>
    public static bool TryParse(string? text, string field, out AreaCode id, [NotNullWhen(false)] out Fault? fault)
    {
        id = default;
        fault = IdText.Absent(text, field, Expected, 6) ?? Wrong(text!, field);
        if (fault is null)
        {
            id = new AreaCode(text!);
        }
        return fault is null;
    }

    /// <summary>The six digits.</summary>
    public string Format() => _text ?? "";

    public override string ToString() => Format();

    private static Fault? Wrong(string text, string field)
    {
        if (!IdText.AllDigits(text))
        {
            return new Fault(Codes.BadCharacter, field, text, Expected);
        }
        return text[0] == '9' || Provinces.Contains(text[..2], StringComparison.Ordinal) ? null : new Fault(Codes.UnknownCode, field, text, Expected);
    }
}
