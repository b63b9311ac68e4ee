using System.Globalization;
using System.Reflection;
using System.Text;

namespace EdgeHub.Rules;

/// <summary>A table as comma-separated text (RFC 4180): a header row, then rows of as many fields; a field in double quotes
/// may hold commas, line ends and doubled quotes; lines end in LF or CRLF. Read whole and within bounds. Nothing is skipped or
/// guessed: each fault names the table, the line (as an editor counts, from 1) and the column.</summary>
public sealed class CsvText
{
    public const int MaxCharacters = 8_388_608;
    public const int MaxRows = 100_000;
    public const int MaxColumns = 100;
    public const int MaxFieldCharacters = 4_096;

    private readonly Dictionary<string, int> _positions;

    private CsvText(string name, IReadOnlyList<string> columns, Dictionary<string, int> positions, List<string[]> cells, List<int> lines)
    {
        Name = name;
        Columns = columns;
        _positions = positions;
        Rows = [.. cells.Select((fields, i) => new CsvRow(this, lines[i], fields))];
    }

    /// <summary>The file's name, as faults write it.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a table that has at least the columns named; further columns are kept.</summary>
    /// <param name="name">The file's name, for faults.</param>
    /// <exception cref="FaultException">Too long, a quote or line end out of place, a row of another width, a column missing or twice.</exception>
    public static CsvText Parse(string name, string text, params ReadOnlySpan<string> columns)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxCharacters)
        {
            throw Bad(Codes.TooLong, name, Whole(text.Length), $"at most {Whole(MaxCharacters)} characters");
        }
        var scanner = new CsvScanner(name, text);
        if (!scanner.Next(out var header, out var headerLine))
        {
            throw Bad(Codes.Missing, name, "", "a header row");
        }
        var positions = Positions(name, headerLine, header, columns);
        var cells = new List<string[]>();
        var lines = new List<int>();
        while (scanner.Next(out var fields, out var line))
        {
            if (fields.Length != header.Length)
            {
                throw Bad(Codes.BadLength, $"{name} line {Whole(line)}", Whole(fields.Length), $"{Whole(header.Length)} fields, as in the header");
            }
            if (cells.Count == MaxRows)
            {
                throw Bad(Codes.TooMany, $"{name} line {Whole(line)}", Whole(MaxRows + 1), $"at most {Whole(MaxRows)} rows");
            }
            cells.Add(fields);
            lines.Add(line);
        }
        return new CsvText(name, header, positions, cells, lines);
    }

    /// <summary>Reads a table that is embedded in an assembly, by its path below the project with '/' between folders.</summary>
    /// <exception cref="InvalidOperationException">The assembly holds no such table.</exception>
    /// <exception cref="FaultException">As <see cref="Parse"/>.</exception>
    public static CsvText Embedded(Assembly assembly, string path, params ReadOnlySpan<string> columns)
    {
        // A build on Windows names resources with backslashes.
        var resource = Array.Find(assembly.GetManifestResourceNames(), each => each.Replace('\\', '/') == path)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no embedded table {path}.");
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The embedded table {path} cannot be opened.");
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return Parse(path, reader.ReadToEnd(), columns);
    }

    internal int Position(string column) => _positions.TryGetValue(column, out var position)
        ? position
        : throw new ArgumentException($"{Name} has no column {column}.", nameof(column));

    internal static FaultException Bad(string code, string field, string value, string expected) => new(new Fault(code, field, value, expected));

    internal static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, int> Positions(string name, int line, string[] header, ReadOnlySpan<string> columns)
    {
        var positions = new Dictionary<string, int>(header.Length, StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
        {
            if (!positions.TryAdd(header[i], i))
            {
                throw Bad(Codes.Duplicated, $"{name} line {Whole(line)}", header[i], "each column once");
            }
        }
        foreach (var column in columns)
        {
            if (!positions.ContainsKey(column))
            {
                throw Bad(Codes.Missing, $"{name} line {Whole(line)}", column, $"a column {column}");
            }
        }
        return positions;
    }
}

/// <summary>One row of a <see cref="CsvText"/>.</summary>
public sealed class CsvRow
{
    private readonly CsvText _table;
    private readonly string[] _fields;

    internal CsvRow(CsvText table, int line, string[] fields)
    {
        _table = table;
        Line = line;
        _fields = fields;
    }

    /// <summary>The line on which the row begins, from 1, as an editor counts.</summary>
    public int Line { get; }

    /// <summary>The field of a column, as written; empty where nothing is written.</summary>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public string this[string column] => _fields[_table.Position(column)];

    /// <summary>The field of a column that must be filled.</summary>
    /// <exception cref="FaultException">The field is empty or blank.</exception>
    public string Needed(string column)
    {
        var text = this[column];
        return string.IsNullOrWhiteSpace(text) ? throw Wrong(Codes.Missing, column, "a value") : text;
    }

    /// <summary>The field of a column as a day, yyyy-MM-dd.</summary>
    /// <exception cref="FaultException">Not such a day.</exception>
    public DateOnly Day(string column) =>
        DateOnly.TryParseExact(this[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Wrong(Codes.BadDate, column, "a day, for example 2025-03-12");

    /// <summary>The field of a column as a day, yyyy-MM-dd, or null where it is empty (open).</summary>
    /// <exception cref="FaultException">Neither empty nor such a day.</exception>
    public DateOnly? DayOrOpen(string column) => this[column].Length == 0 ? null : Day(column);

    /// <summary>A whole number from the least to the most.</summary>
    /// <exception cref="FaultException">Not a whole number in those bounds.</exception>
    public int Whole(string column, int least, int most) =>
        int.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(Codes.BadNumber, column, $"a whole number from {CsvText.Whole(least)} to {CsvText.Whole(most)}");

    /// <summary>What to throw for a field of this row that cannot be used: names table, line, column and value.</summary>
    public FaultException Wrong(string code, string column, string expected) =>
        CsvText.Bad(code, $"{_table.Name} line {CsvText.Whole(Line)} {column}", this[column], expected);
}
