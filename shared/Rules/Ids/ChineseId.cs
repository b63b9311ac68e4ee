using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeHub.Rules.Ids;

/// <summary>A Chinese citizen's identity number (公民身份号码, GB 11643-1999): area, day of birth, serial of three digits (odd for
/// men), check character by ISO 7064 MOD 11-2. Printed in logs as ***.</summary>
public readonly record struct ChineseId
{
    public const int Length = 18;
    public const int LargestSerial = 999;

    private const string ExpectedForm = "the 18 characters on the identity card: 17 digits, then a digit or X";
    private const string ExpectedNew = "the 18 characters on the present identity card; the old number of 15 digits has no check digit";
    private const string ExpectedCheck = "the 18 characters exactly as on the identity card";
    private const string ExpectedArea = "an identity number that begins with an area code, for example 530924";
    private const string ExpectedBirth = "an identity number with a day of birth as year, month, day in places 7 to 14";
    private const int EarliestYear = 1850;
    private const string CheckCharacters = "10X98765432";

    private readonly string? _text;

    private ChineseId(string text) => _text = text;

    public AreaCode Area => AreaCode.Parse(Format()[..6], "area");

    public DateOnly Birth => DateOnly.ParseExact(Format().AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>The serial is odd for men, even for women.</summary>
    public bool IsMale => IdText.Digit(Format()[16]) % 2 == 1;

    /// <exception cref="FaultException">As <see cref="TryParse"/> says.</exception>
    public static ChineseId Parse(string? text, string field) => TryParse(text, field, out var id, out var fault) ? id : throw new FaultException(fault);

    /// <summary>Reads the number as printed; a small x is taken as X. False with the fault, the first that applies of: absent,
    /// length (15 digits too), character, check character, area, day of birth.</summary>
    public static bool TryParse(string? text, string field, out ChineseId id, [NotNullWhen(false)] out Fault? fault)
    {
        id = default;
        fault = IdText.Absent(text, field, text?.Length == 15 ? ExpectedNew : ExpectedForm, Length) ?? Wrong(text!, field);
        if (fault is null)
        {
            id = new ChineseId(text!.Replace('x', 'X'));
            return true;
        }
        fault = fault with { Personal = true };
        return false;
    }

    /// <summary>The number of this area, day of birth and serial, with its check character: for made-up persons.</summary>
    /// <param name="serial">0 to 999; odd for men.</param>
    /// <exception cref="ArgumentOutOfRangeException">The serial is out of bounds, or the birth before 1850.</exception>
    public static ChineseId Of(AreaCode area, DateOnly birth, int serial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(serial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, LargestSerial);
        ArgumentOutOfRangeException.ThrowIfLessThan(birth.Year, EarliestYear);
        var body = string.Create(CultureInfo.InvariantCulture, $"{area.Format()}{birth:yyyyMMdd}{serial:000}");
        return new ChineseId(body + CheckCharacter(body));
    }

    /// <summary>The 18 characters.</summary>
    public string Format() => _text ?? "";

    public override string ToString() => "***";

    private static Fault? Wrong(string text, string field)
    {
        if (!IdText.AllDigits(text.AsSpan(0, 17)) || (text[17] is not ('X' or 'x') && !char.IsAsciiDigit(text[17])))
        {
            return new Fault(Codes.BadCharacter, field, text, ExpectedForm);
        }
        if (CheckCharacter(text.AsSpan(0, 17)) != char.ToUpperInvariant(text[17]))
        {
            return new Fault(Codes.BadCheckDigit, field, text, ExpectedCheck);
        }
        if (!AreaCode.TryParse(text[..6], field, out _, out _))
        {
            return new Fault(Codes.UnknownCode, field, text, ExpectedArea);
        }
        return IdText.TryDay(text.AsSpan(6, 8), out var birth) && birth.Year >= EarliestYear ? null : new Fault(Codes.BadDate, field, text, ExpectedBirth);
    }

    // ISO 7064 MOD 11-2: sum of digit x 2^(places to its right, check included), modulo 11; the whole must leave 1.
    private static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        var sum = 0;
        foreach (var c in seventeen)
        {
            sum = (sum + IdText.Digit(c)) * 2 % 11;
        }
        return CheckCharacters[sum];
    }
}
