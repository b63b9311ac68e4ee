using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeHub.Hub.RuleBook;

/// <summary>What the functions of the rules say of themselves: the compiler's file of docstrings, read once.</summary>
public sealed partial class FunctionWords
{
    private readonly List<(string Folder, BookFunction Function)> _all = [];

    public FunctionWords(string xml)
    {
        foreach (var member in XDocument.Parse(xml).Descendants("member"))
        {
            if (RuleFunction().Match(member.Attribute("name")?.Value ?? "") is { Success: true } match && member.Element("summary") is { } summary)
            {
                _all.Add((match.Groups["folder"].Value.Replace('.', '/'), new BookFunction(match.Groups["name"].Value, Blanks().Replace(Plain(summary), " ").Trim())));
            }
        }
    }

    /// <summary>The functions of a folder with these names, in the order of the names; one of several forms has a row for each.</summary>
    public IReadOnlyList<BookFunction> Named(string folder, IReadOnlyList<string> names) =>
        [.. names.SelectMany(name => _all.Where(each => each.Folder == folder && each.Function.Name == name).Select(each => each.Function).Distinct().DefaultIfEmpty(new BookFunction(name, "")))];

    /// <summary>The functions of a folder whose docstring gives this rule as its source, alone or within "B16 to B19".</summary>
    public IReadOnlyList<BookFunction> Citing(string folder, string rule) =>
        [.. _all.Where(each => each.Folder == folder && Cites(each.Function.Words, rule)).Select(each => each.Function).Distinct()];

    private static bool Cites(string words, string rule)
    {
        var from = words.IndexOf("Source: ", StringComparison.Ordinal);
        return from >= 0 && Range().Matches(words, from).Any(match => match.Groups["letter"].Value[0] == rule[0] && Number(rule[1..]) >= Number(match.Groups["first"].Value)
            && Number(rule[1..]) <= Number(match.Groups["last"] is { Success: true } last ? last.Value : match.Groups["first"].Value));
    }

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A reference is shown by the last part of its name.</summary>
    private static string Plain(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } named => (named.Attribute("cref") ?? named.Attribute("name") ?? named.Attribute("langword"))?.Value.Split('(')[0].Split('.', ':')[^1] ?? "",
        XElement other => Plain(other),
        _ => "",
    }));

    [GeneratedRegex(@"^M:EdgeHub\.Rules\.(?<folder>[\w.]+)\.\w+(Rules|Scheme)\.(?<name>[A-Z]\w*)(\(|`|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleFunction();

    [GeneratedRegex(@"\b(?<letter>[A-Z])(?<first>\d+)( to [A-Z](?<last>\d+))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
