using EdgeHub.Pages.Web;

namespace EdgeHub.Agent.Kiosk;

/// <summary>The door of the address for kiosks on other machines. Behind it are the kiosk's screens and what they are drawn with, for a
/// browser that was paired; an unpaired one finds the screen that asks for a code, and nothing else. Every refusal is the same empty 404.</summary>
public sealed class KioskDoor(RequestDelegate next, KioskPairs pairs, KioskRates rates, KioskLine? line = null)
{
    public const string Cookie = "edgehub-kiosk-pair";
    public const string PairPath = "/kiosk/pair";
    private const string Start = "/kiosk";
    private static readonly string[] Screens = [Start, "/kiosk/visits", "/kiosk/done", "/kiosk/desk", "/kiosk/calls", "/kiosk/clean"];
    private static readonly string[] Drawn = ["/assets", "/language"];

    public async Task Invoke(HttpContext http)
    {
        if (http.Features.Get<KioskLine.Guest>() is null)
        {
            await next(http);
            return;
        }
        var path = http.Request.Path.Value ?? "";
        var isDrawn = Drawn.Any(each => http.Request.Path.StartsWithSegments(each, StringComparison.Ordinal));
        var isPairing = path == PairPath;
        if (!IsCalled(http.Request) || !(isDrawn || isPairing || path == "/" || Screens.Contains(path, StringComparer.Ordinal)))
        {
            Nothing(http, StatusCodes.Status404NotFound);
            return;
        }
        var kiosk = await pairs.Of(http.Request.Cookies[Cookie]);
        if (!rates.May(kiosk?.Name, http.Connection.RemoteIpAddress))
        {
            http.Response.Headers.RetryAfter = "5";
            Nothing(http, StatusCodes.Status429TooManyRequests);
            return;
        }
        if (kiosk is not null)
        {
            http.Features.Set(kiosk);
        }
        if (path == "/" || (kiosk is null && HttpMethods.IsGet(http.Request.Method) && path is (Start or "/kiosk/calls")))
        {
            http.Response.Redirect(kiosk is null ? PairPath : Start);
            return;
        }
        if (kiosk is null && !isDrawn && !isPairing)
        {
            Nothing(http, StatusCodes.Status404NotFound);
            return;
        }
        await next(http);
    }

    /// <summary>By the very address that this door has, from a page of its own.</summary>
    private bool IsCalled(HttpRequest request) =>
        line is not null && request.IsHttps && string.Equals(request.Host.Value, line.Address.Authority, StringComparison.OrdinalIgnoreCase) && SameOrigin.Foreign(request) is null;

    private static void Nothing(HttpContext http, int status) => (http.Response.StatusCode, http.Response.ContentLength) = (status, 0);
}
