using EdgeHub.Rules;

namespace EdgeHub.Hub.RuleBook;

/// <summary>The rule book's own words, from BookWords.csv, in one of the three languages.</summary>
public sealed class BookWords
{
    private readonly Dictionary<string, string> _words;

    public BookWords(string language)
    {
        Language = language;
        _words = CsvText.Embedded(typeof(BookWords).Assembly, "RuleBook/BookWords.csv", ["key", .. Languages.All]).Rows
            .ToDictionary(row => row.Needed("key"), row => row.Needed(language), StringComparer.Ordinal);
    }

    public string Language { get; }

    /// <exception cref="KeyNotFoundException">The table has no such row: a fault of the program.</exception>
    public string this[string key] => _words[key];

    /// <summary>The words under a key, or the text itself where nobody translated it.</summary>
    public string Or(string key, string otherwise) => _words.GetValueOrDefault(key, otherwise);
}
