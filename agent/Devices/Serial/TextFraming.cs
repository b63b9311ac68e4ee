using System.Text;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>How a scanner frames what it read.</summary>
/// <param name="Prefix">Before each text; empty: none.</param>
/// <param name="Suffix">Behind each text; empty: a pause ends it.</param>
/// <param name="Most">A longer text is none: noise, or another device.</param>
/// <param name="Idle">So long a pause ends a text, or shows that its end is lost.</param>
public sealed record TextFormat(byte[] Prefix, byte[] Suffix, int Most, TimeSpan Idle)
{
    public static TextFormat Of(ProfileOptions options) => new(
        options.Bytes("prefix", 4), options.Bytes("suffix", 4), options.Whole("most", 1, 4_096, 256), TimeSpan.FromMilliseconds(options.Whole("idle", 20, 5_000, 100)));
}

/// <summary>Texts out of bytes that come in pieces, late, or as noise. What is no text is counted and dropped; it never grows beyond
/// one text's bound.</summary>
public sealed class TextFraming(TextFormat format)
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private readonly List<byte> _held = [];
    private bool _isOverflowing;

    /// <summary>Pieces that were dropped: too long, cut off, no text.</summary>
    public int Dropped { get; private set; }

    /// <summary>Bytes that wait for more.</summary>
    public int Held => _held.Count;

    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        var texts = new List<string>();
        foreach (var one in bytes)
        {
            if (_isOverflowing && !IsPrefixLast(one) && (format.Suffix.Length == 0 || one != format.Suffix[^1]))
            {
                continue;
            }
            if (_isOverflowing)
            {
                // The end of what was too long, or the beginning of the next.
                _isOverflowing = false;
                _held.Clear();
                if (!IsPrefixLast(one))
                {
                    continue;
                }
            }
            _held.Add(one);
            if (format.Prefix.Length > 0 && EndsWith(format.Prefix) && _held.Count > format.Prefix.Length)
            {
                // A new one begins in the midst of the last: its end was lost.
                Dropped++;
                _held.RemoveRange(0, _held.Count - format.Prefix.Length);
            }
            if (format.Suffix.Length > 0 && EndsWith(format.Suffix))
            {
                Take(texts, _held.Count - format.Suffix.Length);
            }
            else if (_held.Count > format.Most + format.Prefix.Length + format.Suffix.Length)
            {
                Dropped++;
                _isOverflowing = true;
                _held.Clear();
            }
        }
        return texts;
    }

    /// <summary>Nothing came for a while: what is held is a text where a pause ends one, else it is a piece without its end.</summary>
    public IReadOnlyList<string> Pause()
    {
        var texts = new List<string>();
        if (_held.Count > 0 && format.Suffix.Length == 0)
        {
            Take(texts, _held.Count);
        }
        else if (_held.Count > 0)
        {
            Dropped++;
        }
        _held.Clear();
        _isOverflowing = false;
        return texts;
    }

    /// <summary>UTF-8, or GBK where it is not: printable characters alone; null: no text.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        string? text;
        try
        {
            text = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            text = Cards.FieldText.Gbk(bytes);
        }
        text = text?.Trim(' ');
        return string.IsNullOrEmpty(text) || text.Any(char.IsControl) ? null : text;
    }

    private void Take(List<string> texts, int end)
    {
        var held = _held.GetRange(0, end).ToArray().AsSpan();
        _held.Clear();
        if (held.IsEmpty && format.Prefix.Length == 0)
        {
            // The second half of CR LF, or an empty line.
            return;
        }
        var isWhole = held.StartsWith(format.Prefix) && held.Length - format.Prefix.Length <= format.Most;
        if (isWhole && Read(held[format.Prefix.Length..]) is { } text)
        {
            texts.Add(text);
        }
        else
        {
            Dropped++;
        }
    }

    private bool IsPrefixLast(byte one) => format.Prefix.Length == 1 && one == format.Prefix[0];

    private bool EndsWith(byte[] end)
    {
        if (_held.Count < end.Length)
        {
            return false;
        }
        for (var i = 0; i < end.Length; i++)
        {
            if (_held[_held.Count - end.Length + i] != end[i])
            {
                return false;
            }
        }
        return true;
    }
}
