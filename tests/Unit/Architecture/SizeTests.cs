using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Files of at most 400 lines, functions of at most 70.</summary>
public sealed class SizeTests
{
    private const int MostFileLines = 400;
    private const int MostFunctionLines = 70;

    [Fact]
    public void Files_OfTheRepository_AreShort() => Repository.AssertNone(Repository.Code.Concat(Repository.Read(".cshtml", ".css", ".sh")).SelectMany(LongFiles));

    [Fact]
    public void Functions_OfTheRepository_AreShort()
    {
        var found = Repository.Code.Sum(file => FunctionLengths.Of(file.Text).Count);
        Assert.True(found > 2_000, $"Only {found} members were found: the test misreads the code.");
        Repository.AssertNone(Repository.Code.SelectMany(LongFunctions));
    }

    /// <summary>The reading of the source against what the compiler noted: a member is as long as its first and last statement
    /// say, so no long one hides behind a brace that was misread.</summary>
    [Fact]
    public void Functions_ByTheCompilersOwnLines_AreShort()
    {
        var lengths = new[] { "EdgeHub.Rules.dll", "EdgeHub.Sync.dll", "EdgeHub.Pages.dll", "EdgeHub.Agent.dll", "EdgeHub.Hub.dll" }.SelectMany(CompiledLengths).ToList();
        Assert.True(lengths.Count > 500, $"Only {lengths.Count} methods have lines: the symbols were not read.");
        Repository.AssertNone(lengths.Where(each => each.Lines > MostFunctionLines).Select(each => new Finding(each.Method, $"{each.Lines} lines")));
    }

    [Fact]
    public void Breaks_LongFile_IsFound()
    {
        Assert.NotEmpty(LongFiles(new RepositoryFile("a.cs", string.Concat(Enumerable.Repeat("// x\n", MostFileLines + 1)))));
        Assert.Empty(LongFiles(new RepositoryFile("a.cs", string.Concat(Enumerable.Repeat("// x\n", MostFileLines)))));
    }

    [Theory]
    [InlineData("void Long()\n{\n@}")]
    [InlineData("public int Long(int a = 1) =>\n@;")]
    [InlineData("public int Long\n{\nget {\n@} }")]
    [InlineData("void Long() { var s = $\"{x[\"}\"]}\";\n var t = \"\"\"\n } \"\n\"\"\"; var c = '}'; /* } */ // }\n@}")]
    public void Breaks_LongFunction_IsFound(string member)
    {
        var before = "namespace A;\npublic sealed class B(int x) : C\n{\n    private static readonly int[] Table = [1,\n2];\n    public int P { get; } = 1;\n";
        Assert.NotEmpty(LongFunctions(Sample(MostFunctionLines + 1)));
        Assert.Empty(LongFunctions(Sample(20)));

        RepositoryFile Sample(int lines) => new("a.cs", before + member.Replace("@", string.Concat(Enumerable.Repeat("x.F(1)\n", lines)), StringComparison.Ordinal) + "\n}\n");
    }

    [Fact]
    public void Of_TypeWithMembers_CountsEachForItself()
    {
        const string text = """
            namespace A;

            public sealed record R(int X)
            {
                private readonly Dictionary<string, int> _map = new() { ["a"] = 1 };

                public int Y => X switch
                {
                    1 => 2,
                    _ => 3,
                };

                public sealed class Inner
                {
                    public void Run()
                    {
                        if (true) { Go(() => { }); }
                    }
                }
            }
            """;
        Assert.Equal([(7, 5), (15, 4)], FunctionLengths.Of(text).Where(m => m.Lines > 1).Select(m => (m.Line, m.Lines)));
    }

    /// <summary>Lines from the first to the last statement; tables that fill static fields aside.</summary>
    private static IEnumerable<(string Method, int Lines)> CompiledLengths(string assembly)
    {
        var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly), new ReaderParameters { InMemory = true, ReadSymbols = true });
        foreach (var method in module.Types.SelectMany(Assembled.WithNested).SelectMany(type => type.Methods).Where(method => method.Name is not (".cctor" or ".ctor")))
        {
            var points = method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).ToList();
            if (points.Count > 0 && !points[0].Document.Url.Contains("/obj/", StringComparison.Ordinal) && !points[0].Document.Url.EndsWith(".cshtml", StringComparison.Ordinal))
            {
                yield return (method.FullName, points.Max(point => point.EndLine) - points.Min(point => point.StartLine) + 1);
            }
        }
    }

    private static IEnumerable<Finding> LongFiles(RepositoryFile file)
    {
        var lines = file.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Length;
        return lines > MostFileLines ? [new Finding(file.Path, $"{lines} lines, at most {MostFileLines}")] : [];
    }

    private static IEnumerable<Finding> LongFunctions(RepositoryFile file) =>
        FunctionLengths.Of(file.Text).Where(member => member.Lines > MostFunctionLines)
            .Select(member => new Finding($"{file.Path}:{member.Line}", $"{member.Header} has {member.Lines} lines, at most {MostFunctionLines}"));
}
