using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using EdgeHub.Hub.RuleBook;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Architecture;

namespace EdgeHub.Tests.Unit.Hub.RuleBook;

/// <summary>The rule book's page: every article, parameter and worked example of Rules stands in it, in three languages, and it is
/// one file that needs nothing else.</summary>
public sealed partial class RuleBookPageTests
{
    private static readonly IReadOnlyList<BookChapter> Chapters = ChapterReader.All();
    private static readonly XDocument Chinese = Read(BookPage.Write(Chapters, Languages.Chinese));
    private static readonly Dictionary<string, XElement> ById = Chinese.Descendants().Where(each => each.Attribute("id") is not null)
        .ToDictionary(each => each.Attribute("id")!.Value, StringComparer.Ordinal);

    public static TheoryData<string> InEachLanguage => [.. Languages.All];

    [Theory, MemberData(nameof(InEachLanguage))]
    public void Page_InEachLanguage_IsOneWellFormedFileThatNeedsNothingElse(string language)
    {
        var text = BookPage.Write(Chapters, language);
        var page = Read(text);

        Assert.Equal(text, BookPage.Write(ChapterReader.All(), language));
        Assert.Equal(language, page.Root!.Attribute("lang")!.Value);
        Assert.Contains(new BookWords(language)["readings"], Text(page.Root), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), each => each.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        var anchors = page.Descendants().Attributes("id").Select(each => "#" + each.Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(page.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value, anchors));
    }

