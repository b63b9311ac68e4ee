using System.Reflection;
using System.Text.RegularExpressions;
using EdgeHub.Rules;
using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>No rule of a document is unaccounted for: a scheme's README has a row for each number of its requirements, in order; a row
/// says "computed here" exactly where the code has an article of that number, names functions that exist, and every function of the
/// scheme stands in a row; what is outside arithmetic names the room that keeps it.</summary>
public sealed partial class RuleBookTests
{
    /// <summary>Scheme, its letter, and how many rules its requirements have.</summary>
    public static TheoryData<string, char, int> Schemes => new()
    {
        { "CountyPackage", 'Z', 37 },
        { "CrossRegion", 'C', 30 },
        { "PrimaryCareChoice", 'O', 14 },
        { "GpServices", 'K', 16 },
        { "OutcomeContracts", 'P', 13 },
    };

    private static readonly string[] Rooms =
    [
        "hub Access", "hub Clearing", "hub Feeds", "hub Ingest", "hub Ledger", "hub Operations", "hub Reconciliation", "hub Reporting", "hub Settlement",
        "hub Schemes/CountyPackage", "hub Schemes/CrossRegion", "hub Schemes/PrimaryCareChoice", "hub Schemes/GpServices", "hub Schemes/OutcomeContracts", "agent CheckIn", "agent Desk", "agent Devices", "agent Kiosk", "agent Settlement",
    ];

    [Theory, MemberData(nameof(Schemes))]
    public void Readme_OfAScheme_AccountsForEveryRule(string scheme, char letter, int count)
    {
        var rows = Rows(CitationTests.ReadReadme($"shared/Rules/Schemes/{scheme}"));
        Assert.Equal(Enumerable.Range(1, count).Select(i => $"{letter}{i}"), rows.Select(row => row.Rule));
        Repository.AssertNone(rows.SelectMany(row => Wrong(row, Articles(scheme))));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Functions_OfAScheme_StandInItsReadme(string scheme, char letter, int count)
    {
        Assert.True(count > 0 && char.IsAsciiLetterUpper(letter));
        var named = Rows(CitationTests.ReadReadme($"shared/Rules/Schemes/{scheme}")).SelectMany(row => row.Functions).ToHashSet(StringComparer.Ordinal);
        var functions = typeof(Money).Assembly.GetType($"EdgeHub.Rules.Schemes.{scheme}.{scheme}Rules")!.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(functions.Order(), named.Order());
    }

    /// <summary>Every function can be tried: some descriptor of its scheme reaches it, itself or through another function.</summary>
    [Theory, MemberData(nameof(Schemes))]
    public void Functions_OfAScheme_AreReachedByADescriptor(string scheme, char letter, int count)
    {
        Assert.True(count > 0 && char.IsAsciiLetterUpper(letter));
        var room = $"EdgeHub.Rules.Schemes.{scheme}";
        var reached = Reached(Assembled.Rules.Types.Where(type => type.Namespace == room && type.Name.Contains("Descriptor", StringComparison.Ordinal)));
        var functions = Assembled.Rules.GetType($"{room}.{scheme}Rules").Methods.Where(method => method is { IsPublic: true, IsStatic: true, IsConstructor: false }).Select(method => method.FullName).ToList();
        Assert.NotEmpty(functions);
        Repository.AssertNone(functions.Except(reached).Select(name => new Finding(name, "no descriptor reaches it")));
    }

    /// <summary>What the schemes share can be tried as well: deadlines, netting, statistics, payment components.</summary>
    [Theory]
    [InlineData("EdgeHub.Rules.Calendars", 15)]
    [InlineData("EdgeHub.Rules.Netting", 3)]
    [InlineData("EdgeHub.Rules.Statistics", 8)]
    [InlineData("EdgeHub.Rules.Payment", 3)]
    public void Functions_OfWhatSchemesShare_AreReachedByADescriptor(string room, int atLeast)
    {
        var reached = Reached(Assembled.Rules.Types.Where(type => type.Name.Contains("Descriptor", StringComparison.Ordinal)));
        var functions = Assembled.Rules.Types.Where(type => type.Namespace == room && type.IsPublic && !type.Name.Contains("Descriptor", StringComparison.Ordinal))
            .SelectMany(type => type.Methods).Where(method => method.IsPublic && !method.IsSpecialName && !method.IsConstructor && !method.IsVirtual && IsWritten(method)).Select(method => method.FullName).ToList();
        Assert.True(functions.Count >= atLeast, $"{functions.Count} functions in {room}: the test looks in the wrong place.");
        Repository.AssertNone(functions.Except(reached).Select(name => new Finding(name, "no descriptor reaches it")));
    }

    private static bool IsWritten(MethodDefinition method) => !method.CustomAttributes.Any(each => each.AttributeType.Name == "CompilerGeneratedAttribute");

    [Fact]
    public void Breaks_FunctionThatNothingReaches_IsFound()
    {
        var reached = Reached([Assembled.Tests.GetType("EdgeHub.Rules.Schemes.SampleOne.Rules")]);
        Assert.Contains(reached, name => name.Contains("SampleOne.Rules::Middle", StringComparison.Ordinal));
        Assert.Contains(reached, name => name.Contains("SampleTwo.Rules::One", StringComparison.Ordinal));
        Assert.DoesNotContain(reached, name => name.Contains("SampleOne.Floats::", StringComparison.Ordinal));
    }

    private static HashSet<string> Reached(IEnumerable<TypeDefinition> from)
    {
        var waiting = new Stack<MethodDefinition>(from.SelectMany(Assembled.WithNested).SelectMany(type => type.Methods));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryPop(out var method))
        {
            if (!seen.Add(method.FullName) || !method.HasBody)
            {
                continue;
            }
            foreach (var field in method.Body.Instructions.Select(each => each.Operand).OfType<FieldReference>().Where(field => field.DeclaringType.Scope == method.Module))
            {
                foreach (var filled in field.DeclaringType.Resolve()?.Methods.Where(each => each is { IsStatic: true, IsConstructor: true }) ?? [])
                {
                    waiting.Push(filled); // what fills a static field is reached with it
                }
            }
            foreach (var called in method.Body.Instructions.Select(each => each.Operand).OfType<MethodReference>().Where(called => called.DeclaringType.Scope == method.Module))
            {
                if (called.Resolve() is { } inside)
                {
                    waiting.Push(inside);
                }
            }
        }
        return seen;
    }

