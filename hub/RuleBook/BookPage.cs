using System.Globalization;

namespace EdgeHub.Hub.RuleBook;

/// <summary>The rule book as one page: title, how to read it, contents, and a chapter for each document. It needs no script and no
/// network, and prints on A4.</summary>
public static class BookPage
{
    /// <param name="language">One of the three languages of the product.</param>
    public static string Write(IReadOnlyList<BookChapter> chapters, string language)
    {
        var words = new BookWords(language);
        return HtmlText.Page(language, $"EdgeHub · {words["title"]}", Css(), html =>
        {
            html.In("header", () =>
            {
                html.Leaf("p", "brand", "EdgeHub");
                html.Leaf("h1", "", words["title"]);
                html.Leaf("p", "subtitle", words["subtitle"]);
                html.Leaf("p", "", words["what"]);
                html.Leaf("p", "", words["language-note"]);
            }, ("class", "cover"));
            Legend(html, words);
            Contents(html, words, chapters);
            html.In("main", () =>
            {
                foreach (var chapter in chapters)
                {
                    Chapter(html, words, chapter);
                }
            });
        });
    }

    private static string Css()
    {
        var css = Array.Find(typeof(BookPage).Assembly.GetManifestResourceNames(), each => each.Replace('\\', '/') == "RuleBook/rulebook.css")
            ?? throw new InvalidOperationException("The hub carries no style sheet of the rule book.");
        using var reader = new StreamReader(typeof(BookPage).Assembly.GetManifestResourceStream(css)!);
        return reader.ReadToEnd();
    }

    private static string Title(BookWords words, BookChapter chapter) => words.Or("chapter." + chapter.Id, chapter.EnglishTitle);

    private static void Legend(HtmlText html, BookWords words) => html.In("section", () =>
    {
        html.Leaf("h2", "", words["legend"]);
        html.In("dl", () =>
        {
            Row("rule", "Z5", "legend.number");
            Row("mark computed", words["computed"], "legend.computed");
            Row("mark outside", words["outside"], "legend.outside");
            Row("label", words["case"], "legend.case");
            Row("mark bound", words["boundary"], "legend.boundary");
            Row("mark reading", words["readings"], "legend.reading");
        });

        void Row(string css, string sign, string key) =>
            html.In("div", () => html.In("dt", () => html.Leaf("span", css, sign)).Leaf("dd", "", words[key]));
    }, ("class", "legend"));

    private static void Contents(HtmlText html, BookWords words, IReadOnlyList<BookChapter> chapters) => html.In("nav", () =>
    {
        html.Leaf("h2", "", words["contents"]);
        foreach (var chapter in chapters)
        {
            html.In("h3", () => html.Leaf("a", "", Title(words, chapter), ("href", "#" + chapter.Id)).Text(" ")
                .Leaf("small", "", chapter.Clauses.Count > 0 ? string.Format(CultureInfo.InvariantCulture, words["rules"], chapter.Clauses.Count) : ""));
            if (chapter.Clauses.Count > 0)
            {
                html.In("ul", () =>
                {
                    foreach (var clause in chapter.Clauses)
                    {
                        var name = ClausePage.Title(clause, words.Language);
                        html.In("li", () => html.In("a", () => html.Leaf("span", "rule", clause.Rule).Text(" ").Text(name.Length > 0 ? name : words[clause.Outside.Length > 0 ? "outside" : clause.Computed.Length > 0 ? "computed" : "elsewhere"]),
                            ("href", "#" + ClausePage.Anchor(chapter, clause))));
                    }
                });
            }
        }
    }, ("class", "contents"));

    private static void Chapter(HtmlText html, BookWords words, BookChapter chapter) => html.In("section", () =>
    {
        html.Leaf("h2", "", Title(words, chapter));
        html.In("div", () => Blocks(html, chapter.Introduction), ("class", "introduction"), ("lang", "en-GB"));
        var page = new ClausePage(html, words, chapter);
        foreach (var clause in chapter.Clauses)
        {
            page.Write(clause);
        }
        ClausePage.Readings(html, words, chapter.Readings);
        if (chapter.Sections.Count > 0)
        {
            html.Leaf("h3", "more", words["more"]);
            html.In("div", () => Blocks(html, chapter.Sections), ("class", "more"), ("lang", "en-GB"));
        }
        if (chapter.Lists.Count > 0)
        {
            html.Leaf("h3", "more", words["lists"]);
        }
        foreach (var list in chapter.Lists)
        {
            html.Leaf("p", "list-name", list.Name);
            BookTable.Write(html, "lists", list.Columns, [.. list.Rows.Select(row => row.Select(Read).ToList())]);
        }
    }, ("class", "chapter"), ("id", chapter.Id));

    /// <summary>A cell as a person reads it: a name to be filled in, and columns set apart by a bar.</summary>
    private static string Read(string cell) => cell.Replace("{0}", "…", StringComparison.Ordinal).Replace("|", " · ", StringComparison.Ordinal);

    private static void Blocks(HtmlText html, IReadOnlyList<BookBlock> blocks)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case BookBlock.Heading heading:
                    html.Leaf("h4", "", heading.Text);
                    break;
                case BookBlock.Paragraph paragraph:
                    html.In("p", () => html.WithCode(paragraph.Text));
                    break;
                case BookBlock.Bullets bullets:
                    html.In("ul", () =>
                    {
                        foreach (var item in bullets.Items)
                        {
                            html.In("li", () => html.WithCode(item));
                        }
                    });
                    break;
                case BookBlock.Grid table:
                    BookTable.Write(html, "lists", table.Header, table.Rows);
                    break;
            }
        }
    }
}
