using System.Globalization;
using System.Text;

namespace EdgeHub.Hub.Jobs;

/// <summary>A CSV file in UTF-8 with a heading, read whole and bounded. Columns are found by name, in any order; unknown ones
/// are left alone. Larger and more forgiving than the tables of the rules: it gathers all faults of a file.</summary>
public sealed class CsvTable
{
    public const long MaxBytes = 256L * 1024 * 1024;
    public const int MaxRows = 2_000_000;
    public const int MaxCell = 20_000;

    private CsvTable(string file, IReadOnlyDictionary<string, int> columns, List<CsvLine> rows) => (File, Columns, Rows) = (file, columns, rows);

    public string File { get; }
    public IReadOnlyDictionary<string, int> Columns { get; }
    public IReadOnlyList<CsvLine> Rows { get; }

    /// <param name="required">Names of the columns that must be there.</param>
    /// <exception cref="FileFaultException">A column is missing, a line has too few or many cells, or a limit is passed.</exception>
    public static CsvTable Read(FileInfo file, IReadOnlyList<string> required)
    {
        FileFaults.CheckFile(file, MaxBytes);
        using var stream = file.OpenRead();
        return Read(stream, file.Name, required);
    }

    /// <inheritdoc cref="Read(FileInfo, IReadOnlyList{string})"/>
    public static CsvTable Read(Stream stream, string name, IReadOnlyList<string> required)
    {
        var faults = new FileFaults(name);
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var scanner = new CsvScanner(reader);
        var rows = new List<CsvLine>();
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            Heading(scanner.Next() ?? [], columns, required, faults);
            while (faults.Count == 0 && scanner.Next() is { } cells)
            {
                Row(scanner.Line, cells, columns, rows, faults);
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or DecoderFallbackException)
        {
            faults.Add(scanner.Line, "line", "", unreadable is DecoderFallbackException ? "UTF-8" : unreadable.Message);
        }
        faults.ThrowIfAny();
        return new CsvTable(name, columns, rows);
    }

    private static void Heading(List<string> cells, Dictionary<string, int> columns, IReadOnlyList<string> required, FileFaults faults)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (!columns.TryAdd(cells[i].Trim().TrimStart('\uFEFF'), i))
            {
                faults.Add(1, string.IsNullOrWhiteSpace(cells[i]) ? "heading" : cells[i], cells[i], "each column once");
            }
        }
        foreach (var column in required.Where(column => !columns.ContainsKey(column)))
        {
            faults.Add(1, column, "", $"a column of this name; needed are {string.Join(',', required)}");
        }
    }

    private static void Row(int line, List<string> cells, Dictionary<string, int> columns, List<CsvLine> rows, FileFaults faults)
    {
        if (cells.Count != columns.Count)
        {
            faults.Add(line, "line", string.Create(CultureInfo.InvariantCulture, $"{cells.Count} cells"), string.Create(CultureInfo.InvariantCulture, $"{columns.Count} cells, as in the heading"));
            return;
        }
        if (rows.Count == MaxRows)
        {
            faults.Add(line, "line", "", $"at most {MaxRows} rows");
            return;
        }
        for (var i = 0; i < cells.Count; i++)
        {
            cells[i] = cells[i].Trim();
        }
        rows.Add(new CsvLine(line, columns, cells));
    }
}

/// <summary>One row; a column that the file does not have reads as blank.</summary>
/// <param name="Line">From 1, as an editor counts.</param>
public sealed record CsvLine(int Line, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<string> Cells)
{
    public string this[string column] => Columns.TryGetValue(column, out var at) ? Cells[at] : "";
}
