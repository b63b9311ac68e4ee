using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.RuleBook;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Hub.RuleBook;

/// <summary>What the page is made with: the command, the reading of READMEs and docstrings, tables that fit on paper.</summary>
public sealed class RuleBookPartsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rulebook-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Command_WritesTheFileWithoutAByteOrderMark()
    {
        var file = Path.Combine(_folder, "new", "rules.html");

        var (code, output) = await Run("--out", file, "--language", "sv-SE");

        Assert.Equal(0, code);
        Assert.Contains(file, output, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        Assert.Contains("lang=\"sv-SE\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out", "x.html", "--language", "de-DE")]
    [InlineData("--language", "zh-CN")]
    public async Task Command_GivenWrongly_EndsWithTwo(params string[] args) => Assert.Equal(2, (await Run(args)).Code);

    [Fact]
    public void Readme_OfEachForm_IsRead()
    {
        var blocks = ReadmeText.Read("# One\n\nA line\nand its rest.\n- a\n  more of a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n## Two\n");

        Assert.Equal(
            ["Heading One", "Paragraph A line and its rest.", "Bullets a more of a/b", "Grid x,y 1,2", "Heading Two"],
            blocks.Select(block => block switch
            {
                BookBlock.Heading heading => $"Heading {heading.Text}",
                BookBlock.Paragraph paragraph => $"Paragraph {paragraph.Text}",
                BookBlock.Bullets bullets => $"Bullets {string.Join('/', bullets.Items)}",
                BookBlock.Grid table => $"Grid {string.Join(',', table.Header)} {string.Join('/', table.Rows.Select(row => string.Join(',', row)))}",
                _ => "",
            }));
    }

    [Theory]
    [InlineData("B10", true)]
    [InlineData("B17", true)]
    [InlineData("B19", true)]
    [InlineData("B20", false)]
    [InlineData("B11", false)]
    [InlineData("Z17", false)]
    public void Docstring_CitesARule_AloneOrWithinARange(string rule, bool cites)
    {
        var words = new FunctionWords("""
            <doc><members>
              <member name="M:EdgeHub.Rules.Benefit.LineRules.Split(System.Int32)"><summary>Splits B11 by
                <see cref="T:EdgeHub.Rules.Money"/>. Source: B10, B16 to B19.</summary></member>
              <member name="M:EdgeHub.Rules.Benefit.BillWork.Split"><summary>No rule. Source: B20.</summary></member>
            </members></doc>
            """);

        Assert.Equal(cites ? [new BookFunction("Split", "Splits B11 by Money. Source: B10, B16 to B19.")] : [], words.Citing("Benefit", rule));
    }

    [Theory]
    [InlineData("120207780.00", "120\u202F207\u202F780.00")]
    [InlineData("quota -3200000.55 CNY; 9999.00", "quota -3\u202F200\u202F000.55 CNY; 9999.00")]
    [InlineData("3200000.00 -50.00", "3\u202F200\u202F000.00\u2003-50.00")]
    [InlineData("0.12345678", "0.12345678")]
    [InlineData("530924100228", "530924100228")]
    public void Amounts_FromFiveDigits_HaveTheirThousandsApart(string text, string shown) => Assert.Equal(shown, BookTable.Grouped(text));

    [Fact]
    public void Table_TooWideForAPage_BecomesABlockForEachRow()
    {
        Assert.Equal(["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"], Elements(["a", "b"], ["word", "1.00"]));
        Assert.Equal(["div", "dl", .. Enumerable.Range(0, 10).SelectMany(_ => new[] { "div", "dt", "dd" })],
            Elements([.. Enumerable.Range(0, 10).Select(i => $"c{i}")], [.. Enumerable.Repeat("a cell of some twenty", 10)]));
    }

    private static IEnumerable<string> Elements(IReadOnlyList<string> head, IReadOnlyList<string> row)
    {
        var page = HtmlText.Page("en-GB", "", "", html => BookTable.Write(html, "x", head, [row]));
        return System.Xml.Linq.XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Descendants("body").Single().Descendants().Select(each => each.Name.LocalName);
    }

    private static async Task<(int Code, string Output)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var frame = new CommandFrame(TimeProvider.System, new SystemEntropy(), output, new StringWriter());
        RuleBookCommand.Register(frame);
        return (await frame.Run(["rulebook", .. args]), output.ToString());
    }
}
