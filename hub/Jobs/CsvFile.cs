using System.Text;

namespace EdgeHub.Hub.Jobs;

/// <summary>Writes comma-separated text (RFC 4180): UTF-8, LF, cells in quotes only where they must be.</summary>
public static class CsvFile
{
    /// <summary>The file appears whole or not at all.</summary>
    public static void Write(FileInfo file, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        file.Directory?.Create();
        var half = file.FullName + ".part";
        using (var writer = new StreamWriter(half, append: false, new UTF8Encoding(false)))
        {
            Write(writer, columns, rows);
        }
        File.Move(half, file.FullName, overwrite: true);
    }

    public static void Write(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows.Prepend(columns))
        {
            for (var i = 0; i < row.Count; i++)
            {
                writer.Write(i == 0 ? "" : ",");
                writer.Write(Cell(row[i]));
            }
            writer.Write('\n');
        }
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
