using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using EdgeHub.Rules;

namespace EdgeHub.Pages.Speech;

/// <summary>Every word of the pages, from tables with a key and three languages. One room, one table; a key stands in one table alone.</summary>
public sealed class WordTable
{
    private readonly FrozenDictionary<string, string[]> _rows;
    private readonly Words[] _spoken;

    private WordTable(Dictionary<string, string[]> rows)
    {
        _rows = rows.ToFrozenDictionary(StringComparer.Ordinal);
        _spoken = [.. Languages.All.Select((language, column) => new Words(this, language, column))];
    }

    public IEnumerable<string> Keys => _rows.Keys;

    /// <summary>Reads the frame's own table and every Words.csv that the given assemblies hold.</summary>
    /// <exception cref="FaultException">A table is not one, a cell is empty, a key stands twice.</exception>
    public static WordTable Of(params ReadOnlySpan<Assembly> assemblies)
    {
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var assembly in (Assembly[])[typeof(WordTable).Assembly, .. assemblies])
        {
            foreach (var name in assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/')).Where(IsWords).Order(StringComparer.Ordinal))
            {
                foreach (var row in CsvText.Embedded(assembly, name, ["key", .. Languages.All]).Rows)
                {
                    if (!rows.TryAdd(row.Needed("key"), [.. Languages.All.Select(row.Needed)]))
                    {
                        throw row.Wrong(Codes.Duplicated, "key", "each key once, in one table");
                    }
                }
            }
        }
        return new WordTable(rows);
    }

    /// <exception cref="ArgumentException">Not one of our languages.</exception>
    public Words For(string language) => Array.Find(_spoken, words => words.Language == language)
        ?? throw new ArgumentException($"{language} is none of {string.Join(", ", Languages.All)}.", nameof(language));

    internal string Say(string key, int column) => _rows.TryGetValue(key, out var row)
        ? row[column]
        : throw new KeyNotFoundException($"No table of words has the key {key}.");

    private static bool IsWords(string resource) => resource.EndsWith("/Words.csv", StringComparison.Ordinal);
}

/// <summary>The words in one language. A key that no table has is a fault of the program and throws.</summary>
public sealed class Words
{
    private readonly WordTable _table;
    private readonly int _column;

    internal Words(WordTable table, string language, int column)
    {
        (_table, Language, _column) = (table, language, column);
        Formats = new Formats(this);
    }

    public string Language { get; }

    /// <summary>How sums, numbers and days are written in this language.</summary>
    public Formats Formats { get; }

    public string this[string key] => _table.Say(key, _column);

    /// <summary>A sentence with its values in the places {0}, {1} …</summary>
    public string this[string key, params object[] values] => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The word for one of several codes: the key is prefix.code.</summary>
    public string Of(string prefix, string code) => this[prefix + "." + code];

    /// <summary>A sentence that counts: key.one for one, key.many for any other number; {0} is the number.</summary>
    public string Count(string key, long number, params object[] more) =>
        this[key + (number == 1 ? ".one" : ".many"), [Formats.Number(number), .. more]];
}
