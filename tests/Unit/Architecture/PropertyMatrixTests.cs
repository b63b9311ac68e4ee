using System.Text.RegularExpressions;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>The table of properties in tests/README names, for each scheme and property, a test that is there and draws its cases.</summary>
public sealed partial class PropertyMatrixTests
{
    private const int Properties = 5;
    private static readonly string[] Schemes = ["CountyPackage", "CrossRegion", "PrimaryCareChoice", "GpServices", "OutcomeContracts"];

    [Fact]
    public void Table_OfTheTestsReadme_NamesADrawnTestOfEachScheme()
    {
        var rows = Rows(CitationTests.ReadReadme("tests"));
        Assert.Equal(Properties, rows.Count);
        Repository.AssertNone(rows.SelectMany(row => Missing(row, Repository.Code)));
    }

    [Theory]
    [InlineData("public void A_B_C() => Prop.ForAll(x)", false)]
    [InlineData("public void A_B_C() => Assert.True(true)", true)]
    [InlineData("public void A_B_D() => Prop.ForAll(x)", true)]
    public void Breaks_TestThatIsNotThereOrDrawsNothing_IsFound(string source, bool isFound) => Assert.Equal(
        isFound, Missing([.. Enumerable.Repeat("A_B_C", Schemes.Length)], [.. Schemes.Select(scheme => new RepositoryFile($"tests/Unit/{scheme}/ATests.cs", source))]).Any());

    private static IEnumerable<Finding> Missing(IReadOnlyList<string> row, IReadOnlyList<RepositoryFile> code) => Schemes.Zip(row)
        .Where(each => !code.Any(file => file.Path.StartsWith($"tests/Unit/{each.First}/", StringComparison.Ordinal) && Drawn(file.Text, each.Second)))
        .Select(each => new Finding("tests/README.md", $"{each.First}: no test {each.Second} that draws its cases"));

    /// <summary>The test stands there, and Prop.ForAll before the next one.</summary>
    private static bool Drawn(string text, string name)
    {
        var from = text.IndexOf($"public void {name}(", StringComparison.Ordinal);
        var next = from < 0 ? -1 : text.IndexOf("public void ", from + 1, StringComparison.Ordinal);
        return from >= 0 && text[from..(next < 0 ? text.Length : next)].Contains("Prop.ForAll", StringComparison.Ordinal);
    }

    private static List<IReadOnlyList<string>> Rows(string readme) => [.. PropertyRow().Matches(readme).Select(row => (IReadOnlyList<string>)[.. Quoted().Matches(row.Value).Select(match => match.Groups["name"].Value)])];

    [GeneratedRegex(@"^\|[^|`]+(\|\s*`\w+_\w+`\s*){5}\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex PropertyRow();

    [GeneratedRegex(@"`(?<name>\w+_\w+)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Quoted();
}
