namespace EdgeHub.Rules.Netting;

/// <summary>What holds of clearing between parties in every scheme; README.md beside this gives the words.</summary>
public static class NettingArticles
{
    private const string Document = "arithmetic-that-holds-everywhere";

    public static readonly Article N1 = new("N1", Document, "payables and receivables of a cycle");
    public static readonly Article N2 = new("N2", Document, "late and corrected records");

    public static readonly IReadOnlyList<Article> All = [N1, N2];
}
