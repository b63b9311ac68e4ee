namespace EdgeHub.Agent.Devices.Serial;

public enum SlipAlign
{
    Left,
    Center,
    Right,
}

/// <summary>A piece of a slip.</summary>
public abstract record SlipPart
{
    private SlipPart() { }

    /// <summary>Text, folded where it is wider than the paper.</summary>
    /// <param name="Size">1 as usual, up to 4 times as high and wide.</param>
    public sealed record Line(string Text, SlipAlign Align = SlipAlign.Left, bool IsBold = false, int Size = 1) : SlipPart;

    /// <summary>Two texts at the two edges: a name and its amount.</summary>
    public sealed record Pair(string Left, string Right, bool IsBold = false) : SlipPart;

    /// <summary>A line across.</summary>
    public sealed record Rule : SlipPart;

    /// <summary>A QR code; left out by a printer that has none.</summary>
    public sealed record Qr(string Text) : SlipPart;

    public sealed record Feed(int Lines = 1) : SlipPart;
}

/// <summary>What is to be printed, whatever the printer. It is cut at its end.</summary>
public sealed record Slip(IReadOnlyList<SlipPart> Parts)
{
    /// <summary>A settlement of 500 lines fits.</summary>
    public const int MostParts = 2_000;

    /// <summary>Columns that a text takes: Chinese characters take two.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Columns);

    /// <summary>A text in pieces that fit, cut at blanks where there are some.</summary>
    public static IReadOnlyList<string> Fold(string text, int columns)
    {
        var lines = new List<string>();
        var (line, width, blank) = (new System.Text.StringBuilder(), 0, -1);
        foreach (var rune in text.EnumerateRunes())
        {
            var wide = Columns(rune);
            if (width + wide > columns && line.Length > 0 && rune.Value == ' ')
            {
                // The line is full: the blank between it and the next is not needed.
                lines.Add(line.ToString().TrimEnd(' '));
                line.Clear();
                (width, blank) = (0, -1);
                continue;
            }
            if (width + wide > columns && line.Length > 0)
            {
                var cut = blank > 0 ? blank : line.Length;
                var rest = line.ToString(cut, line.Length - cut).TrimStart(' ');
                lines.Add(line.ToString(0, cut).TrimEnd(' '));
                line.Clear().Append(rest);
                (width, blank) = (Width(rest), -1);
            }
            if (rune.Value == ' ')
            {
                blank = line.Length;
            }
            line.Append(rune);
            width += wide;
        }
        lines.Add(line.ToString().TrimEnd(' '));
        return lines;
    }

    /// <summary>At most so many columns, the end left out.</summary>
    public static string Cut(string text, int columns)
    {
        var (kept, width) = (new System.Text.StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            width += Columns(rune);
            if (width > columns)
            {
                break;
            }
            kept.Append(rune);
        }
        return kept.ToString();
    }

    private static int Columns(System.Text.Rune rune) => rune.Value >= 0x1100 && (rune.Value is <= 0x115F or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or >= 0x20000) ? 2 : 1;
}
