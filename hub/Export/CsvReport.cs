using System.Text;

namespace EdgeHub.Hub.Export;

/// <summary>A report as CSV: UTF-8 with a byte order mark, so that a spreadsheet reads Chinese; CRLF; amounts in major units.</summary>
public static class CsvReport
{
    public static void Write(ReportTable table, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        Line(writer, table.Columns.Select(column => Guarded(column.Heading)));
        foreach (var row in table.Rows)
        {
            Line(writer, row.Select((cell, i) => Cell(cell, table.Columns[i].Kind)));
        }
        if (table.Totals is { } totals)
        {
            Line(writer, totals.Select((cell, i) => cell is string text ? Guarded(text) : Cell(cell, table.Columns[i].Kind)));
        }
    }

    private static string Cell(object cell, CellKind kind) => kind == CellKind.Text ? Guarded((string)cell) : ReportTable.Shown(cell, kind);

    /// <summary>Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers of our own do not pass here.</summary>
    public static string Guarded(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    private static void Line(StreamWriter writer, IEnumerable<string> cells) => writer.WriteLine(string.Join(',', cells.Select(Quoted)));

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
