using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeHub.Rules.Ids;

/// <summary>An NHS number: nine digits and a check digit modulo 11, written 3-3-4. Printed in logs as ***.</summary>
public readonly record struct NhsNumber
{
    private const string ExpectedForm = "ten digits, for example 943 476 5870";
    private const string ExpectedCheck = "the ten digits exactly as in the letter or the app";

    private readonly string? _text;

    private NhsNumber(string tenDigits) => _text = tenDigits;

    /// <summary>Ten digits, as stored.</summary>
    public string Digits => _text ?? "";

    /// <exception cref="FaultException">As <see cref="TryParse"/> says.</exception>
    public static NhsNumber Parse(string? text, string field) => TryParse(text, field, out var id, out var fault) ? id : throw new FaultException(fault);

    /// <summary>Reads ten digits, or 3-3-4 with spaces or hyphens between. False with the fault, the first that applies of:
    /// absent, length, character, check digit; ten zeros are no number.</summary>
    public static bool TryParse(string? text, string field, out NhsNumber id, [NotNullWhen(false)] out Fault? fault)
    {
        id = default;
        fault = IdText.Absent(text, field, ExpectedForm, 10, 12) ?? Wrong(text!, field, out id);
        if (fault is null)
        {
            return true;
        }
        fault = fault with { Personal = true };
        return false;
    }

    /// <summary>The number of these nine digits with its check digit; null where the check would be 10, which is never issued.
    /// For made-up persons take 999 000 000 and up, which are never issued either.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to 999,999,999.</exception>
    public static NhsNumber? Of(int nineDigits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nineDigits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nineDigits, 999_999_999);
        var body = nineDigits.ToString("000000000", CultureInfo.InvariantCulture);
        return CheckDigit(body) is { } check ? new NhsNumber(string.Create(CultureInfo.InvariantCulture, $"{body}{check}")) : null;
    }

    /// <summary>As people write it: 943 476 5870.</summary>
    public string Format() => $"{Digits[..3]} {Digits[3..6]} {Digits[6..]}";

    public override string ToString() => "***";

    private static Fault? Wrong(string text, string field, out NhsNumber id)
    {
        id = default;
        var digits = text.Length == 12 && text[3] == text[7] && text[3] is ' ' or '-' ? text.Remove(7, 1).Remove(3, 1) : text;
        if (digits.Length != 10 || !IdText.AllDigits(digits) || digits == "0000000000")
        {
            return new Fault(Codes.BadCharacter, field, text, ExpectedForm);
        }
        if (CheckDigit(digits.AsSpan(0, 9)) != IdText.Digit(digits[9]))
        {
            return new Fault(Codes.BadCheckDigit, field, text, ExpectedCheck);
        }
        id = new NhsNumber(digits);
        return null;
    }

    // Weights 10 to 2; 11 less the remainder; 11 is written 0, and 10 has no digit.
    private static int? CheckDigit(ReadOnlySpan<char> nine)
    {
        var sum = 0;
        for (var i = 0; i < nine.Length; i++)
        {
            sum += IdText.Digit(nine[i]) * (10 - i);
        }
        return (11 - (sum % 11)) switch
        {
            11 => 0,
            10 => null,
            var check => check,
        };
    }
}
