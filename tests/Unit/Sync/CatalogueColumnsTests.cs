using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class CatalogueColumnsTests
{
    [Fact]
    public void Columns_OfTheFeed_AreThoseThatTheReaderTakes() => Assert.Equal(FeedNames.Columns[FeedNames.Catalogue], CatalogueReader.Columns);
}
