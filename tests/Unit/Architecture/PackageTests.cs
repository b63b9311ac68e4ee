using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Every package has one exact version, in one place, and stands with it in the README's table of packages.</summary>
public sealed partial class PackageTests
{
    [Fact]
    public void Packages_OfTheRepository_ArePinnedAndInTheReadme()
    {
        var central = XDocument.Parse(Text("Directory.Packages.props"));
        Assert.NotEmpty(Versions(central));
        Repository.AssertNone(NotPinned(central).Concat(NotTold(central, Text("README.md"))));
    }

    [Fact]
    public void Projects_TakeVersionsFromTheCentralPlace() => Repository.AssertNone(Repository.Read(".csproj").SelectMany(OwnVersion));

    [Theory]
    [InlineData("1.2.3", false)]
    [InlineData("1.2.*", true)]
    [InlineData("[1.0,2.0)", true)]
    [InlineData("", true)]
    public void Breaks_VersionThatIsNotExact_IsFound(string version, bool isFound) => Assert.Equal(isFound, NotPinned(Central(version)).Any());

    [Theory]
    [InlineData("| Dapper | 2.1.86 | queries |", false)]
    [InlineData("| `Dapper` | 2.1.86 | queries |", false)]
    [InlineData("| Serilog, Dapper | 3.1.1, 2.1.86 | queries |", false)]
    [InlineData("| Dapper | 2.1.85 | queries |", true)]
    [InlineData("Dapper 2.1.86 is told of, but has no row", true)]
    public void Breaks_PackageThatTheReadmeDoesNotTell_IsFound(string readme, bool isFound) => Assert.Equal(isFound, NotTold(Central("2.1.86"), readme).Any());

    [Fact]
    public void Breaks_VersionInAProject_IsFound()
    {
        Assert.NotEmpty(OwnVersion(new RepositoryFile("a.csproj", """<Project><ItemGroup><PackageReference Include="Dapper" Version="1.0.0" /></ItemGroup></Project>""")));
        Assert.Empty(OwnVersion(new RepositoryFile("a.csproj", """<Project><ItemGroup><PackageReference Include="Dapper" /></ItemGroup></Project>""")));
    }

    private static XDocument Central(string version) =>
        XDocument.Parse($"""<Project><ItemGroup><PackageVersion Include="Dapper" Version="{version}" /></ItemGroup></Project>""");

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static IEnumerable<(string Name, string Version)> Versions(XDocument central) =>
        central.Descendants("PackageVersion").Select(each => ((string?)each.Attribute("Include") ?? "", (string?)each.Attribute("Version") ?? ""));

    private static IEnumerable<Finding> NotPinned(XDocument central) => Versions(central)
        .Where(each => !Exact().IsMatch(each.Version)).Select(each => new Finding("Directory.Packages.props", $"{each.Name} has no exact version: \"{each.Version}\""));

    private static IEnumerable<Finding> NotTold(XDocument central, string readme)
    {
        var rows = readme.Split('\n').Where(line => line.StartsWith('|')).Select(line => Word().Matches(line).Select(match => match.Value).ToHashSet(StringComparer.Ordinal)).ToList();
        return Versions(central).Where(each => !rows.Any(words => words.Contains(each.Version) && IsNamed(words, each.Name)))
            .Select(each => new Finding("README.md", $"no row of a table has both {each.Name} and {each.Version}"));
    }

    /// <summary>A row names a package in full, or a family by its first word with the rest beside it: Serilog (+ Sinks.File).</summary>
    private static bool IsNamed(HashSet<string> words, string package) =>
        words.Contains(package) || words.Any(first => package.StartsWith(first + ".", StringComparison.Ordinal) && words.Contains(package[(first.Length + 1)..]));

    private static IEnumerable<Finding> OwnVersion(RepositoryFile project) => XDocument.Parse(project.Text).Descendants("PackageReference")
        .Where(each => each.Attribute("Version") is not null || each.Attribute("VersionOverride") is not null)
        .Select(each => new Finding(project.Path, $"{each.Attribute("Include")?.Value} has a version of its own"));

    [GeneratedRegex(@"[\w.-]+", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[\w.]+)?$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Exact();
}
