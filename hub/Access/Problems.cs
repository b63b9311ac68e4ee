using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Access;

/// <summary>Refusals over HTTP: problem details with the code, what was given, what would be right, whether a retry can help and
/// what staff may do, in the caller's language.</summary>
public static class Problems
{
    /// <param name="faults">All that was found wrong; the first gives the code.</param>
    public static IResult Of(HttpContext http, int status, params IReadOnlyList<Fault> faults)
    {
        var fault = faults[0];
        var language = Languages.Accepted(http.Request.Headers.AcceptLanguage.ToString());
        var text = Texts.For(fault.Code);
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds(fault.Code).ToString(CultureInfo.InvariantCulture);
        }
        return Results.Problem(
            type: "urn:edgehub:" + fault.Code,
            title: fault.Code,
            statusCode: status,
            detail: text.Say(language, fault),
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = fault.Code,
                ["field"] = fault.Field,
                ["value"] = fault.ShownValue,
                ["expected"] = Expectations.In(language, fault.Expected),
                ["retry"] = text.Retry.ToString().ToLowerInvariant(),
                ["staffMay"] = text.StaffMay(language),
                ["faults"] = faults.Select(each => new { each.Code, each.Field, Value = each.ShownValue, Expected = Expectations.In(language, each.Expected) }),
            });
    }

    /// <summary>When to come back, spread so that those who were sent away at once do not come back at once.</summary>
    private static long RetryAfterSeconds(string code)
    {
        var (from, spread) = code switch
        {
            Codes.Busy => (1, 8),
            Codes.StoreUnreachable => (1, 4),
            Codes.TooManyLooks => (60, 30),
            _ => (30, 30),
        };
        return from + (Interlocked.Increment(ref _sentAway) % spread);
    }

    private static long _sentAway;

    /// <summary>Status for a code where an endpoint has no other reason.</summary>
    public static int StatusFor(string code) => code switch
    {
        Codes.NotFound or Codes.UnknownDevice => StatusCodes.Status404NotFound,
        Codes.TooManyLooks => StatusCodes.Status429TooManyRequests,
        Codes.TokenInvalid => StatusCodes.Status401Unauthorized,
        Codes.Revoked => StatusCodes.Status403Forbidden,
        Codes.Fork or Codes.Cloned or Codes.StaleEpoch => StatusCodes.Status409Conflict,
        Codes.Busy or Codes.DiskFull or Codes.StoreDamaged or Codes.StoreUnreachable or Codes.HubClockJumped => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
