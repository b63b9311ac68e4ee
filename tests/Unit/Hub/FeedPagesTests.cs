using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class FeedPagesTests
{
    [Theory]
    [InlineData(5_000)]
    [InlineData(5_001)]
    [InlineData(12_000)]
    public void Snapshot_BehindManyRemovedRows_BringsEveryRowThatStands(int removed)
    {
        using var hub = new TempHub();
        using var key = EcdsaKeys.Create();
        var version = hub.Store.Write(session =>
        {
            var next = FeedVersions.Next(session, TempHub.Region, FeedNames.Blacklist);
            for (var i = 0; i < removed + 7; i++)
            {
                session.Prepared("insert into blacklist (region, key, person, reason, first, ends, version, removed) values ($1, $2, 'P', 'r', '2025-01-01', '', $3, $4)")
                    .Execute(TempHub.Region, $"K{i:00000}", next, i < removed);
            }
            return next;
        });
        var device = new Device(1, "530924100201-1", "530924100201", key.PublicKey, key.KeyId, "test", 0, null);
        var (keys, cursor) = (new List<string>(), "");
        for (string? next = ""; next is not null; cursor = next ?? "")
        {
            var page = FeedCodec.Read(new FeedPages(hub.Store).Page(device, new FeedAsk(FeedNames.Blacklist, 0, version, cursor)), hub.Store.Keys.Signer.PublicKey);
            keys.AddRange(page.Rows.Select(row => row.Key));
            next = page.Header.Next;
        }
        Assert.Equal(Enumerable.Range(removed, 7).Select(i => $"K{i:00000}"), keys);
    }
}
