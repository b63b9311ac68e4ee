using System.Globalization;
using System.Text;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>What a printer of the ESC/POS family can do.</summary>
/// <param name="Columns">Of usual characters on a line: 32 on paper of 58 mm, 48 on 80 mm.</param>
/// <param name="HasChinese">It has GBK characters.</param>
/// <param name="CodePageSelect">Which of its tables holds <paramref name="CodePage"/>, for what is neither ASCII nor Chinese.</param>
/// <param name="HasQr">It draws QR codes itself.</param>
/// <param name="SaysStatus">It may answer a question for its status; silence is unknown, not a fault.</param>
/// <param name="AnswersWithin">So long an answer is waited for.</param>
public sealed record PrinterFormat(int Columns, bool HasChinese, byte CodePageSelect, int CodePage, bool HasQr, bool HasCutter, bool SaysStatus, TimeSpan AnswersWithin)
{
    public static PrinterFormat Of(ProfileOptions options)
    {
        var page = options.Text("codepage", "16:1252").Split(':');
        if (page.Length != 2 || !byte.TryParse(page[0], NumberStyles.None, CultureInfo.InvariantCulture, out var select)
            || !int.TryParse(page[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code) || CodePagesEncodingProvider.Instance.GetEncoding(code) is null)
        {
            throw options.Wrong(Codes.UnknownCode, "codepage the printer's number of the table and the code page, for example 16:1252");
        }
        return new PrinterFormat(
            options.Whole("columns", 16, 96, 32), options.Flag("chinese"), select, code, options.Flag("qr"), options.Flag("cut"), options.Flag("status"),
            TimeSpan.FromMilliseconds(options.Whole("answer", 50, 10_000, 400)));
    }
}

/// <summary>A slip as bytes of ESC/POS. Source: ESC/POS command reference; GBK by FS &amp; and FS . as printers in China have it.</summary>
public static class EscPos
{
    private const int MostQrBytes = 512;
    private static readonly byte[] Start = [0x1B, 0x40];
    private static readonly byte[] ChineseOn = [0x1C, 0x26];
    private static readonly byte[] ChineseOff = [0x1C, 0x2E];
    private static readonly byte[] CutPart = [0x1D, 0x56, 0x42, 0x03];

    /// <exception cref="ArgumentException">More parts than a slip has.</exception>
    public static byte[] Encode(Slip slip, PrinterFormat format)
    {
        if (slip.Parts.Count > Slip.MostParts)
        {
            throw new ArgumentException($"{slip.Parts.Count} parts: expected at most {Slip.MostParts}.", nameof(slip));
        }
        var to = new List<byte>(4_096);
        to.AddRange(Start);
        to.AddRange([0x1B, 0x74, format.CodePageSelect]);
        foreach (var part in slip.Parts)
        {
            Add(to, part, format);
        }
        to.AddRange([0x1B, 0x64, 0x04]);
        if (format.HasCutter)
        {
            to.AddRange(CutPart);
        }
        return [.. to];
    }

    private static void Add(List<byte> to, SlipPart part, PrinterFormat format)
    {
        switch (part)
        {
            case SlipPart.Line line:
                var size = Math.Clamp(line.Size, 1, 4);
                to.AddRange([0x1B, 0x61, (byte)line.Align, 0x1B, 0x45, (byte)(line.IsBold ? 1 : 0), 0x1D, 0x21, (byte)(((size - 1) << 4) | (size - 1))]);
                foreach (var text in Slip.Fold(line.Text, format.Columns / size))
                {
                    Text(to, text, format);
                    to.Add(0x0A);
                }
                to.AddRange([0x1B, 0x61, 0, 0x1B, 0x45, 0, 0x1D, 0x21, 0]);
                break;
            case SlipPart.Pair pair:
                to.AddRange([0x1B, 0x45, (byte)(pair.IsBold ? 1 : 0)]);
                foreach (var text in Paired(pair, format.Columns))
                {
                    Text(to, text, format);
                    to.Add(0x0A);
                }
                to.AddRange([0x1B, 0x45, 0]);
                break;
            case SlipPart.Rule:
                to.AddRange(Enumerable.Repeat((byte)'-', format.Columns));
                to.Add(0x0A);
                break;
            case SlipPart.Qr qr when format.HasQr:
                Qr(to, qr.Text);
                break;
            case SlipPart.Qr:
                break;
            case SlipPart.Feed feed:
                to.AddRange([0x1B, 0x64, (byte)Math.Clamp(feed.Lines, 1, 20)]);
                break;
            default:
                throw new InvalidOperationException($"Unknown part {part.GetType().Name}.");
        }
    }

    /// <summary>The right text whole at the right edge, the left one before it, folded where it needs more room.</summary>
    public static IReadOnlyList<string> Paired(SlipPart.Pair pair, int columns)
    {
        var right = Slip.Cut(pair.Right, columns - 1);
        var lines = Slip.Fold(pair.Left, columns).ToList();
        if (Slip.Width(lines[^1]) + 1 + Slip.Width(right) > columns)
        {
            lines.Add("");
        }
        lines[^1] += new string(' ', columns - Slip.Width(lines[^1]) - Slip.Width(right)) + right;
        return lines;
    }

    /// <summary>ASCII as it is; Chinese in the mode for it; the rest by the code page; what neither has, as a question mark. A control
    /// character in a text would be a command to the printer: it is none.</summary>
    private static void Text(List<byte> to, string text, PrinterFormat format)
    {
        var page = CodePagesEncodingProvider.Instance.GetEncoding(format.CodePage, new EncoderReplacementFallback(""), DecoderFallback.ReplacementFallback)!;
        var chinese = CodePagesEncodingProvider.Instance.GetEncoding(936, new EncoderReplacementFallback(""), DecoderFallback.ReplacementFallback)!;
        var isChinese = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = rune.IsAscii ? [(byte)(Rune.IsControl(rune) ? ' ' : rune.Value)] : page.GetBytes(rune.ToString());
            var inChinese = false;
            if (bytes.Length != 1 && format.HasChinese)
            {
                bytes = chinese.GetBytes(rune.ToString());
                inChinese = bytes.Length == 2;
            }
            if (inChinese != isChinese && !(isChinese && rune.IsAscii))
            {
                to.AddRange(inChinese ? ChineseOn : ChineseOff);
                isChinese = inChinese;
            }
            to.AddRange(inChinese || bytes.Length == 1 ? bytes : [(byte)'?']);
        }
        if (isChinese)
        {
            to.AddRange(ChineseOff);
        }
    }

    /// <summary>Model 2, 6 dots a module, correction M: store, then print.</summary>
    private static void Qr(List<byte> to, string text)
    {
        var data = Encoding.UTF8.GetBytes(text);
        if (data.Length is 0 or > MostQrBytes)
        {
            throw new ArgumentException($"A QR code of {data.Length} bytes: expected 1 to {MostQrBytes}.", nameof(text));
        }
        var length = data.Length + 3;
        to.AddRange([0x1B, 0x61, 1]);
        to.AddRange([0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0]);
        to.AddRange([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, 6]);
        to.AddRange([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, 0x31]);
        to.AddRange([0x1D, 0x28, 0x6B, (byte)(length & 0xFF), (byte)(length >> 8), 0x31, 0x50, 0x30, .. data]);
        to.AddRange([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30]);
        to.AddRange([0x0A, 0x1B, 0x61, 0]);
    }
}
