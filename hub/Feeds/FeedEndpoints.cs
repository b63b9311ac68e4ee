using EdgeHub.Hub.Access;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Feeds;

/// <summary>GET /sync/v1/feeds/{feed}?after=&amp;upto=&amp;cursor=&amp;format=.</summary>
public static class FeedEndpoints
{
    public static IServiceCollection AddFeeds(this IServiceCollection services) => services.AddSingleton<FeedPages>();

    public static void MapFeeds(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/sync/v1/feeds/{feed}", (HttpContext http, FeedPages pages, string feed, long after = 0, long? upto = null, string cursor = "", int format = FeedFormats.Rows) =>
            TypedResults.Bytes(pages.Page(DeviceGate.Of(http), new FeedAsk(feed, after, upto, cursor, format)), "application/octet-stream"))
        .AddEndpointFilter<DeviceGate>().WithSummary("A signed page of a feed: what changed after the version that the site holds.");
}
