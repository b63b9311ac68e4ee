using EdgeHub.Agent.Access;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;

namespace EdgeHub.Agent.LocalApi;

/// <summary>Unsent lines as a file, and the hub's answer to it.</summary>
internal static class ByHandApi
{
    private const string Binary = "application/octet-stream";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/unsent", (MoveByHand hand) => hand.Look()).Produces<Unsent>().WithSummary("What the hub has not acknowledged.").Needs(Actions.SyncNow, Shows.Nobody);
        api.MapPost("/unsent/export", async (MoveByHand hand, HttpContext http) => await hand.Export() switch
        {
            ExportOutcome.Ready ready => Results.Stream(output => ready.File.WriteTo(output, http.RequestAborted), Binary, $"unsent-{ready.File.Device}-{ready.File.Unsent.LastSeq}.ehm"),
            ExportOutcome.NothingUnsent => Results.NoContent(),
            ExportOutcome.Refused refused => Problems.Answer(http, refused.Why),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        }).Produces<byte[]>(contentType: Binary).Produces(StatusCodes.Status204NoContent).WithSummary("The unsent lines as a file that only the hub can read. They stay unsent until its answer is taken in.").Needs(Actions.SyncNow, Shows.Nobody);
        api.MapPost("/unsent/acks", async (HttpContext http, MoveByHand hand) => await Body(http) is { } file
            ? Answered(await hand.TakeAcks(file), http)
            : Problems.Answer(http, Refusal.Of(Codes.TooLong, "body", "", $"at most {AckFile.MostBytes} bytes")))
            .Accepts<byte[]>(Binary).Produces<AcksOutcome.Taken>().WithSummary("Takes in the hub's answer to a file of unsent lines.").Needs(Actions.SyncNow, Shows.Nobody);
    }

    private static IResult Answered(AcksOutcome outcome, HttpContext http) => outcome switch
    {
        AcksOutcome.Taken taken => Results.Ok(taken),
        AcksOutcome.Refused refused => Problems.Answer(http, refused.Why),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    /// <summary>Null: longer than such a file is.</summary>
    private static async Task<ReadOnlyMemory<byte>?> Body(HttpContext http)
    {
        var bytes = new byte[AckFile.MostBytes + 1];
        var read = await http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, http.RequestAborted);
        return read <= AckFile.MostBytes ? bytes.AsMemory(0, read) : null;
    }
}
