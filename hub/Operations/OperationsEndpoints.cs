using EdgeHub.Hub.Store;

namespace EdgeHub.Hub.Operations;

/// <summary>GET /health and GET /api/v1/status.</summary>
public static class OperationsEndpoints
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services;

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", (HubStore hub) => TypedResults.Ok(new { status = "ok", region = hub.Region })).WithSummary("Answers when the hub is ready.");
        routes.MapGet("/api/v1/status", (HubStore hub) => TypedResults.Ok(HubStatus.Of(hub))).WithSummary("What the hub holds, and where each device stands.");
    }
}
