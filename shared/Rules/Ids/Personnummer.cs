using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeHub.Rules.Ids;

/// <summary>A Swedish personal identity number (personnummer, folkbokföringslagen 18 §) or coordination number
/// (samordningsnummer, 60 added to the day): birth, three digits (the third odd for men), a check digit by Luhn over the ten
/// digits without century. Printed in logs as ***.</summary>
public readonly record struct Personnummer
{
    /// <summary>Nobody is taken to be older; so ten digits without a sign are read where only one century is possible.</summary>
    public const int OldestYears = 125;

    public const int LargestSerial = 999;

    private const string ExpectedForm = "YYMMDD-NNNN, YYMMDD+NNNN from the year of the 100th birthday on, or YYYYMMDDNNNN";
    private const string ExpectedCheck = "the ten or twelve digits exactly as in the document";
    private const string ExpectedDay = "a number with a day of birth that exists; 60 is added to the day in a coordination number";
    private const string ExpectedPast = "a number of somebody who is born; check the century";
    private const string ExpectedSign = "- or + before the last four digits, or the year with four digits: the century is not clear";

    private readonly string? _text;

    private Personnummer(string twelveDigits) => _text = twelveDigits;

    public DateOnly Birth => BirthOf(Format(), out var birth) ? birth : throw new InvalidOperationException("No number was parsed.");

    public bool IsMale => IdText.Digit(Format()[10]) % 2 == 1;

    /// <exception cref="FaultException">As <see cref="TryParse"/> says.</exception>
    public static Personnummer Parse(string? text, DateOnly on, string field) =>
        TryParse(text, on, field, out var id, out var fault) ? id : throw new FaultException(fault);

    /// <summary>Reads YYMMDD-NNNN, YYMMDD+NNNN, YYYYMMDDNNNN, YYYYMMDD-NNNN, and YYMMDDNNNN where only one century is
    /// possible. '+' stands from the year in which a person turns 100. False with the fault, the first that applies of: absent,
    /// length, character, check digit, century not clear, no such day, not born yet.</summary>
    /// <param name="on">The day on which the number was written or typed; it decides the century.</param>
    public static bool TryParse(string? text, DateOnly on, string field, out Personnummer id, [NotNullWhen(false)] out Fault? fault)
    {
        id = default;
        fault = IdText.Absent(text, field, ExpectedForm, 10, 11, 12, 13) ?? Wrong(text!, on, field, out id);
        if (fault is null)
        {
            return true;
        }
        id = default;
        fault = fault with { Personal = true };
        return false;
    }

    /// <summary>The number of this birth and serial with its check digit: for made-up persons.</summary>
    /// <param name="serial">0 to 999; odd for men.</param>
    /// <exception cref="ArgumentOutOfRangeException">The serial is out of bounds.</exception>
    public static Personnummer Of(DateOnly birth, int serial, bool coordination = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(serial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, LargestSerial);
        var day = birth.Day + (coordination ? 60 : 0);
        var body = string.Create(CultureInfo.InvariantCulture, $"{birth:yyyyMM}{day:00}{serial:000}");
        return new Personnummer(string.Create(CultureInfo.InvariantCulture, $"{body}{Luhn.CheckDigit(body.AsSpan(2))}"));
    }

    /// <summary>Twelve digits, as stored.</summary>
    public string Format() => _text ?? "";

    /// <summary>As people write it: YYMMDD-NNNN, with '+' from the year in which the person turns 100.</summary>
    public string Short(DateOnly on) => $"{Format()[2..8]}{(on.Year - Birth.Year >= 100 ? '+' : '-')}{Format()[8..]}";

    public override string ToString() => "***";

    private static Fault? Wrong(string text, DateOnly on, string field, out Personnummer id)
    {
        id = default;
        var sign = text.Length % 2 == 1 ? text[^5] : '\0';
        var digits = sign == '\0' ? text : text.Remove(text.Length - 5, 1);
        if (sign is not ('\0' or '-' or '+') || !IdText.AllDigits(digits))
        {
            return new Fault(Codes.BadCharacter, field, text, ExpectedForm);
        }
        if (Luhn.CheckDigit(digits.AsSpan(digits.Length - 10, 9)) != IdText.Digit(digits[^1]))
        {
            return new Fault(Codes.BadCheckDigit, field, text, ExpectedCheck);
        }
        if (digits.Length == 10)
        {
            if (Century(digits, sign, on) is not { } century)
            {
                return new Fault(Codes.BadDate, field, text, ExpectedSign);
            }
            digits = century.ToString("00", CultureInfo.InvariantCulture) + digits;
        }
        if (!BirthOf(digits, out var birth))
        {
            return new Fault(Codes.BadDate, field, text, ExpectedDay);
        }
        if (birth > on || (sign == '+' && on.Year - birth.Year < 100))
        {
            return new Fault(Codes.BadDate, field, text, ExpectedPast);
        }
        id = new Personnummer(digits);
        return null;
    }

    // The year of birth lies 0 to 99 years back with '-', 100 to 199 with '+'. Without a sign both are looked at, and one must
    // be impossible: not born yet, or older than anybody.
    private static int? Century(string tenDigits, char sign, DateOnly on)
    {
        var yearsBack = (on.Year - int.Parse(tenDigits.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture)) % 100;
        var young = (on.Year - yearsBack) / 100;
        return sign switch
        {
            '-' => young,
            '+' => young - 1,
            _ when yearsBack + 100 > OldestYears => young,
            _ when BirthOf(young.ToString("00", CultureInfo.InvariantCulture) + tenDigits, out var birth) && birth > on => young - 1,
            _ => null,
        };
    }

    private static bool BirthOf(string twelveDigits, out DateOnly birth)
    {
        Span<char> day = stackalloc char[8];
        twelveDigits.AsSpan(0, 8).CopyTo(day);
        if (day[6] >= '6')
        {
            day[6] = (char)(day[6] - 6);
        }
        return IdText.TryDay(day, out birth);
    }
}
