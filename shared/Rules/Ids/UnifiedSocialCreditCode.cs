using System.Diagnostics.CodeAnalysis;

namespace EdgeHub.Rules.Ids;

/// <summary>An organisation's unified social credit code (统一社会信用代码, GB 32100-2015): registering department, category, area of
/// six digits, organisation of nine characters, check character modulo 31. The organisation's own old check digit is not
/// asked: codes in use do not all keep it.</summary>
public readonly record struct UnifiedSocialCreditCode
{
    public const int Length = 18;

    private const string ExpectedForm = "18 characters: digits and capital letters without I, O, S, V, Z";
    private const string ExpectedCheck = "the 18 characters exactly as on the licence";
    private const string ExpectedArea = "a credit code with an area of six digits in places 3 to 8";
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private readonly string? _text;

    private UnifiedSocialCreditCode(string text) => _text = text;

    /// <exception cref="FaultException">As <see cref="TryParse"/> says.</exception>
    public static UnifiedSocialCreditCode Parse(string? text, string field) =>
        TryParse(text, field, out var id, out var fault) ? id : throw new FaultException(fault);

    /// <summary>Reads the code as printed. False with the fault, the first that applies of: absent, length, character, check
    /// character, area.</summary>
    public static bool TryParse(string? text, string field, out UnifiedSocialCreditCode id, [NotNullWhen(false)] out Fault? fault)
    {
        id = default;
        fault = IdText.Absent(text, field, ExpectedForm, Length) ?? Wrong(text!, field);
        if (fault is null)
        {
            id = new UnifiedSocialCreditCode(text!);
        }
        return fault is null;
    }

    /// <summary>The code of these first 17 characters, with its check character: for made-up organisations.</summary>
    /// <exception cref="FaultException">Not such 17 characters.</exception>
    public static UnifiedSocialCreditCode Of(string seventeen)
    {
        if (seventeen.Length != Length - 1 || !AllKnown(seventeen))
        {
            throw new FaultException(new Fault(Codes.BadLength, nameof(seventeen), seventeen, ExpectedForm));
        }
        return Parse(seventeen + CheckCharacter(seventeen), nameof(seventeen));
    }

    /// <summary>The 18 characters.</summary>
    public string Format() => _text ?? "";

    public override string ToString() => Format();

    private static Fault? Wrong(string text, string field)
    {
        if (!AllKnown(text))
        {
            return new Fault(Codes.BadCharacter, field, text, ExpectedForm);
        }
        if (CheckCharacter(text.AsSpan(0, 17)) != text[17])
        {
            return new Fault(Codes.BadCheckDigit, field, text, ExpectedCheck);
        }
        return IdText.AllDigits(text.AsSpan(2, 6)) ? null : new Fault(Codes.BadCharacter, field, text, ExpectedArea);
    }

    private static bool AllKnown(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Alphabet);

    // Weights 3^0, 3^1, … modulo 31; sum and check together leave 0.
    private static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in seventeen)
        {
            sum += Alphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
