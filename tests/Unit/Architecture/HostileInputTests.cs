using System.Text.RegularExpressions;
using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Everything that reads bytes from outside is tried with altered input: each such function is called by a target of
/// tests/Unit/Fuzz, or by what a target calls. A new parser without a target is named here.</summary>
public sealed partial class HostileInputTests
{
    [Fact]
    public void EveryParser_IsTriedWithAlteredInput()
    {
        var parsers = Assembled.Product.SelectMany(module => module.Types).SelectMany(Assembled.WithNested).SelectMany(type => type.Methods).Where(IsParser).Select(Name).ToHashSet(StringComparer.Ordinal);
        var tried = Called([.. Assembled.Tests.Types.Where(type => type.Namespace == "EdgeHub.Tests.Unit.Fuzz" && type.Name.EndsWith("Targets", StringComparison.Ordinal)).SelectMany(Assembled.WithNested).SelectMany(type => type.Methods)]);
        Assert.True(parsers.Count >= 15, $"Only {parsers.Count} parsers were found: the search is blind.");
        Assert.Empty(parsers.Except(tried).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Breaks_AParserWithoutATarget()
    {
        var sample = Assembled.Tests.Types.Single(type => type.Name == nameof(ParserSample));
        Assert.Contains(sample.Methods, IsParser);
        Assert.DoesNotContain(Name(sample.Methods.Single(IsParser)), Called([sample.Methods.Single(method => method.Name == nameof(ParserSample.Nothing))]));
    }

    /// <summary>A static function that others may call, named as one that reads, whose first argument is bytes or a stream of them.</summary>
    private static bool IsParser(MethodDefinition method) => method is { IsStatic: true, IsPrivate: false } && Reads().IsMatch(method.Name)
        && !method.DeclaringType.Name.Contains('<', StringComparison.Ordinal) && method.Parameters.Count > 0 && Bytes().IsMatch(method.Parameters[0].ParameterType.FullName);

    private static string Name(MethodReference method) => $"{method.DeclaringType.FullName}.{method.Name}";

    /// <summary>Names of everything that is reached from these: by a call, by a delegate, through what the compiler nested for closures and awaits.</summary>
    private static HashSet<string> Called(IReadOnlyList<MethodDefinition> from)
    {
        var (waiting, seen, names) = (new Stack<MethodDefinition>(from), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        while (waiting.TryPop(out var method))
        {
            if (!seen.Add(method.FullName) || !method.HasBody)
            {
                continue;
            }
            names.Add(Name(method));
            foreach (var called in method.Body.Instructions.Select(each => each.Operand).OfType<MethodReference>().Where(IsOurs))
            {
                if (called.Resolve() is { } inside)
                {
                    waiting.Push(inside);
                }
            }
            foreach (var machine in method.Body.Variables.Select(each => each.VariableType).Where(type => type.Name.Contains('<', StringComparison.Ordinal)))
            {
                foreach (var step in machine.Resolve()?.Methods ?? [])
                {
                    waiting.Push(step);
                }
            }
        }
        return names;
    }

    private static bool IsOurs(MethodReference method) => method.DeclaringType.FullName.StartsWith("EdgeHub.", StringComparison.Ordinal);

    [GeneratedRegex("^(Try)?(Read|Parse|Decode|Open|Inflate|Unpack)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Reads();

    [GeneratedRegex(@"^System\.(ReadOnlySpan|ReadOnlyMemory|Span|Memory)`1<System\.Byte>$|^System\.Byte\[\]$|^System\.IO\.(Stream|TextReader)$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Bytes();
}

/// <summary>A parser that no target calls.</summary>
internal static class ParserSample
{
    public static int ReadAll(ReadOnlySpan<byte> bytes) => bytes.Length;

    public static int Nothing() => 0;
}
