using System.Text.RegularExpressions;
using EdgeHub.Pages.Speech;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Architecture;

namespace EdgeHub.Tests.Unit.Pages;

/// <summary>The tables of words against the pages that use them: every key that is used exists, every key that exists is used.</summary>
public sealed partial class WordsTests
{
    private static readonly WordTable Table = WordTable.Of(typeof(EdgeHub.Agent.Agent).Assembly);

    private static readonly IReadOnlyList<RepositoryFile> Sources =
        [.. Repository.Read(".cshtml", ".cs").Where(file => file.Path.StartsWith("agent/", StringComparison.Ordinal) || file.Path.StartsWith("shared/Pages/", StringComparison.Ordinal))];

    [Fact]
    public void EveryKeyThatIsUsed_StandsInATable()
    {
        var keys = Table.Keys.ToHashSet(StringComparer.Ordinal);
        Repository.AssertNone(Sources.SelectMany(file => Used(file.Text).Where(use => !use.Needs.All(need => Exists(keys, need)))
            .Select(use => new Finding(file.Path, $"no table of words has {string.Join(", ", use.Needs)}"))));
    }

    [Fact]
    public void EveryKeyOfATable_IsUsed()
    {
        var needs = Sources.SelectMany(file => Used(file.Text)).SelectMany(use => use.Needs).ToHashSet(StringComparer.Ordinal);
        var prefixes = needs.Where(need => need.EndsWith('.')).ToList();
        Repository.AssertNone(Table.Keys.Where(key => !needs.Contains(key) && !prefixes.Exists(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(key => new Finding("Words.csv", $"nobody uses {key}")));
    }

    /// <summary>A place {0} in one language and not in another is a value that is lost, or a mark that a person would read.</summary>
    [Fact]
    public void EveryKey_HasTheSamePlacesInAllLanguages() => Repository.AssertNone(Table.Keys
        .Where(key => Languages.All.Select(language => string.Concat(Place().Matches(Table.For(language)[key]).Select(match => match.Value).Distinct().Order())).Distinct().Count() > 1)
        .Select(key => new Finding("Words.csv", $"{key}: other places in other languages")));

    [Theory]
    [InlineData("W[\"a.b\"]", "a.b")]
    [InlineData("W[\"a.b\", x]", "a.b")]
    [InlineData("words[\"a.b\"]", "a.b")]
    [InlineData("W.Of(\"a\", code)", "a.")]
    [InlineData("W.Count(\"a.n\", 3)", "a.n.one a.n.many")]
    [InlineData("dictionary[\"a\"]", "")]
    public void Breaks_Uses_AreFound(string text, string needs) => Assert.Equal(needs, string.Join(' ', Used(text).SelectMany(use => use.Needs)));

    [Fact]
    public void KeyThatNoTableHas_Throws() => Assert.Throws<KeyNotFoundException>(() => Table.For(Languages.English)["no.such.key"]);

    private static bool Exists(HashSet<string> keys, string need) => need.EndsWith('.') ? keys.Any(key => key.StartsWith(need, StringComparison.Ordinal)) : keys.Contains(need);

    private static IEnumerable<(string Use, IReadOnlyList<string> Needs)> Used(string text) => Uses().Matches(text).Select(match => (match.Value, match.Groups["how"].Value switch
    {
        ".Of(" => (IReadOnlyList<string>)[match.Groups["key"].Value + "."],
        ".Count(" => [match.Groups["key"].Value + ".one", match.Groups["key"].Value + ".many"],
        _ => [match.Groups["key"].Value],
    }));

    [GeneratedRegex(@"\b(W|words)(?<how>\[|\.Of\(|\.Count\()\s*""(?<key>[^""]+)""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\{\d\}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Place();
}
