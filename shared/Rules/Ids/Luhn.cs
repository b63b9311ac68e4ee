namespace EdgeHub.Rules.Ids;

/// <summary>The check digit modulo 10 of ISO/IEC 7812-1 annex B: from the right, every second digit doubled, the digits of the
/// products added. It misses one adjacent transposition, 09 for 90.</summary>
internal static class Luhn
{
    /// <summary>The check digit for these digits, 0 to 9.</summary>
    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var doubled = IdText.Digit(digits[digits.Length - 1 - i]) * (i % 2 == 0 ? 2 : 1);
            sum += (doubled / 10) + (doubled % 10);
        }
        return (10 - (sum % 10)) % 10;
    }
}
