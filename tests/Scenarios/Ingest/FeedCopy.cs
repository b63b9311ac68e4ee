using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>What an agent holds of a feed: asks as the protocol says, and checks every page with the hub's key.</summary>
internal sealed class FeedCopy(TestDevice device, string feed)
{
    private readonly SortedDictionary<string, object?[]> _rows = new(StringComparer.Ordinal);
    private long _held;
    private (long After, long UpTo, string Cursor)? _run;

    public IReadOnlyCollection<string> Keys => _rows.Keys;

    public int RowsOfLastPull { get; private set; }

    public object?[] this[string key] => _rows[key];

    /// <summary>Pulls what is newer, or only some pages of it; the next pull goes on there.</summary>
    public async Task PullAsync(int pages = int.MaxValue)
    {
        RowsOfLastPull = 0;
        for (; pages > 0; pages--)
        {
            var path = $"/sync/v1/feeds/{feed}?after={_run?.After ?? _held}" + (_run is { } run ? $"&upto={run.UpTo}&cursor={Uri.EscapeDataString(run.Cursor)}" : "");
            var answer = await device.FeedAsync(path);
            var page = FeedCodec.Read(await answer.Content.ReadAsByteArrayAsync(), Convert.FromBase64String(device.Site.HubKey));
            Assert.Equal((feed, device.Site.Site), (page.Header.Feed, page.Header.Site));
            foreach (var row in page.Rows)
            {
                Keep(row);
            }
            if (page.Header.Next is not { } next)
            {
                (_held, _run) = (page.Header.UpTo, null);
                Assert.True((await device.HelloAsync()).Feeds[feed] >= _held);
                return;
            }
            _run = (page.Header.After, page.Header.UpTo, next);
        }
    }

    private void Keep(FeedRow row)
    {
        RowsOfLastPull++;
        if (row.Removed)
        {
            _rows.Remove(row.Key);
            return;
        }
        _rows[row.Key] = [.. Enumerable.Range(0, row.Count).Select(row.Cell)];
    }
}
