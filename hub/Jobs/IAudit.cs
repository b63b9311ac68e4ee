using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Jobs;

/// <summary>One room's part of verify: it derives again what the room keeps, and compares. Reads only.</summary>
public interface IAudit
{
    void Run(StoreSession session, string region, AuditNotes notes);
}

/// <summary>One place where what is stored is not what follows from the journals.</summary>
/// <param name="Key">Names the row.</param>
public sealed record AuditDifference(string Table, string Key, string Expected, string Found)
{
    /// <summary>Where to look first: a command; blank: nowhere better than the table.</summary>
    public string Look => AuditPlaces.Of(Table, Key);

    public override string ToString() => $"{Table} {Key}: expected {Expected}; found {Found}" + (Look.Length > 0 ? $"; look at: {Look}" : "");
}

/// <summary>Counts what was compared, and keeps the first difference.</summary>
public sealed class AuditNotes
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>By table, in the order of their names.</summary>
    public IReadOnlyDictionary<string, long> Counts => new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);

    public long Differences { get; private set; }

    /// <summary>Null: everything agrees so far.</summary>
    public AuditDifference? First { get; private set; }

    public void Count(string what, long number = 1) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, what, out _) += number;

    public void Differ(string table, string key, object? expected, object? found)
    {
        Differences++;
        First ??= new AuditDifference(table, key, Text(expected), Text(found));
    }

    /// <summary>Compares and counts under the table's name.</summary>
    public void Same<T>(string table, string key, T expected, T found)
    {
        Count(table);
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            Differ(table, key, expected, found);
        }
    }

    /// <summary>Compares two sets of rows in the order of their keys; a row that only one side has differs too.</summary>
    public void SameRows<TKey, TRow>(string table, IReadOnlyDictionary<TKey, TRow> expected, IReadOnlyDictionary<TKey, TRow> found) where TKey : notnull
    {
        foreach (var (key, name) in expected.Keys.Union(found.Keys).Select(key => (key, Name: key.ToString() ?? "")).OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            Same<object?>(table, name, expected.TryGetValue(key, out var row) ? row : null, found.TryGetValue(key, out var other) ? other : null);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "nothing",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
