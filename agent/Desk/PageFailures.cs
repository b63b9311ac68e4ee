using EdgeHub.Agent.LocalApi;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Desk;

/// <summary>What went wrong with a page, for the page that says so.</summary>
/// <param name="Path">Where a person can try again.</param>
public sealed record Trouble(Refusal Why, string Path);

/// <summary>The one place where a failure of a page becomes a page: the store is damaged, the disk is full, there is no such page.
/// What nobody expected is logged.</summary>
public sealed partial class PageFailures(RequestDelegate next, ILogger<PageFailures> log)
{
    /// <summary>Everything that is no interface for programs and no file is a page.</summary>
    public static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        && !path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) && !path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase);

    public async Task Invoke(HttpContext http)
    {
        var again = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString.ToString() : http.Request.Path.ToString();
        Refusal? why;
        try
        {
            await next(http);
            why = http.Response.HasStarted || http.Response.ContentType is not null ? null : http.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => Refusal.Of(Codes.NotFound, "page", "", "a page of the desk"),
                StatusCodes.Status400BadRequest => Refusal.Of(Codes.FormStale, "form", "", "a form that this program gave out"),
                StatusCodes.Status403Forbidden => Refusal.Of(Codes.NotAllowed, "role", "", "a role that may do this"),
                _ => null,
            };
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            why = Problems.Known(failure);
            if (why is null)
            {
                Log.Unexpected(log, http.Request.Method, failure);
                why = Refusal.Of(Codes.Unexpected, "request", "", "an answer");
            }
        }
        if (why is not null)
        {
            await Show(http, new Trouble(why, again));
        }
    }

    /// <summary>Patients are told nothing of stores and forms: the desk helps.</summary>
    private static bool IsKiosk(PathString path) => path.StartsWithSegments("/kiosk", StringComparison.OrdinalIgnoreCase);

    private Task Show(HttpContext http, Trouble trouble)
    {
        http.Response.Clear();
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Features.Set(trouble);
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = (HttpMethods.Get, IsKiosk(http.Request.Path) ? "/kiosk/trouble" : "/desk/trouble", QueryString.Empty);
        return next(http);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Method} of a page broke.")]
        public static partial void Unexpected(ILogger logger, string method, Exception failure);
    }
}
