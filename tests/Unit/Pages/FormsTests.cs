using System.Text.RegularExpressions;
using EdgeHub.Tests.Unit.Architecture;

namespace EdgeHub.Tests.Unit.Pages;

/// <summary>What the strict policy and the forms' tokens ask of a page, seen before a browser complains.</summary>
public sealed partial class FormsTests
{
    [Fact]
    public void Pages_CarryTokens_AndNothingInline() => Repository.AssertNone(Repository.Read(".cshtml").SelectMany(Wrong));

    [Theory]
    [InlineData("<form method=\"post\">", false)]
    [InlineData("<form method=\"post\" action=\"/a\">", true)]
    [InlineData("<form method=\"post\" asp-antiforgery=\"true\" action=\"/a\">", false)]
    [InlineData("<form method=\"get\" action=\"/a\">", false)]
    [InlineData("<p style=\"color:red\">", true)]
    [InlineData("<a onclick=\"go()\">", true)]
    [InlineData("<script>go()</script>", true)]
    [InlineData("<script src=\"/a.js\" defer></script>", false)]
    [InlineData("@Html.Raw(text)", true)]
    public void Breaks_Page_IsFound(string text, bool isFound) => Assert.Equal(isFound, Wrong(new RepositoryFile("a.cshtml", text)).Any());

    private static IEnumerable<Finding> Wrong(RepositoryFile file) =>
        Forms().Matches(file.Text).Where(match => match.Value.Contains("method=\"post\"", StringComparison.Ordinal) && match.Value.Contains(" action=", StringComparison.Ordinal)
                && !match.Value.Contains("asp-antiforgery=\"true\"", StringComparison.Ordinal))
            .Select(match => new Finding(file.Path, $"without a token: {match.Value}"))
            .Concat(Inline().Matches(file.Text).Select(match => new Finding(file.Path, $"the policy refuses it: {match.Value}")));

    [GeneratedRegex("<form\\b[^>]*>", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Forms();

    [GeneratedRegex("\\sstyle=|\\son[a-z]+=\"|<script>|<style>|Html\\.Raw", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Inline();
}
