using System.Globalization;
using System.Text;

namespace EdgeHub.Agent.Devices.Cards;

/// <summary>Fields of cards as texts. What cannot be is refused, never guessed at: null.</summary>
public static class FieldText
{
    /// <summary>GB 18030: every GBK text reads the same in it, and rare characters of names with four bytes read, too.</summary>
    private static readonly Encoding Chinese = CodePagesEncodingProvider.Instance.GetEncoding(54936, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new InvalidOperationException("The runtime has no GB 18030.");

    /// <summary>Digits packed two in a byte, padded right with F; empty where there is padding alone.</summary>
    public static string? Digits(ReadOnlySpan<byte> value)
    {
        var digits = Convert.ToHexString(value).TrimEnd('F');
        return digits.AsSpan().ContainsAnyExceptInRange('0', '9') ? null : digits;
    }

    /// <summary>Printable ASCII without the padding.</summary>
    public static string? Ascii(ReadOnlySpan<byte> value)
    {
        var text = Unpadded(value);
        return text.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? null : Encoding.ASCII.GetString(text).Trim();
    }

    /// <summary>A name. What follows in a further record may begin in the midst of a character, so bytes are joined before they are read.</summary>
    public static string? Gbk(ReadOnlySpan<byte> value)
    {
        try
        {
            var text = Chinese.GetString(Unpadded(value)).Trim(' ', '\u3000');
            return text.Any(char.IsControl) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A day. False: it cannot be one. A day of null: the card does not say.</summary>
    public static bool TryDay(ReadOnlySpan<byte> value, out DateOnly? day)
    {
        day = null;
        if (!value.ContainsAnyExcept((byte)0xFF) || !value.ContainsAnyExcept((byte)0))
        {
            return true;
        }
        var isDay = DateOnly.TryParseExact(Digits(value), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed);
        day = isDay ? parsed : null;
        return isDay;
    }

    /// <summary>Without zeros, blanks and unwritten memory at the end.</summary>
    public static ReadOnlySpan<byte> Unpadded(ReadOnlySpan<byte> value)
    {
        var trimmed = value.TrimEnd((byte)0xFF);
        return trimmed.TrimEnd([(byte)0, (byte)0x20]);
    }
}
