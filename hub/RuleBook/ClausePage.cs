using System.Globalization;
using System.Text.RegularExpressions;
using EdgeHub.Rules;

namespace EdgeHub.Hub.RuleBook;

/// <summary>One rule on the page: number and place, the rule in words, what computes it, its numbers, a computed case, its worked
/// examples and what is open.</summary>
public sealed partial class ClausePage(HtmlText html, BookWords words, BookChapter chapter)
{
    private const string English = "en-GB";
    private const string Boundary = "boundary";

    /// <summary>What a rule is called: by its words, else by the rule to try whose first article it is; empty: nothing.</summary>
    public static string Title(BookClause clause, string language) => (clause.Name ?? clause.Cases.FirstOrDefault()?.Title)?.In(language) ?? "";

    public static string Anchor(BookChapter chapter, BookClause clause) => $"{chapter.Id}-{clause.Rule}";

    public void Write(BookClause clause) => html.In("article", () =>
    {
        html.In("header", () =>
        {
            html.In("h3", () => html.Leaf("span", "rule", clause.Rule).Text(" ").Leaf("span", "place", clause.Place, ("lang", PlaceLanguage)).Text(" ").Leaf("span", "name", Title(clause, words.Language)));
            html.In("p", () => Marks(clause), ("class", "marks"));
        });
        if (clause.Words is { } said)
        {
            html.Leaf("p", "words", said.In(words.Language));
        }
        foreach (var (heading, text) in clause.Told)
        {
            html.In("p", () => html.Leaf("b", "", words.Or("told." + heading, heading)).Text(" ").In("span", () => html.WithCode(text), ("lang", English)), ("class", "told"));
        }
        Where("computed", NamesAlone().IsMatch(clause.Computed) ? "" : clause.Computed);
        Where("outside", clause.Outside);
        Where("elsewhere", clause.Elsewhere);
        Functions(clause.Functions);
        Parameters(clause.Parameters);
        Cases(clause);
        Examples(clause.Sheets);
        Readings(html, words, clause.Readings);
    }, ("class", "clause"), ("id", Anchor(chapter, clause)));

    public static void Readings(HtmlText html, BookWords words, IReadOnlyList<string> readings)
    {
        if (readings.Count > 0)
        {
            html.In("aside", () =>
            {
                html.Leaf("h4", "", words["readings"]);
                html.In("ul", () =>
                {
                    foreach (var reading in readings)
                    {
                        html.In("li", () => html.WithCode(reading));
                    }
                }, ("lang", English));
            }, ("class", "readings"));
        }
    }

    private string PlaceLanguage => chapter.Id switch
    {
        "CountyPackage" or "CrossRegion" => Languages.Chinese,
        "PrimaryCareChoice" or "OutcomeContracts" => Languages.Swedish,
        _ => English,
    };

    private void Marks(BookClause clause)
    {
        foreach (var (key, text) in new[] { ("computed", clause.Computed), ("outside", clause.Outside), ("elsewhere", clause.Elsewhere) })
        {
            if (text.Length > 0)
            {
                html.Leaf("span", "mark " + key, words[key]);
            }
        }
    }

    private void Where(string key, string text)
    {
        if (text.Length > 0)
        {
            html.In("p", () => html.Leaf("b", "", words[key]).Text(" ").In("span", () => html.WithCode(text), ("lang", English)), ("class", "told"));
        }
    }

    private void Functions(IReadOnlyList<BookFunction> functions)
    {
        if (functions.Count > 0)
        {
            html.Leaf("h4", "", words["functions"]);
            html.In("dl", () =>
            {
                foreach (var function in functions)
                {
                    html.In("div", () => html.In("dt", () => html.Leaf("code", "", function.Name)).Leaf("dd", "", function.Words, ("lang", English)));
                }
            }, ("class", "functions"));
        }
    }

    private void Parameters(IReadOnlyList<ParameterRow> parameters)
    {
        if (parameters.Count > 0)
        {
            html.Leaf("h4", "", words["parameters"]);
            BookTable.Write(html, "parameters",
                [words["parameter"], words["value"], words["unit-alone"], words["first-day"], words["last-day"], words["known-from"], words["checked-on"]],
                [.. parameters.Select(row => (IReadOnlyList<string>)
                    [row.Key, row.Value, words.Or("unit." + row.Unit, row.Unit), Day(row.Valid.First), row.Valid.LastDay is { } last ? Day(last) : words["open-end"], Day(row.KnownFrom), Day(row.CheckedOn)])]);
            html.In("ul", () =>
            {
                foreach (var row in parameters.Where(row => row.Note.Length > 0))
                {
                    html.In("li", () => html.Leaf("code", "", row.Key).Text(" ").Leaf("span", "", row.Note, ("lang", English)));
                }
            }, ("class", "notes"));
        }
    }

    private void Cases(BookClause clause)
    {
        if (clause.Cases.Count > 0)
        {
            html.Leaf("h4", "", words["case"]);
            foreach (var rule in clause.Cases)
            {
                ComputedCase.Write(html, words, rule);
            }
        }
        if (clause.AlsoIn.Count > 0)
        {
            html.In("p", () =>
            {
                html.Leaf("b", "", words["also"]);
                foreach (var rule in clause.AlsoIn)
                {
                    html.Text(" ").Leaf("a", "", rule.Title.In(words.Language), ("href", "#" + rule.Name));
                }
            }, ("class", "told also"));
        }
    }

    private void Examples(IReadOnlyList<BookSheet> sheets)
    {
        if (sheets.Count > 0)
        {
            html.Leaf("h4", "", words["examples"]);
        }
        foreach (var sheet in sheets)
        {
            html.Leaf("p", "list-name", sheet.Name);
            var head = sheet.Columns.Select(column => column switch { "case" => words["example-case"], "arithmetic" => words["arithmetic"], _ => column }).ToList();
            if (BookTable.Width(head, sheet.Rows) <= BookTable.PageCharacters)
            {
                BookTable.Write(html, "examples", head, sheet.Rows, Case);
                continue;
            }
            foreach (var row in sheet.Rows)
            {
                html.In("div", () =>
                {
                    html.In("p", () => Case(row[0]), ("class", "stack-case"));
                    BookTable.Pairs(html, [.. sheet.Columns.Zip(row).Skip(1).Where(each => each.First != "arithmetic")]);
                    var arithmetic = row[sheet.Columns.ToList().IndexOf("arithmetic")];
                    if (arithmetic.Length > 0)
                    {
                        html.In("p", () => html.Leaf("b", "", words["arithmetic"]).Text(" " + arithmetic), ("class", "arithmetic"));
                    }
                }, ("class", "stack"));
            }
        }
    }

    /// <summary>A case on a bound says so in the reader's language.</summary>
    private void Case(string text)
    {
        var isBoundary = text.StartsWith(Boundary, StringComparison.Ordinal);
        if (isBoundary)
        {
            html.Leaf("span", "mark bound", words["boundary"]).Text(" ");
        }
        html.Text(isBoundary ? text[Boundary.Length..].TrimStart(':', ' ') : text);
    }

    /// <summary>Nothing but names of functions, which are listed below.</summary>
    [GeneratedRegex(@"^(computed here|(`\w+`(, )?)+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamesAlone();

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
