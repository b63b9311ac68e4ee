namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>Files of at most 400 lines, functions of at most 70.</summary>
public sealed class SizeTests
{
    private const int MostFileLines = 400;
    private const int MostFunctionLines = 70;

    [Fact]
    public void Files_OfTheRepository_AreShort() => Repository.AssertNone(Repository.Code.SelectMany(LongFiles));

    [Fact]
    public void Functions_OfTheRepository_AreShort() => Repository.AssertNone(Repository.Code.SelectMany(LongFunctions));

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

    private static IEnumerable<Finding> LongFiles(RepositoryFile file)
    {
        var lines = file.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Length;
        return lines > MostFileLines ? [new Finding(file.Path, $"{lines} lines, at most {MostFileLines}")] : [];
    }

    private static IEnumerable<Finding> LongFunctions(RepositoryFile file) =>
        FunctionLengths.Of(file.Text).Where(member => member.Lines > MostFunctionLines)
            .Select(member => new Finding($"{file.Path}:{member.Line}", $"{member.Header} has {member.Lines} lines, at most {MostFunctionLines}"));
}
