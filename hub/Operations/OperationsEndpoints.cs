using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Operations;

/// <summary>GET /health, GET /api/v1/status, and the rules to try: GET /api/v1/calculate, GET and POST /api/v1/calculate/{rule}.</summary>
public static class OperationsEndpoints
{
    private const string Json = "application/json; charset=utf-8";

    public static IServiceCollection AddOperations(this IServiceCollection services) => services;

    /// <param name="unsignedRefused">Batches that no known key has signed, since the start, as ingest counts them.</param>
    public static void MapOperations(this IEndpointRouteBuilder routes, Func<long> unsignedRefused)
    {
        routes.MapGet("/health", (HubStore hub) => TypedResults.Ok(new { status = "ok", region = hub.Region })).WithSummary("Answers when the hub is ready.");
        routes.MapGet("/api/v1/status", (HubStore hub) => TypedResults.Ok(HubStatus.Of(hub) with { UnsignedRefused = unsignedRefused() })).WithSummary("What the hub holds, and where each device stands.");
        routes.MapGet("/api/v1/calculate", () => TypedResults.Ok(RuleCatalogue.All.Select(rule => new { rule.Name, Title = rule.Title.English, Articles = rule.Articles.Select(article => article.ToString()) })))
            .WithSummary("The rules that can be tried.");
        routes.MapGet("/api/v1/calculate/{rule}", (string rule) => TypedResults.Text(Calculations.Rule(rule).Template(), Json)).WithSummary("A rule's input with its worked example.");
        routes.MapPost("/api/v1/calculate/{rule}", async (string rule, HttpRequest request) => TypedResults.Text(Calculations.Rule(rule).Run(await Text(request)), Json))
            .WithSummary("Tries a rule; every step of the answer cites its article.");
    }

    /// <exception cref="FaultException">TooLong.</exception>
    private static async Task<string> Text(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var buffer = new char[RuleDescriptor.MaxCharacters + 1];
        var length = await reader.ReadBlockAsync(buffer, request.HttpContext.RequestAborted);
        return length <= RuleDescriptor.MaxCharacters
            ? new string(buffer, 0, length)
            : throw new FaultException(new Fault(Codes.TooLong, "body", "", $"{RuleDescriptor.MaxCharacters} characters"));
    }
}
