using EdgeHub.Rules;

namespace EdgeHub.Agent.LocalApi;

/// <summary>The one place where a failure of a request becomes an answer: by its name, or as unexpected and logged.</summary>
public sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
            await Unanswered(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; what was submitted is settled all the same, and its key tells.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var known = Problems.Known(failure);
            if (known is null)
            {
                Log.Unexpected(log, http.Request.Method, failure);
            }
            else if (Problems.StatusOf(known.Code) >= 500)
            {
                Log.Refused(log, known.Code, failure.Message);
            }
            await Problems.Answer(http, known ?? Refusal.Of(Codes.Unexpected, "request", "", "an answer")).ExecuteAsync(http);
        }
    }

    /// <summary>A status without a body gets one that says what is wrong.</summary>
    private static async Task Unanswered(HttpContext http)
    {
        if (http.Response.HasStarted || http.Response.ContentLength is not null || http.Response.ContentType is not null)
        {
            return;
        }
        var why = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Refusal.Of(Codes.NotFound, "path", http.Request.Path, "a path of /openapi/v1.json"),
            StatusCodes.Status405MethodNotAllowed => Refusal.Of(Codes.NotFound, "method", http.Request.Method, "a method of /openapi/v1.json"),
            StatusCodes.Status413PayloadTooLarge => Refusal.Of(Codes.TooLong, "body", "", $"at most {LocalApi.MaxBodyBytes} bytes"),
            StatusCodes.Status415UnsupportedMediaType => Refusal.Of(Codes.BadJson, "Content-Type", http.Request.ContentType ?? "", "application/json"),
            StatusCodes.Status400BadRequest => Refusal.Of(Codes.BadJson, "body", "", "JSON as /openapi/v1.json describes it"),
            _ => null,
        };
        if (why is not null)
        {
            await Problems.Answer(http, why, http.Response.StatusCode).ExecuteAsync(http);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Method} request broke.")]
        public static partial void Unexpected(ILogger logger, string method, Exception failure);

        [LoggerMessage(2, LogLevel.Error, "Refused with {Code}: {Detail}")]
        public static partial void Refused(ILogger logger, string code, string detail);
    }
}
