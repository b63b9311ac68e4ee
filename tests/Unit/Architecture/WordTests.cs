using System.Text.RegularExpressions;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>No left-over marks, no empty class names, no skipped test without a reason, no places of one machine.</summary>
public sealed partial class WordTests
{
    private static readonly string[] EmptyNames = ["Services", "Service", "Managers", "Manager", "Helpers", "Helper", "Utils", "Util", "Utilities", "Common"];
    private const int ShortestReason = 15;

    [Fact]
    public void Files_OfTheRepository_HaveNoLeftOverMarks() =>
        Repository.AssertNone(Repository.Read(".cs", ".sql", ".sh", ".csproj", ".props", ".md", ".razor", ".cshtml", ".js", ".css").SelectMany(LeftOver));

    [Fact]
    public void Types_OfTheRepository_AreNotNamedEmptily() => Repository.AssertNone(Repository.Code.SelectMany(NamedEmptily));

    [Fact]
    public void Tests_ThatAreSkipped_SayWhy() => Repository.AssertNone(Repository.Code.SelectMany(SkippedSilently));

    [Theory]
    [InlineData("// TO" + "DO: later", true)]
    [InlineData("throw new NotImplemented" + "Exception();", true)]
    [InlineData("# FIX" + "ME", true)]
    [InlineData("cd /wo" + "rk/main", true)]
    [InlineData("todos los dias; a hacksaw; the framework/main part", false)]
    public void Breaks_LeftOverMark_IsFound(string text, bool isFound) => Assert.Equal(isFound, LeftOver(new RepositoryFile("a.cs", text)).Any());

    [Theory]
    [InlineData("agent/Ok.cs", "public sealed class VisitManager { }", true)]
    [InlineData("agent/Ok.cs", "internal static class Utils { }", true)]
    [InlineData("agent/Ok.cs", "public sealed record Visit(int Manager);", false)]
    [InlineData("agent/Helpers/Ok.cs", "class A { }", true)]
    public void Breaks_EmptyName_IsFound(string path, string text, bool isFound) => Assert.Equal(isFound, NamedEmptily(new RepositoryFile(path, text)).Any());

    [Theory]
    [InlineData("[Fact(Ski" + "p = \"\")]", true)]
    [InlineData("[Theory(Ski" + "p = \"flaky\")]", true)]
    [InlineData("[Fact(Ski" + "p = Why)]", true)]
    [InlineData("[Fact(Ski" + "p = \"needs a card reader with PC/SC\")]", false)]
    [InlineData("[Fact]", false)]
    public void Breaks_SkippedTestWithoutAReason_IsFound(string text, bool isFound) => Assert.Equal(isFound, SkippedSilently(new RepositoryFile("a.cs", text)).Any());

    private static IEnumerable<Finding> LeftOver(RepositoryFile file) => Marks().Matches(file.Text).Select(match => new Finding($"{file.Path}:{Line(file.Text, match.Index)}", match.Value));

    private static IEnumerable<Finding> NamedEmptily(RepositoryFile file)
    {
        var folders = file.Folders.Where(folder => EmptyNames.Contains(folder, StringComparer.Ordinal)).Select(folder => new Finding(file.Path, $"folder {folder}"));
        var types = TypeName().Matches(SourceText.Of(file.Text).Code).Select(match => match.Groups["name"].Value)
            .Where(name => EmptyNames.Any(empty => name.EndsWith(empty, StringComparison.Ordinal))).Select(name => new Finding(file.Path, $"type {name}"));
        return folders.Concat(types);
    }

    private static IEnumerable<Finding> SkippedSilently(RepositoryFile file) => Skips().Matches(file.Text)
        .Where(match => match.Groups["reason"].Value.Length < ShortestReason)
        .Select(match => new Finding($"{file.Path}:{Line(file.Text, match.Index)}", $"skipped without a reason: {match.Value}"));

    private static int Line(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b|NotImplemented" + @"Exception|(?<![\w.])/wo" + "rk/", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\[(Fact|Theory)\s*\([^\]]*\bSki" + @"p\s*=\s*(""(?<reason>[^""]*)"")?", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Skips();
}
