using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using EdgeHub.Rules;

namespace EdgeHub.Hub.RuleBook;

/// <summary>Makes the chapters out of what already is: each folder's README, the descriptors, the shipped parameters, and the tables
/// of worked examples that the tests run. Nothing is written here a second time.</summary>
public static partial class ChapterReader
{
    private const string RulesRoot = "Rules/";

    /// <summary>Chapters in the order of reading; what is not named follows in the order of its folder.</summary>
    private static readonly string[] Order =
        ["Benefit", "Schemes/CountyPackage", "Schemes/CrossRegion", "Schemes/PrimaryCareChoice", "Schemes/GpServices", "Schemes/OutcomeContracts"];

    public static IReadOnlyList<BookChapter> All()
    {
        var functions = new FunctionWords(Text("EdgeHub.Rules.xml"));
        var folders = Resources().Where(name => name.EndsWith("/README.md", StringComparison.Ordinal)).Select(name => name[..^"/README.md".Length]);
        return [.. folders.OrderBy(folder => Array.IndexOf(Order, folder) is >= 0 and var at ? at : Order.Length).ThenBy(folder => folder, StringComparer.Ordinal)
            .Select(folder => Chapter(folder, functions))];
    }

    /// <summary>A text file that the hub carries of the rules, by its path below shared/Rules.</summary>
    internal static string Text(string path)
    {
        var resource = Array.Find(typeof(ChapterReader).Assembly.GetManifestResourceNames(), each => each.Replace('\\', '/') == RulesRoot + path)
            ?? throw new InvalidOperationException($"The hub carries no {path} of the rules.");
        using var reader = new StreamReader(typeof(ChapterReader).Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    internal static bool Has(string path) => Resources().Contains(path, StringComparer.Ordinal);

    private static IEnumerable<string> Resources() => typeof(ChapterReader).Assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/'))
        .Where(name => name.StartsWith(RulesRoot, StringComparison.Ordinal)).Select(name => name[RulesRoot.Length..]).Order(StringComparer.Ordinal);

    private static BookChapter Chapter(string folder, FunctionWords functions)
    {
        var blocks = ReadmeText.Read(Text($"{folder}/README.md"));
        var title = blocks.OfType<BookBlock.Heading>().First().Text;
        var sections = Sections(blocks);
        var readings = sections.Where(section => section.Heading == "Open readings").SelectMany(section => section.Blocks).OfType<BookBlock.Bullets>().SelectMany(list => list.Items).ToList();
        var clauses = sections.SelectMany(section => section.Blocks).OfType<BookBlock.Grid>().Where(IsRules)
            .SelectMany(table => table.Rows.Select(row => Clause(folder, table.Header, row, readings, functions))).ToList();
        var known = clauses.Select(clause => clause.Rule).ToHashSet(StringComparer.Ordinal);
        var rest = sections.Skip(1).Where(section => section.Heading is not ("Open readings" or "Where each rule is"))
            .SelectMany(section => section.Blocks.Where(block => block is not BookBlock.Grid table || !IsRules(table)).Prepend(new BookBlock.Heading(3, section.Heading)));
        return new BookChapter(folder.Split('/')[^1], title, [.. sections[0].Blocks.Where(block => block is not BookBlock.Grid table || !IsRules(table))], clauses,
            [.. Unlisted(sections), .. readings.Where(reading => !RulesOf(reading).Any(known.Contains))], WithoutEmpty([.. rest]), Lists(folder));
    }

    /// <summary>What the section of open readings says outside its list, for example above it.</summary>
    private static IEnumerable<string> Unlisted(IEnumerable<(string Heading, List<BookBlock> Blocks)> sections) =>
        sections.Where(section => section.Heading == "Open readings").SelectMany(section => section.Blocks).OfType<BookBlock.Paragraph>().Select(each => each.Text);

    /// <summary>The first section is what stands under the README's own heading.</summary>
    private static List<(string Heading, List<BookBlock> Blocks)> Sections(IReadOnlyList<BookBlock> blocks)
    {
        var sections = new List<(string Heading, List<BookBlock> Blocks)> { ("", []) };
        foreach (var block in blocks.Skip(1))
        {
            if (block is BookBlock.Heading heading)
            {
                sections.Add((heading.Text, []));
            }
            else
            {
                sections[^1].Blocks.Add(block);
            }
        }
        return sections;
    }

    /// <summary>Without headings under which nothing is left, since the table of rules became the clauses.</summary>
    private static List<BookBlock> WithoutEmpty(List<BookBlock> blocks) =>
        [.. blocks.Where((block, i) => block is not BookBlock.Heading || (i + 1 < blocks.Count && blocks[i + 1] is not BookBlock.Heading))];

    private static bool IsRules(BookBlock.Grid table) => table.Header[0] == "rule";

    private static BookClause Clause(string folder, IReadOnlyList<string> header, IReadOnlyList<string> row, IReadOnlyList<string> readings, FunctionWords functions)
    {
        var rule = row[0];
        var article = Articles(folder).FirstOrDefault(each => each.Rule == rule);
        var where = header.Select((name, i) => (name, row[i])).FirstOrDefault(each => each.name == "where").Item2 ?? "";
        var (computed, outside, elsewhere) = Where(where);
        var place = header[1] is "clause" or "heading";
        var named = Quoted().Matches(computed).Select(match => match.Groups["name"].Value).ToList();
        return new BookClause(rule, place ? row[1] : article?.Clause ?? "")
        {
            Name = RuleWords.Of(folder, rule, "name "),
            Words = RuleWords.Of(folder, rule, ""),
            Told = [.. header.Select((name, i) => (Heading: name, Text: row[i])).Skip(place ? 2 : 1).Where(each => each.Heading != "where" && each.Text.Length > 0)],
            Computed = computed, Outside = outside, Elsewhere = elsewhere,
            Functions = named.Count > 0 ? functions.Named(folder, named) : functions.Citing(folder, rule),
            Cases = [.. RuleCatalogue.All.Where(each => ReferenceEquals(each.Articles[0], article))],
            AlsoIn = [.. RuleCatalogue.All.Where(each => each.Articles.Skip(1).Any(other => ReferenceEquals(other, article)))],
            Parameters = [.. Parameters(folder).Where(each => each.Article.Split(' ')[0] == rule)],
            Sheets = [.. Sheets(folder, rule)],
            Readings = [.. readings.Where(reading => RulesOf(reading).Contains(rule, StringComparer.Ordinal))],
        };
    }

    private static (string Computed, string Outside, string Elsewhere) Where(string cell)
    {
        var outside = cell.IndexOf("outside arithmetic: ", StringComparison.Ordinal);
        var here = (outside < 0 ? cell : cell[..outside]).TrimEnd(' ', ';');
        var isComputed = here.StartsWith("computed here", StringComparison.Ordinal);
        return (isComputed ? here["computed here".Length..].TrimStart(':', ';', ' ') is { Length: > 0 } said ? said : "computed here" : "",
            outside < 0 ? "" : cell[(outside + "outside arithmetic: ".Length)..], isComputed ? "" : here);
    }

    private static IEnumerable<Article> Articles(string folder) =>
        from type in typeof(Article).Assembly.GetTypes()
        where type.Namespace == "EdgeHub.Rules." + folder.Replace('/', '.') && type.Name.EndsWith("Articles", StringComparison.Ordinal)
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.FieldType == typeof(Article)
        select (Article)field.GetValue(null)!;

    private static IReadOnlyList<ParameterRow> Parameters(string folder) => Shipped(folder).Contains($"{folder}/parameters.csv") ? SchemeParameters.Shipped(folder.Split('/')[^1]).Rows : [];

    private static IEnumerable<BookSheet> Sheets(string folder, string rule)
    {
        var name = $"{rule[0]}{rule[1..].PadLeft(2, '0')}";
        return Resources().Where(each => each == $"{folder}/Examples/{name}.csv" || each.StartsWith($"{folder}/Examples/{name}-", StringComparison.Ordinal))
            .OrderBy(each => each.Length).ThenBy(each => each, StringComparer.Ordinal)
            .Select(each => Sheet(CsvText.Parse(each, Text(each), "case", "arithmetic")));
    }

    private static IReadOnlyList<BookSheet> Lists(string folder) =>
        [.. Shipped(folder).Where(each => !each.EndsWith("/parameters.csv", StringComparison.Ordinal)).Select(each => Sheet(CsvText.Embedded(typeof(Article).Assembly, each)))];

    private static BookSheet Sheet(CsvText table) => new(table.Name.Split('/')[^1][..^".csv".Length], table.Columns, [.. table.Rows.Select(row => table.Columns.Select(column => row[column]).ToList())]);

    /// <summary>Tables that Rules itself carries in a scheme's folder.</summary>
    private static IReadOnlyList<string> Shipped(string folder) => folder.StartsWith("Schemes/", StringComparison.Ordinal)
        ? [.. typeof(Article).Assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/')).Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The rules that a reading names before its colon: "Z5, Z6: …".</summary>
    private static IEnumerable<string> RulesOf(string reading) => reading.IndexOf(':', StringComparison.Ordinal) is > 0 and < 40 and var colon
        ? RuleName().Matches(reading[..colon]).Select(match => match.Value)
        : [];

    [GeneratedRegex(@"\b[A-Z]\d+\b", RegexOptions.None, 1000)]
    private static partial Regex RuleName();

    [GeneratedRegex(@"`(?<name>[A-Z]\w*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
