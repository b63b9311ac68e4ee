using System.Text.RegularExpressions;
using EdgeHub.Rules;
using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Every rule that a README under Rules calls "computed here", and every rule whose article code gives, has a test class
/// of its name (Z05Tests) and a table of worked examples (Examples/Z05.csv beside the rules): an ordinary case, and a boundary case whose
/// arithmetic stands beside it.</summary>
public sealed partial class ExampleTableTests
{
    /// <summary>Rules whose examples stand in another rule's table, and why.</summary>
    private static readonly Dictionary<string, string?> ToldElsewhere = new(StringComparer.Ordinal)
    {
        ["B8"] = "B10", // the parts of a line sum to it: columns of the line's table
        ["B12"] = "B01", // rates are data: what a book refuses
        ["B17"] = "B10", // steps of one line
        ["B18"] = "B10",
    };

    [Fact]
    public void ComputedRules_HaveATestClassAndATableWithABoundaryCase()
    {
        var readmes = Repository.Read(".md").Where(file => file.Path.StartsWith("shared/Rules/", StringComparison.Ordinal) && file.Name == "README.md").ToList();
        var computed = readmes.SelectMany(file => Computed(file.Text)).Concat(GivenInCode()).Distinct().ToList();
        Assert.True(computed.Count > 20, "The rules were not found: the test looks in the wrong place.");
        Assert.All(ToldElsewhere.Keys, rule => Assert.Contains(rule, computed));
        var rules = computed.Select(rule => ToldElsewhere.GetValueOrDefault(rule, rule)).OfType<string>().Distinct();
        var tables = Repository.Read(".csv").Where(file => file.Path.StartsWith("shared/Rules/", StringComparison.Ordinal) && file.Folders.Contains("Examples", StringComparer.Ordinal)).ToList();
        Repository.AssertNone(rules.SelectMany(rule => Missing(rule, Repository.Code, tables)));
    }

    [Theory]
    [InlineData("public sealed class Z05Tests", "case,x,arithmetic\nworked example,2,1 + 1\nboundary: none,1,1 + 0\n", false)]
    [InlineData("public sealed class Z05Tests", "case,x,arithmetic\nworked example,2,1 + 1\nboundary: none,1,\n", true)]
    [InlineData("public sealed class Z05Tests", "case,x,arithmetic\nworked example,2,1 + 1\n", true)]
    [InlineData("public sealed class Z05Tests", "case,x,arithmetic\nboundary: none,1,1 + 0\n", true)]
    [InlineData("public sealed class Z06Tests", "case,x,arithmetic\nworked example,2,1 + 1\nboundary: none,1,1 + 0\n", true)]
    public void Breaks_RuleWithoutClassOrBoundary_IsFound(string source, string table, bool isFound)
    {
        var findings = Missing("Z5", [new RepositoryFile("tests/Unit/A/Z05Tests.cs", source)], [new RepositoryFile("shared/Rules/A/Examples/Z05.csv", table)]);
        Assert.Equal(isFound, findings.Any());
    }

    [Fact]
    public void Breaks_RuleWithoutATable_IsFound() =>
        Assert.NotEmpty(Missing("Z5", [new RepositoryFile("tests/Unit/A/Z05Tests.cs", "class Z05Tests")], []));

    /// <summary>Rules whose article a function of Rules loads; templates to try a rule and the lists of articles aside.</summary>
    private static IEnumerable<string> GivenInCode()
    {
        var known = CitationTests.ArticleFields(typeof(Money).Assembly).ToDictionary(each => each.Field, each => each.Article.Rule, StringComparer.Ordinal);
        return Assembled.Rules.Types.Where(type => !type.Name.EndsWith("Articles", StringComparison.Ordinal) && !type.Name.Contains("Descriptor", StringComparison.Ordinal))
            .SelectMany(Assembled.WithNested).SelectMany(type => type.Methods).Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions).Select(each => each.Operand).OfType<FieldReference>()
            .Select(field => known.GetValueOrDefault($"{field.DeclaringType.FullName}.{field.Name}")).OfType<string>();
    }

    private static IEnumerable<string> Computed(string readme) => ComputedRow().Matches(readme).Select(match => match.Groups["rule"].Value);

    private static IEnumerable<Finding> Missing(string rule, IReadOnlyList<RepositoryFile> code, IReadOnlyList<RepositoryFile> tables)
    {
        var name = $"{rule[0]}{rule[1..].PadLeft(2, '0')}";
        if (!code.Any(file => file.Path.StartsWith("tests/", StringComparison.Ordinal) && Regex.IsMatch(file.Text, $@"\bclass {name}Tests\b", RegexOptions.None, TimeSpan.FromMinutes(1))))
        {
            yield return new Finding(rule, $"no test class {name}Tests");
        }
        var table = tables.FirstOrDefault(file => file.Name == $"{name}.csv");
        if (table is null)
        {
            yield return new Finding(rule, $"no table {name}.csv");
        }
        else
        {
            var rows = CsvText.Parse(table.Path, table.Text, "case", "arithmetic").Rows;
            if (!rows.Any(row => IsBoundary(row) && row["arithmetic"].Length > 0))
            {
                yield return new Finding(table.Path, "no row whose case begins with boundary and that shows its arithmetic");
            }
            if (rows.All(IsBoundary))
            {
                yield return new Finding(table.Path, "no row but boundaries");
            }
        }
    }

    private static bool IsBoundary(CsvRow row) => row["case"].StartsWith("boundary", StringComparison.Ordinal);

    [GeneratedRegex(@"^\|\s*(?<rule>[A-Z]\d+)\s*\|.*\bcomputed here\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex ComputedRow();
}
