using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Sync.Feeds;

/// <summary>Format 2 of a page's rows: column after column, UTF-8. A column is a line with its kind, then its cells, a line each:
/// <c>s</c> texts (\ and LF written as \\ and \n), <c>i</c> whole numbers, <c>d</c> decimals, <c>n</c> nothing but nulls (no lines),
/// <c>=</c> one and the same cell in every row (one line, its kind in front), <c>x</c> of several kinds (each line with its kind in front).</summary>
public static class ColumnText
{
    public const byte Text = (byte)'s';
    public const byte Whole = (byte)'i';
    public const byte Decimal = (byte)'d';
    public const byte Null = (byte)'n';
    public const byte Same = (byte)'=';
    public const byte Mixed = (byte)'x';
    private const byte End = (byte)'\n';

    /// <summary>Writes one cell's line.</summary>
    /// <returns>Its kind.</returns>
    public static byte Write(object? cell, IBufferWriter<byte> to)
    {
        var kind = cell switch
        {
            null => Null,
            string text => WriteText(text, to),
            long number => WriteWhole(number, to),
            int number => WriteWhole(number, to),
            bool yes => WriteWhole(yes ? 1 : 0, to),
            decimal number => WriteDecimal(number, to),
            DateOnly day => WriteText(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), to),
            DateTimeOffset instant => WriteText(Instants.Write(instant), to),
            Guid id => WriteText(id.ToString("D"), to),
            _ => throw new ArgumentException($"A feed has no cell of type {cell.GetType().Name}.", nameof(cell)),
        };
        to.Write([End]);
        return kind;
    }

    /// <summary>All columns of a page, as cells by row.</summary>
    /// <exception cref="JournalFormatException">BatchDamaged: columns end early or go on. BadJson: a cell is not of its kind.</exception>
    public static object?[][] Read(ReadOnlySpan<byte> raw, int rows, int columns)
    {
        var cells = new object?[rows][];
        for (var i = 0; i < rows; i++)
        {
            cells[i] = new object?[columns];
        }
        for (var column = 0; column < columns; column++)
        {
            ReadColumn(ref raw, cells, column);
        }
        return raw.IsEmpty ? cells : throw Damaged($"{raw.Length} bytes behind the last column");
    }

    private static void ReadColumn(ref ReadOnlySpan<byte> raw, object?[][] cells, int column)
    {
        var head = Line(ref raw, column);
        var kind = head.Length == 1 ? head[0] : (byte)0;
        switch (kind)
        {
            case Null:
                return;
            case Same:
                var same = Cell(Line(ref raw, column), column);
                foreach (var row in cells)
                {
                    row[column] = same;
                }
                return;
            case Mixed:
                foreach (var row in cells)
                {
                    row[column] = Cell(Line(ref raw, column), column);
                }
                return;
            case Text or Whole or Decimal:
                var last = (object?)null;
                foreach (var row in cells)
                {
                    last = Value(kind, Line(ref raw, column), column, last);
                    row[column] = last;
                }
                return;
            default:
                throw Damaged($"column {column + 1}: kind \"{Encoding.UTF8.GetString(head[..Math.Min(head.Length, 8)])}\"; expected s, i, d, n, = or x");
        }
    }

    private static object? Cell(ReadOnlySpan<byte> line, int column) =>
        line.IsEmpty ? throw Wrong(column, "a cell with its kind in front") : Value(line[0], line[1..], column, null);

    /// <param name="before">The cell above: the same text again is the same string.</param>
    private static object? Value(byte kind, ReadOnlySpan<byte> line, int column, object? before) => kind switch
    {
        Null when line.IsEmpty => null,
        Text => ReadText(line, column, before as string),
        Whole => Utf8Parser.TryParse(line, out long whole, out var used) && used == line.Length ? whole : throw Wrong(column, "a whole number"),
        Decimal => Utf8Parser.TryParse(line, out decimal number, out var digits) && digits == line.Length ? number : throw Wrong(column, "a number"),
        _ => throw Wrong(column, "a kind of s, i, d or n"),
    };

    private static string ReadText(ReadOnlySpan<byte> line, int column, string? before)
    {
        if (line.IndexOf((byte)'\\') < 0)
        {
            return before is not null && Ascii.Equals(line, before) ? before : Decoded(line, column);
        }
        var text = Decoded(line, column);
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' ? text[i]
                : i + 1 < text.Length && text[i + 1] is '\\' or 'n' ? text[++i] == 'n' ? '\n' : '\\'
                : throw Wrong(column, "\\\\ or \\n behind a \\"));
        }
        return plain.ToString();
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static string Decoded(ReadOnlySpan<byte> line, int column)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException unreadable)
        {
            throw new JournalFormatException(Codes.BadJson, $"column {column + 1}: expected UTF-8", unreadable);
        }
    }

    private static ReadOnlySpan<byte> Line(ref ReadOnlySpan<byte> raw, int column)
    {
        var end = raw.IndexOf(End);
        if (end < 0)
        {
            throw Damaged($"column {column + 1} ends early");
        }
        var line = raw[..end];
        raw = raw[(end + 1)..];
        return line;
    }

    private static byte WriteText(string text, IBufferWriter<byte> to)
    {
        if (text.AsSpan().IndexOfAny('\\', '\n') >= 0)
        {
            text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        }
        Encoding.UTF8.GetBytes(text, to);
        return Text;
    }

    private static byte WriteWhole(long number, IBufferWriter<byte> to)
    {
        number.TryFormat(to.GetSpan(24), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
        return Whole;
    }

    private static byte WriteDecimal(decimal number, IBufferWriter<byte> to)
    {
        number.TryFormat(to.GetSpan(40), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
        return Decimal;
    }

    private static JournalFormatException Wrong(int column, string expected) => new(Codes.BadJson, $"column {column + 1}: expected {expected}");

    private static JournalFormatException Damaged(string detail) => new(Codes.BatchDamaged, "columns: " + detail);
}
