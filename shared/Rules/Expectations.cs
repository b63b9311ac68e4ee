using System.Collections.Frozen;

namespace EdgeHub.Rules;

/// <summary>What would be right, in the language of the person who reads it. A fault carries it in English; Expectations.csv
/// has the other languages for the phrases that can reach a screen. A phrase without a row (a list of codes, an amount, a day)
/// is shown as it is.</summary>
public static class Expectations
{
    private static readonly FrozenDictionary<string, (string Chinese, string Swedish)> ByEnglish = Read();

    /// <summary>The English phrases that have a row.</summary>
    public static IReadOnlyCollection<string> Phrases => ByEnglish.Keys;

    /// <summary>An English phrase in one of <see cref="Languages.All"/>.</summary>
    public static string In(string language, string english) => !ByEnglish.TryGetValue(english, out var other) ? english : language switch
    {
        Languages.English => english,
        Languages.Swedish => other.Swedish,
        _ => other.Chinese,
    };

    private static FrozenDictionary<string, (string Chinese, string Swedish)> Read()
    {
        var rows = CsvText.Embedded(typeof(Expectations).Assembly, "Expectations.csv", Languages.All.ToArray()).Rows;
        return rows.ToFrozenDictionary(
            row => row.Needed(Languages.English), row => (row.Needed(Languages.Chinese), row.Needed(Languages.Swedish)), StringComparer.Ordinal);
    }
}
