using EdgeHub.Rules;

namespace EdgeHub.Hub.RuleBook;

/// <summary>Each rule in a sentence or two, for a reader of the law: words.csv beside the rules, with the columns rule, zh-CN,
/// sv-SE, en-GB, and before them the same three under "name": what the rule is called where no rule to try names it.</summary>
public static class RuleWords
{
    private const string NameOf = "name ";

    /// <param name="kind">Empty: the rule in words. "name ": what it is called.</param>
    /// <returns>Null: the folder has no words.csv, no row for the rule, or nothing in it.</returns>
    public static LocalText? Of(string folder, string rule, string kind) => ChapterReader.Has($"{folder}/words.csv")
        ? CsvText.Parse($"{folder}/words.csv", ChapterReader.Text($"{folder}/words.csv"), ["rule", .. Languages.All.Select(each => NameOf + each), .. Languages.All]).Rows
            .Where(row => row["rule"] == rule && row[kind + Languages.Default].Length > 0)
            .Select(row => new LocalText(row.Needed(kind + Languages.Chinese), row.Needed(kind + Languages.Swedish), row.Needed(kind + Languages.English))).FirstOrDefault()
        : null;
}