    [Fact]
    public void Articles_OfRules_StandOnceWithTheirPlaceInTheDocument()
    {
        var articles = CitationTests.ArticleFields(typeof(Money).Assembly).ToList();
        Assert.True(articles.Count > 100, "The articles were not found: the test looks in the wrong place.");
        Assert.All(articles, each => Assert.Contains(each.Article.Clause.Split(',')[0], Text(Clause(each.Folder, each.Article.Rule)), StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_OfEachReadme_StandOnce()
    {
        foreach (var folder in new[] { "Benefit", "Schemes/CountyPackage", "Schemes/CrossRegion", "Schemes/PrimaryCareChoice", "Schemes/GpServices", "Schemes/OutcomeContracts" })
        {
            Assert.All(CitationTests.Listed(CitationTests.ReadReadme("shared/Rules/" + folder)), rule => Assert.NotNull(Clause(folder, rule)));
        }
    }

    [Fact]
    public void RulesToTry_AreComputedOnceEach()
    {
        Assert.All(RuleCatalogue.All, rule =>
        {
            var shown = Text(ById[rule.Name]);
            Assert.All(rule.Inputs, input => Assert.Contains(input.Key, shown, StringComparison.Ordinal));
            Assert.Contains(rule.Title.Swedish, shown, StringComparison.Ordinal);
        });
        Assert.Equal(RuleCatalogue.All.Count, Chinese.Descendants("section").Count(each => each.Attribute("class")?.Value == "case"));
        Assert.Contains("120207780.00", Text(ById["county.package-budget"].Descendants("div").First(each => each.Attribute("class")?.Value == "result")), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_OfEachScheme_StandWithTheirDaysUnderTheirRule()
    {
        var folders = Repository.Read(".csv").Where(file => file.Name == "parameters.csv" && file.Path.StartsWith("shared/Rules/Schemes/", StringComparison.Ordinal)).Select(file => file.Folders[^1]).ToList();
        Assert.True(folders.Count >= 5, "The parameters were not found: the test looks in the wrong place.");
        foreach (var (folder, row) in folders.SelectMany(folder => SchemeParameters.Shipped(folder).Rows.Select(row => (folder, row))))
        {
            var shown = Text(Clause(folder, row.Article.Split(' ')[0]));
            Assert.All(
                [row.Key, row.Value, row.Note, Written(row.Valid.First), Written(row.KnownFrom), Written(row.CheckedOn), row.Valid.LastDay is { } last ? Written(last) : "至今"],
                each => Assert.Contains(each, shown, StringComparison.Ordinal));
        }
    }

    /// <summary>Each row of each table that the tests run is a row of the page, with all that it says.</summary>
    [Fact]
    public void WorkedExamples_OfEachTable_StandRowByRowUnderTheirRule()
    {
        var tables = Repository.Read(".csv").Where(file => file.Path.StartsWith("shared/Rules/", StringComparison.Ordinal) && file.Folders[^1] == "Examples").ToList();
        Assert.True(tables.Count > 130, "The tables were not found: the test looks in the wrong place.");
        foreach (var file in tables)
        {
            var table = CsvText.Parse(file.Path, file.Text);
            var rows = Rows(Clause(file.Folders[^2], $"{file.Name[0]}{int.Parse(file.Name[1..3], CultureInfo.InvariantCulture)}")).Select(Text).ToList();
            Assert.All(table.Rows, row => Assert.Contains(rows, shown => table.Columns.All(column =>
                shown.Contains(column == "case" ? BoundaryWord().Replace(row[column], "") : row[column], StringComparison.Ordinal))));
        }
    }

    [Fact]
    public void OpenReadings_OfEachReadme_StandInThePage()
    {
        var all = Text(Chinese.Root!);
        var items = Repository.Read(".md").Where(file => file.Path.StartsWith("shared/Rules/", StringComparison.Ordinal) && file.Name == "README.md")
            .SelectMany(file => ReadmeText.Read(file.Text).SkipWhile(block => block is not BookBlock.Heading { Text: "Open readings" }).Skip(1).TakeWhile(block => block is not BookBlock.Heading))
            .OfType<BookBlock.Bullets>().SelectMany(list => list.Items).ToList();
        Assert.True(items.Count > 50, "The readings were not found: the test looks in the wrong place.");
        Assert.All(items, item => Assert.Contains(item.Replace("`", "", StringComparison.Ordinal), all, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(InEachLanguage))]
    public void Words_OfEachRuleThatHasThem_AreThoseOfTheLanguage(string language)
    {
        var page = Read(BookPage.Write(Chapters, language));
        var said = Chapters.SelectMany(chapter => chapter.Clauses).Select(clause => clause.Words).OfType<LocalText>().ToList();
        Assert.Equal(said.Select(each => each.In(language)), page.Descendants("p").Where(each => each.Attribute("class")?.Value == "words").Select(each => each.Value));
    }

    [Theory, MemberData(nameof(InEachLanguage))]
    public void Rules_OfEachDocument_HaveANameAndASentence(string language)
    {
        var clauses = Chapters.SelectMany(chapter => chapter.Clauses).ToList();
        Assert.True(clauses.Count > 140, "The rules were not found: the test looks in the wrong place.");
        Assert.Equal([], clauses.Where(clause => ClausePage.Title(clause, language).Length == 0 || clause.Words is null).Select(clause => clause.Rule));
    }

    [Fact]
    public void HostileText_AnywhereInAChapter_StaysText()
    {
        const string hostile = "<script>alert(1)</script> & \"'`<b>` -->";
        var sheet = new BookSheet(hostile, ["case", hostile, "arithmetic"], [[hostile, hostile, hostile]]);
        var clause = new BookClause("Z1", hostile)
        {
            Words = new LocalText(hostile, hostile, hostile), Told = [(hostile, hostile)], Computed = hostile, Outside = hostile, Elsewhere = hostile,
            Functions = [new BookFunction(hostile, hostile)], Sheets = [sheet], Readings = [hostile],
        };
        var chapter = new BookChapter("Z", hostile, [new BookBlock.Heading(2, hostile), new BookBlock.Paragraph(hostile), new BookBlock.Bullets([hostile])], [clause],
            [hostile], [new BookBlock.Grid([hostile], [[hostile]])], [sheet]);

        var page = Read(BookPage.Write([chapter], Languages.English));

        Assert.Empty(page.Descendants("script"));
        Assert.DoesNotContain(page.Descendants("main").Single().Descendants("b"), each => each.Value is "` -->" or "");
        Assert.True(page.Descendants().Count(each => !each.HasElements && each.Value.Contains("<script>alert(1)", StringComparison.Ordinal)) > 10);
    }

    private static XElement Clause(string folder, string rule) => ById[$"{folder.Split('/')[^1]}-{rule}"];

    private static IEnumerable<XElement> Rows(XElement clause) =>
        clause.Descendants().Where(each => each.Name == "tr" || each.Attribute("class")?.Value.StartsWith("stack", StringComparison.Ordinal) == true);

    /// <summary>What a reader sees, the spaces that set amounts apart aside.</summary>
    private static string Text(XElement element) => element.Value.Replace("\u202F", "", StringComparison.Ordinal).Replace('\u2003', ' ');

    private static string Written(DateOnly day) => Article.Written(day);

    private static XDocument Read(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [GeneratedRegex(@"^boundary:?\s*", RegexOptions.None, 60_000)]
    private static partial Regex BoundaryWord();
}
