namespace EdgeHub.Sync.Feeds;

/// <summary>How the rows of a page are written. A hub writes what it is asked for, an agent reads all: so neighbouring versions
/// understand each other (an older hub does not look at the question and writes rows).</summary>
public static class FeedFormats
{
    /// <summary>Row by row: JSON arrays with an LF behind each.</summary>
    public const int Rows = 1;

    /// <summary>Column by column: text with an LF behind each cell. Like stands beside like, so that it compresses to half.</summary>
    public const int Columns = 2;

    public const int Newest = Columns;
}
