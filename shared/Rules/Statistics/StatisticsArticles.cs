namespace EdgeHub.Rules.Statistics;

/// <summary>What the statistics of every scheme stand on; README.md beside this gives the words.</summary>
public static class StatisticsArticles
{
    private const string Document = "statistics-that-hold-everywhere";

    public static readonly Article S1 = new("S1", Document, "continuity of care");
    public static readonly Article S2 = new("S2", Document, "interval of a count");
    public static readonly Article S3 = new("S3", Document, "interval of a share");

    public static readonly IReadOnlyList<Article> All = [S1, S2, S3];
}
