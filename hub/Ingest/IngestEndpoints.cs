using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>GET /sync/v1/hello, POST /sync/v1/journal, POST /sync/v1/epoch.</summary>
public static class IngestEndpoints
{
    public static IServiceCollection AddIngest(this IServiceCollection services) =>
        services.AddSingleton<SegmentReader>().AddSingleton<JournalIngest>().AddSingleton<Epochs>().AddSingleton<Greeting>().AddSingleton<Jobs.IJobStep, EntryStep>();

    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sync/v1/hello", Hello).WithSummary("What the hub knows of a device, a ticket for its other calls, and the newest version of each feed.");
        routes.MapPost("/sync/v1/journal", Journal).WithSummary("One signed batch of journal lines.");
        routes.MapPost("/sync/v1/epoch", async (HttpContext http, EpochRequest request, Epochs epochs) =>
            TypedResults.Ok(await epochs.Ask(DeviceGate.Of(http), request)))
            .AddEndpointFilter<DeviceGate>().WithSummary("A restored device that the hub knows more of asks for a new epoch.");
    }

    private static IResult Hello(string device, HttpContext http, Greeting greeting) => greeting.Of(device) switch
    {
        ({ } answer, _) => TypedResults.Ok(answer),
        (_, { Code: Codes.Revoked } fault) => Problems.Of(http, StatusCodes.Status403Forbidden, fault!),
        (_, var fault) => Problems.Of(http, StatusCodes.Status404NotFound, fault!),
    };

    /// <summary>Refusals are answers like others, so that a sender always reads one record.</summary>
    private static async Task<IResult> Journal(HttpContext http, JournalIngest ingest)
    {
        return TypedResults.Ok(Body(http.Request, BatchCodec.MaxWireBytes) is { } wire
            ? await ingest.Receive(wire)
            : new JournalAnswer(JournalAnswer.Refused, 0, 0, Chain.Text(Chain.Zero), Codes.BatchTooLarge, $"batch: at most {BatchCodec.MaxWireBytes} bytes"));
    }

    /// <summary>The whole body, which the gate has received; null when it is longer than the limit.</summary>
    private static ReadOnlyMemory<byte>? Body(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
        {
            return null;
        }
        var held = request.Body as MemoryStream ?? throw new InvalidOperationException("The gate stands before this endpoint.");
        return held.Length > most ? null : held.GetBuffer().AsMemory(0, (int)held.Length);
    }
}