    [Theory]
    [InlineData("| C1 | 一 | computed here: `A` |", "C1", false)]
    [InlineData("| C1 | 一 | computed here: `A` |", "", true)]
    [InlineData("| C1 | 一 | computed here |", "C1", true)]
    [InlineData("| C1 | 一 | outside arithmetic: a form, hub Operations |", "", false)]
    [InlineData("| C1 | 一 | outside arithmetic: a form |", "", true)]
    [InlineData("| C1 | 一 | later |", "", true)]
    [InlineData("| C1 | 一 | outside arithmetic: a form, hub Operations |", "C1", true)]
    public void Breaks_RowThatDoesNotAccount_IsFound(string row, string article, bool isFound) => Assert.Equal(isFound, Wrong(Rows(row).Single(), [article]).Any());

    private sealed record Row(string Rule, string Where)
    {
        public IEnumerable<string> Functions => Where.Contains("computed here", StringComparison.Ordinal)
            ? Quoted().Matches(Where).Select(match => match.Groups["name"].Value)
            : [];
    }

    private static IEnumerable<Finding> Wrong(Row row, IReadOnlyCollection<string> articles)
    {
        var isComputed = row.Where.Contains("computed here", StringComparison.Ordinal);
        if (isComputed != articles.Contains(row.Rule))
        {
            yield return new Finding(row.Rule, isComputed ? "is said to be computed, and no article has its number" : "has an article, and its row does not say so");
        }
        if (isComputed && !row.Functions.Any())
        {
            yield return new Finding(row.Rule, "names no function");
        }
        if (!isComputed && !row.Where.Contains("outside arithmetic", StringComparison.Ordinal))
        {
            yield return new Finding(row.Rule, "is neither computed nor outside arithmetic");
        }
        if (row.Where.Contains("outside arithmetic", StringComparison.Ordinal) && !Rooms.Any(room => row.Where.Contains(room, StringComparison.Ordinal)))
        {
            yield return new Finding(row.Rule, "names no room for what is outside arithmetic");
        }
    }

    private static IReadOnlyCollection<string> Articles(string scheme) =>
        [.. CitationTests.ArticleFields(typeof(Money).Assembly).Where(each => each.Folder == $"shared/Rules/Schemes/{scheme}").Select(each => each.Article.Rule)];

    private static List<Row> Rows(string readme) => [.. RuleRow().Matches(readme).Select(match => new Row(match.Groups["rule"].Value, match.Groups["where"].Value))];

    [GeneratedRegex(@"^\|\s*(?<rule>[A-Z]\d+)\s*\|[^|]*\|(?<where>.*)\|\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex RuleRow();

    [GeneratedRegex(@"`(?<name>[A-Z]\w*)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Quoted();
}
