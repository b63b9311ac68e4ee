using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Sync.Feeds;

/// <summary>Gathers the rows of one page until it is full. A row has texts, numbers and nulls; how they are written says the format.</summary>
/// <param name="format">One of <see cref="FeedFormats"/>.</param>
public sealed class FeedPageWriter(IReadOnlyList<string> columns, int format = FeedFormats.Rows)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ArrayBufferWriter<byte> _rows = new(64 * 1024);
    private readonly ArrayBufferWriter<byte> _row = new(512);
    private readonly ColumnPage? _byColumn = format == FeedFormats.Columns ? new ColumnPage(columns.Count) : null;
    private Utf8JsonWriter? _json;

    public IReadOnlyList<string> Columns { get; } = columns;

    public int Count { get; private set; }

    public int Format { get; } = format is FeedFormats.Rows or FeedFormats.Columns ? format : throw new ArgumentOutOfRangeException(nameof(format));

    /// <summary>Of the rows so far, at most.</summary>
    public int RawLength => _byColumn?.MostBytes ?? _rows.WrittenCount;

    internal ReadOnlyMemory<byte> Raw() => _byColumn?.ToBytes(Count) ?? _rows.WrittenMemory;

    /// <summary>Adds a row in the order of the columns: text, whole numbers, decimals, true and false (as 1 and 0), days, instants, ids, null.</summary>
    /// <returns>False: the page is full, the row belongs to the next.</returns>
    /// <exception cref="JournalFormatException">BatchTooLarge: the row alone is over a page's limit.</exception>
    public bool TryAdd(params ReadOnlySpan<object?> row)
    {
        if (row.Length != Columns.Count)
        {
            throw new ArgumentException($"A row of this feed has {Columns.Count} columns, not {row.Length}.", nameof(row));
        }
        if (Count == FeedCodec.MaxRows)
        {
            return false;
        }
        var bytes = _byColumn?.Write(row) ?? Write(row);
        if (RawLength + bytes > FeedCodec.MaxRawBytes)
        {
            return Count > 0 ? false : throw new JournalFormatException(Codes.BatchTooLarge, $"row \"{row[0]}\": {bytes} bytes; at most {FeedCodec.MaxRawBytes}");
        }
        if (_byColumn is not null)
        {
            _byColumn.Take(Count);
        }
        else
        {
            _rows.Write(_row.WrittenSpan);
        }
        Count++;
        return true;
    }

    private int Write(ReadOnlySpan<object?> row)
    {
        _row.ResetWrittenCount();
        var json = _json ??= new Utf8JsonWriter(_row, WriterOptions);
        json.Reset();
        json.WriteStartArray();
        foreach (var cell in row)
        {
            Write(json, cell);
        }
        json.WriteEndArray();
        json.Flush();
        _row.Write("\n"u8);
        return _row.WrittenCount;
    }

    private static void Write(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case long number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case bool yes: json.WriteNumberValue(yes ? 1 : 0); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset instant: json.WriteStringValue(Instants.Write(instant)); break;
            case Guid id: json.WriteStringValue(id); break;
            default: throw new ArgumentException($"A feed has no cell of type {cell.GetType().Name}.", nameof(cell));
        }
    }
}
