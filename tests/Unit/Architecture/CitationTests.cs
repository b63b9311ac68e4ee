using System.Reflection;
using System.Text.RegularExpressions;
using EdgeHub.Rules;
using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Every rule function cites an article, and every article that is cited stands in its folder's README.</summary>
public sealed partial class CitationTests
{
    /// <summary>Namespaces whose static classes named *Rules or *Scheme hold rule functions.</summary>
    private static readonly string[] RuleRooms = ["EdgeHub.Rules.Benefit", "EdgeHub.Rules.Schemes."];

    /// <summary>What is left of a limit: no amount that anybody gets, and an input of the step that cites the limit.</summary>
    private static readonly string[] Remainders = ["EdgeHub.Rules.Benefit.ShareRules.CapLeft", "EdgeHub.Rules.Benefit.ShareRules.AccountLeft"];

    [Fact]
    public void RuleFunctions_OfBenefitAndSchemes_CiteAnArticle()
    {
        var functions = Assembled.Rules.Types.Where(HoldsRules).SelectMany(RuleFunctions).ToList();
        Assert.True(functions.Count > 20, "The rules were not found: the test looks in the wrong place.");
        Repository.AssertNone(functions.Where(each => !Cites(each)).Select(each => new Finding($"{each.DeclaringType.FullName}.{each.Name}", "cites no article"))
            .Where(finding => !Remainders.Contains(finding.Where, StringComparer.Ordinal)));
    }

    [Fact]
    public void Articles_InCode_StandInTheReadmeBesideThem()
    {
        var articles = ArticleFields(typeof(Money).Assembly).ToList();
        Assert.NotEmpty(articles);
        Repository.AssertNone(articles.SelectMany(each => Unlisted(each.Folder, each.Article, ReadReadme(each.Folder))));
    }

    [Fact]
    public void Descriptors_OfTheCatalogue_CiteArticlesInCode()
    {
        var known = ArticleFields(typeof(Money).Assembly).Select(each => each.Article).ToHashSet();
        Assert.All(RuleCatalogue.All.SelectMany(rule => rule.Articles), article => Assert.Contains(article, known));
    }

    [Theory]
    [InlineData("Two", false)]
    [InlineData("Cited", true)]
    [InlineData("Deep", true)]
    public void Breaks_FunctionWithoutAnArticle_IsFound(string method, bool cites) =>
        Assert.Equal(cites, Cites(Assembled.Tests.GetType("EdgeHub.Rules.Schemes.SampleOne.Rules").Methods.Single(each => each.Name == method)));

    [Fact]
    public void Breaks_ArticleThatIsNotInTheReadme_IsFound()
    {
        var article = ArticleFields(typeof(CitationTests).Assembly).Single(each => each.Article.Rule == "Y1").Article;
        Assert.NotEmpty(Unlisted("a", article, "| Y2 | 1 |\n| Y11 | 1 |\n"));
        Assert.NotEmpty(Unlisted("a", article, "Y1 is told of, but has no row\n"));
        Assert.Empty(Unlisted("a", article, "| Y1 | 1 |\n"));
    }

    /// <summary>The rule numbers of a README's tables: the first column of each row.</summary>
    internal static IReadOnlyList<string> Listed(string readme) => [.. FirstColumn().Matches(readme).Select(match => match.Groups["rule"].Value)];

    internal static string ReadReadme(string folder)
    {
        var file = Path.Combine(Repository.Root, folder, "README.md");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    /// <summary>Static fields of type Article in classes named *Articles, with the folder that the namespace names.</summary>
    internal static IEnumerable<(string Folder, string Field, Article Article)> ArticleFields(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Articles", StringComparison.Ordinal) && type.Namespace is not null
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.FieldType == typeof(Article)
        select (type.Namespace!.Replace("EdgeHub.Rules", "shared/Rules", StringComparison.Ordinal).Replace('.', '/'), $"{type.FullName}.{field.Name}", (Article)field.GetValue(null)!);

    private static IEnumerable<Finding> Unlisted(string folder, Article article, string readme) =>
        Listed(readme).Contains(article.Rule, StringComparer.Ordinal) ? [] : [new Finding($"{folder}/README.md", $"has no row for {article}")];

    private static bool HoldsRules(TypeDefinition type) => type.IsAbstract && type.IsSealed
        && RuleRooms.Any(room => type.Namespace.StartsWith(room, StringComparison.Ordinal))
        && (type.Name.EndsWith("Rules", StringComparison.Ordinal) || type.Name.EndsWith("Scheme", StringComparison.Ordinal));

    private static IEnumerable<MethodDefinition> RuleFunctions(TypeDefinition type) =>
        type.Methods.Where(method => method is { IsPublic: true, IsStatic: true, IsConstructor: false });

    /// <summary>Gives a cited value, or reaches a field of an *Articles class through what it calls in the same assembly.</summary>
    private static bool Cites(MethodDefinition start)
    {
        var waiting = new Stack<MethodDefinition>([start]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryPop(out var method))
        {
            if (!seen.Add(method.FullName) || !method.HasBody)
            {
                continue;
            }
            foreach (var operand in method.Body.Instructions.Select(each => each.Operand))
            {
                if (operand is FieldReference field && field.DeclaringType.Name.EndsWith("Articles", StringComparison.Ordinal))
                {
                    return true;
                }
                if (operand is MethodReference called && called.DeclaringType.Scope == start.Module && called.Resolve() is { } inside)
                {
                    waiting.Push(inside);
                }
            }
        }
        return false;
    }

    [GeneratedRegex(@"^\|\s*(?<rule>[A-Z]\d+)\s*\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex FirstColumn();
}
