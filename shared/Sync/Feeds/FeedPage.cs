using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Sync.Feeds;

/// <summary>A page of a feed that came from the hub and was checked.</summary>
public sealed record FeedPage(FeedHeader Header, IReadOnlyList<FeedRow> Rows)
{
    /// <summary>Where a column stands on this page: by name, since a neighbouring version adds columns.</summary>
    /// <exception cref="JournalFormatException">UnknownFormat: the page lacks it.</exception>
    public int Column(string name) => Find(name)
        ?? throw new JournalFormatException(Codes.UnknownFormat, $"feed {Header.Feed}: no column {name}; expected it among {string.Join(", ", Header.Columns)}");

    /// <summary>Null: the page lacks it.</summary>
    public int? Find(string name)
    {
        for (var i = 0; i < Header.Columns.Count; i++)
        {
            if (Header.Columns[i] == name)
            {
                return i;
            }
        }
        return null;
    }
}

/// <summary>One row: texts, numbers (long, or decimal where there are digits behind the point) and nulls, by position.</summary>
public readonly struct FeedRow(object?[] cells)
{
    public int Count => cells.Length;

    /// <summary>First column: the row's key.</summary>
    public string Key => Text(0);

    /// <summary>Second column: the row is gone.</summary>
    public bool Removed => Number(1) != 0;

    /// <summary>The cell as it is: string, long, decimal or null.</summary>
    public object? Cell(int column) => cells[column];

    /// <exception cref="JournalFormatException">BadJson: not text.</exception>
    public string Text(int column) => cells[column] as string ?? throw Wrong(column, "text");

    public string? TextOrNull(int column) => cells[column] is null ? null : Text(column);

    /// <exception cref="JournalFormatException">BadJson: not a whole number.</exception>
    public long Number(int column) => cells[column] is long number ? number : throw Wrong(column, "a whole number");

    /// <exception cref="JournalFormatException">BadJson: not a number.</exception>
    public decimal Decimal(int column) => cells[column] switch
    {
        long number => number,
        decimal number => number,
        _ => throw Wrong(column, "a number"),
    };

    /// <exception cref="JournalFormatException">BadJson: not a day as yyyy-MM-dd.</exception>
    public DateOnly Day(int column) =>
        DateOnly.TryParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Wrong(column, "a day as yyyy-MM-dd");

    public DateOnly? DayOrNull(int column) => cells[column] is null or "" ? null : Day(column);

    private JournalFormatException Wrong(int column, string expected) =>
        new(Codes.BadJson, $"column {column + 1} of row \"{cells[0]}\": expected {expected}");
}
