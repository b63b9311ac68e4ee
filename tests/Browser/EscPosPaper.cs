using System.Globalization;
using System.Net;
using System.Text;

namespace EdgeHub.Tests.Browser;

/// <summary>A line on the paper.</summary>
/// <param name="Size">1 to 8 times as high and wide.</param>
/// <param name="Qr">Null: text.</param>
public sealed record PaperLine(string Text, int Align, bool IsBold, int Size, string? Qr = null);

/// <summary>What a printer of the ESC/POS family puts on its paper for the bytes that were sent: read here anew from the command reference,
/// with nothing of what made them. The last slip alone; a byte that is no command and no character fails.</summary>
public sealed class EscPosPaper
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
    private static readonly Encoding Latin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private readonly List<PaperLine> _lines = [];
    private readonly StringBuilder _text = new();
    private int _align;
    private int _size = 1;
    private bool _isBold;
    private bool _isChinese;
    private string _stored = "";

    public IReadOnlyList<PaperLine> Lines => _lines;

    public bool IsCut { get; private set; }

    public string Text => string.Join('\n', _lines.Select(line => line.Text));

    public static EscPosPaper Of(byte[] sent)
    {
        var paper = new EscPosPaper();
        for (var at = 0; at < sent.Length;)
        {
            at += paper.Take(sent.AsSpan(at));
        }
        return paper;
    }

    /// <summary>As a picture of paper, for a browser to draw.</summary>
    public string Html(int columns)
    {
        var to = new StringBuilder();
        foreach (var line in _lines)
        {
            var align = line.Align switch { 1 => "center", 2 => "right", _ => "left" };
            to.Append(CultureInfo.InvariantCulture, $"<div class=\"l s{line.Size}{(line.IsBold ? " b" : "")}\" style=\"text-align:{align}\">");
            to.Append(line.Qr is { } qr ? QrPicture.Svg(qr) : line.Text.Length == 0 ? "&nbsp;" : Cells(line.Text)).Append("</div>");
        }
        return $$"""
            <!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>slip</title><style>
            body { margin: 0; background: #e9ebe6; display: inline-block; padding: 24px; }
            .p { background: #fff; width: {{columns * 12}}px; padding: 20px 24px 28px; box-shadow: 0 2px 10px rgb(0 0 0 / 25%); font: 24px/1.3 "Noto Sans Mono CJK SC", monospace; color: #16181b; white-space: pre; }
            .c { display: inline-block; width: 12px; text-align: center; overflow: visible; } .w { width: 24px; }
            .b { font-weight: 700; } .s2 { font-size: 48px; } .s2 .c { width: 24px; } .s2 .w { width: 48px; } .s3 { font-size: 72px; } .s3 .c { width: 36px; } .s4 { font-size: 96px; } .s4 .c { width: 48px; } .s4 .w { width: 96px; }
            </style></head><body><div class="p">{{to}}</div></body></html>
            """;
    }

    /// <summary>Each character in its cell: a Chinese one takes two.</summary>
    private static string Cells(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        $"<span class=\"c{(rune.Value >= 0x2E80 ? " w" : "")}\">{(rune.Value == ' ' ? "&nbsp;" : WebUtility.HtmlEncode(rune.ToString()))}</span>"));

    private int Take(ReadOnlySpan<byte> sent)
    {
        switch (sent)
        {
            case [0x10, 0x04, _, ..]: return 3;
            case [0x1B, 0x40, ..]:
                _lines.Clear();
                _text.Clear();
                (_align, _size, _isBold, _isChinese, IsCut) = (0, 1, false, false, false);
                return 2;
            case [0x1B, 0x74, var table, ..]:
                Assert.Equal(16, table);
                return 3;
            case [0x1B, 0x61, var align, ..]:
                _align = align;
                return 3;
            case [0x1B, 0x45, var bold, ..]:
                _isBold = bold == 1;
                return 3;
            case [0x1D, 0x21, var size, ..]:
                Assert.Equal(size >> 4, size & 15);
                _size = (size & 15) + 1;
                return 3;
            case [0x1B, 0x64, var feed, ..]:
                _lines.AddRange(Enumerable.Repeat(new PaperLine("", 0, false, 1), feed));
                return 3;
            case [0x1C, 0x26, ..]:
                _isChinese = true;
                return 2;
            case [0x1C, 0x2E, ..]:
                _isChinese = false;
                return 2;
            case [0x1D, 0x56, 0x42, _, ..]:
                IsCut = true;
                return 4;
            case [0x1D, 0x28, 0x6B, var low, var high, 0x31, var function, ..]:
                var length = low | (high << 8);
                if (function == 0x50)
                {
                    _stored = Encoding.UTF8.GetString(sent.Slice(8, length - 3));
                }
                else if (function == 0x51)
                {
                    _lines.Add(new PaperLine("", _align, false, 1, _stored));
                }
                return 5 + length;
            case [0x0A, ..]:
                _lines.Add(new PaperLine(_text.ToString(), _align, _isBold, _size));
                _text.Clear();
                return 1;
            case [>= 0x20 and < 0x7F, ..]:
                _text.Append((char)sent[0]);
                return 1;
            case [>= 0x81, _, ..] when _isChinese:
                _text.Append(Gbk.GetString(sent[..2]));
                return 2;
            case [>= 0xA0, ..] when !_isChinese:
                _text.Append(Latin.GetString(sent[..1]));
                return 1;
            default:
                throw new InvalidOperationException($"No command of a printer begins {Convert.ToHexString(sent[..Math.Min(8, sent.Length)])}.");
        }
    }
}
