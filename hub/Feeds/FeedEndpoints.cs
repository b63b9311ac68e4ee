using EdgeHub.Hub.Access;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Feeds;

/// <summary>GET /sync/v1/feeds/{feed}?after=&amp;upto=&amp;cursor=&amp;format=, POST /sync/v1/persons/find.</summary>
public static class FeedEndpoints
{
    public static IServiceCollection AddFeeds(this IServiceCollection services) => services.AddSingleton<FeedPages>().AddSingleton<PersonFind>().AddSingleton<IJobStep, CountyIndexStep>();

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sync/v1/persons/find", async (HttpContext http, PersonAsked asked, PersonFind persons) =>
            TypedResults.Ok(await persons.Find(DeviceGate.Of(http), asked)))
            .AddEndpointFilter<DeviceGate>().WithSummary("A person of another catchment who stands at the desk; every look is kept.");
        routes.MapGet(
        "/sync/v1/feeds/{feed}", (HttpContext http, FeedPages pages, string feed, long after = 0, long? upto = null, string cursor = "", int format = FeedFormats.Rows) =>
            TypedResults.Bytes(pages.Page(DeviceGate.Of(http), new FeedAsk(feed, after, upto, cursor, format)), "application/octet-stream"))
        .AddEndpointFilter<DeviceGate>().WithSummary("A signed page of a feed: what changed after the version that the site holds.");
    }
}
