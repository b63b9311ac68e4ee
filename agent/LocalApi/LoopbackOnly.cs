using System.Net;
using EdgeHub.Pages.Web;
using EdgeHub.Rules;

namespace EdgeHub.Agent.LocalApi;

/// <summary>Only this machine is answered: by where the call comes from, by the name that it calls (another one under our address
/// is a page that rebinds its name), and by the page that it comes from, which must be one of this very program.</summary>
public sealed class LoopbackOnly(RequestDelegate next)
{
    public Task Invoke(HttpContext http)
    {
        if (http.Features.Get<Kiosk.KioskLine.Guest>() is not null)
        {
            // It came through the kiosks' own door, which let it in.
            return next(http);
        }
        var remote = http.Connection.RemoteIpAddress;
        var wrong =
            remote is not null && !IPAddress.IsLoopback(remote) ? remote.ToString()
            : !IsLocal(http.Request.Host.Host) ? http.Request.Host.Host
            : SameOrigin.Foreign(http.Request);
        return wrong is null
            ? next(http)
            : Problems.Answer(http, Refusal.Of(Codes.NotLocal, "host", wrong, "127.0.0.1 or localhost")).ExecuteAsync(http);
    }

    private static bool IsLocal(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
