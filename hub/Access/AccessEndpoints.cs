using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Access;

/// <summary>POST /sync/v1/enrol.</summary>
public static class AccessEndpoints
{
    public static IServiceCollection AddAccess(this IServiceCollection services) =>
        services.AddSingleton<Enrolment>().AddSingleton<DeviceGate>().AddSingleton<SyncGate>();

    public static void MapAccess(this IEndpointRouteBuilder routes) => routes.MapPost(
        "/sync/v1/enrol", async (EnrolRequest request, Enrolment enrolment) => TypedResults.Ok(await enrolment.Enrol(request)))
        .WithSummary("A one-time code and the public half of the agent's key make a device.");
}
