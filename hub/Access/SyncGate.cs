using System.Diagnostics.Metrics;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Access;

/// <summary>Stands before everything under /sync/v1. A body is received first, within the bytes that all bodies together may take, so
/// that a slow line holds up nobody; then the request waits for its turn. Who cannot wait is told when to come back.</summary>
public sealed class SyncGate(SyncLimits limits, TimeProvider clock) : IMiddleware
{
    private const string Under = "/sync/v1";
    private const int FirstBodyBytes = 16 * 1024;
    private const int ChunkBytes = 64 * 1024;

    private static readonly Meter Meter = new("EdgeHub.Hub.Access");
    private static readonly Counter<long> RefusedCounter = Meter.CreateCounter<long>("edgehub.sync.busy", "{request}", "Requests of devices that were told to come back later.");

    private readonly FairTurns _bodies = new(limits.MostBodyBytes, limits.MostWaiting, SyncLimits.LongestWait, clock);
    private readonly FairTurns _turns = new(limits.MostInside, limits.MostWaiting, SyncLimits.LongestWait, clock);
    private long _refused;

    /// <summary>Requests that were told to come back later, since the start.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public int Waiting => _bodies.Waiting + _turns.Waiting;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments(Under, StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        var most = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? ChunkBytes;
        using var body = await Received(http.Request, most, http.RequestAborted);
        using var turn = body is null ? null : await _turns.Enter(1, http.RequestAborted);
        if (turn is not null)
        {
            await next(http);
            return;
        }
        Interlocked.Increment(ref _refused);
        RefusedCounter.Add(1);
        await Problems.Of(http, StatusCodes.Status503ServiceUnavailable, new Fault(Codes.Busy, "request", "", $"at most {limits.MostWaiting} requests that wait")).ExecuteAsync(http);
    }

    /// <summary>Holds the room of the body, which is in memory then; null: there is none now. A body whose length is said to be over
    /// the limit is left where it is: its endpoint refuses it by name.</summary>
    private async Task<IDisposable?> Received(HttpRequest request, long most, CancellationToken stop)
    {
        if (request.ContentLength > most || HttpMethods.IsGet(request.Method))
        {
            return await _bodies.Enter(0, stop);
        }
        var held = await _bodies.Enter(request.ContentLength ?? most, stop);
        if (held is null)
        {
            return null;
        }
        try
        {
            var body = new MemoryStream(FirstBodyBytes);
            // It grows with what has come: a length that is only said reserves nothing.
            await request.Body.CopyToAsync(body, ChunkBytes, stop);
            body.Position = 0;
            request.Body = body;
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
