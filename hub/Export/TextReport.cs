namespace EdgeHub.Hub.Export;

/// <summary>A report as aligned plain text. A Chinese character takes two columns of a terminal.</summary>
public static class TextReport
{
    private const string Gap = "  ";

    public static void Write(ReportTable table, TextWriter to)
    {
        to.WriteLine(table.Title);
        foreach (var (key, value) in table.Facts)
        {
            to.WriteLine($"{key}: {value}");
        }
        to.WriteLine();
        List<string[]> lines = [[.. table.Columns.Select(column => column.Heading)]];
        lines.AddRange(table.Rows.Select(row => row.Select((cell, i) => ReportTable.Shown(cell, table.Columns[i].Kind)).ToArray()));
        if (table.Totals is { } totals)
        {
            lines.Add([.. totals.Select((cell, i) => ReportTable.ShownTotal(cell, table.Columns[i].Kind))]);
        }
        var widths = table.Columns.Select((_, i) => lines.Max(line => Width(line[i]))).ToArray();
        for (var at = 0; at < lines.Count; at++)
        {
            if (at == 1 || (at == lines.Count - 1 && table.Totals is not null && lines.Count > 2))
            {
                to.WriteLine(string.Join(Gap, widths.Select(width => new string('-', width))));
            }
            to.WriteLine(string.Join(Gap, lines[at].Select((cell, i) => Padded(cell, widths[i], table.Columns[i].Kind != CellKind.Text))).TrimEnd());
        }
        foreach (var note in table.Notes)
        {
            to.WriteLine(note);
        }
    }

    /// <summary>Columns of a terminal that a text takes: two for what is wide in East Asian writing.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += IsWide(rune.Value) ? 2 : 1;
        }
        return width;
    }

    private static bool IsWide(int code) => code is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF and not 0x303F) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF01 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x20000 and <= 0x3FFFD);

    private static string Padded(string text, int width, bool right)
    {
        var blanks = new string(' ', width - Width(text));
        return right ? blanks + text : text + blanks;
    }
}
