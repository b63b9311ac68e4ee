namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>A text file of the repository: its path from the root with slashes, and its content.</summary>
public sealed record RepositoryFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public IReadOnlyList<string> Folders => Path.Split('/')[..^1];
}

/// <summary>Something that a test over the code found: where, and what.</summary>
public sealed record Finding(string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}

/// <summary>The repository as the tests over the code read it; found by walking up to EdgeHub.sln.</summary>
public static class Repository
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", "node_modules", ".vs", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>C# of the product and its tests.</summary>
    public static IReadOnlyList<RepositoryFile> Code { get; } = Read(".cs");

    /// <summary>C# of the product alone.</summary>
    public static IReadOnlyList<RepositoryFile> ProductCode { get; } = [.. Code.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))];

    /// <summary>Statements in .sql files: the migrations.</summary>
    public static IReadOnlyList<RepositoryFile> Sql { get; } = Read(".sql");

    /// <summary>Files with one of these endings, in a fixed order.</summary>
    public static IReadOnlyList<RepositoryFile> Read(params string[] endings)
    {
        var found = new List<RepositoryFile>();
        Walk(new DirectoryInfo(Root), endings, found);
        return [.. found.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Nothing was found; else the test fails with every finding.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var all = findings.Select(finding => finding.ToString()).Distinct().ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, all.Take(60))}");
    }

    private static void Walk(DirectoryInfo folder, string[] endings, List<RepositoryFile> found)
    {
        foreach (var file in folder.EnumerateFiles().Where(f => endings.Contains(f.Extension, StringComparer.Ordinal)))
        {
            found.Add(new RepositoryFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)));
        }
        foreach (var below in folder.EnumerateDirectories().Where(f => !Skipped.Contains(f.Name, StringComparer.Ordinal) && f.LinkTarget is null))
        {
            Walk(below, endings, found);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeHub.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException($"No EdgeHub.sln above {AppContext.BaseDirectory}: run the tests inside the repository.");
    }
}
