using System.Globalization;
using System.Text;

namespace EdgeHub.Tests.Checker;

/// <summary>A row of a file, by the names of its columns.</summary>
public sealed class Row(string file, int line, IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> cells)
{
    public string this[string column] => columns.TryGetValue(column, out var at)
        ? cells[at]
        : throw new DifferenceException($"{file}: expected a column {column}");

    /// <summary>Names the row where it differs.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{file} line {line}");

    public long Number(string column) => long.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new DifferenceException($"{Place}: {column} is \"{this[column]}\", expected a whole number");

    /// <summary>The line of a journal that the row is about.</summary>
    public (long Device, long Epoch, long Seq) Entry => (Number("device_no"), Number("epoch"), Number("seq"));
}

/// <summary>Reads comma-separated text as README.txt defines it.</summary>
public static class Csv
{
    public static IReadOnlyList<Row> Read(string name, byte[] bytes)
    {
        var lines = Cells(name, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        if (lines.Count == 0)
        {
            throw new DifferenceException($"{name}: expected a line of column names");
        }
        var columns = lines[0].Select((column, at) => (column, at)).ToDictionary(each => each.column, each => each.at, StringComparer.Ordinal);
        var rows = new List<Row>(lines.Count - 1);
        for (var i = 1; i < lines.Count; i++)
        {
            rows.Add(lines[i].Count == columns.Count
                ? new Row(name, i + 1, columns, lines[i])
                : throw new DifferenceException($"{name} record {i + 1}: {lines[i].Count} cells, expected {columns.Count}"));
        }
        return rows;
    }

    private static List<List<string>> Cells(string name, string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || letter is not (',' or '\n'))
            {
                cell.Append(letter);
            }
            else
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
        }
        return quoted || cell.Length > 0 || row.Count > 0 ? throw new DifferenceException($"{name}: expected a line end behind the last row") : rows;
    }
}
