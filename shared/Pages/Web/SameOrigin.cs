using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeHub.Pages.Web;

/// <summary>Whether a request comes from one of this program's own pages, as far as the browser says (Sec-Fetch-Site, Origin). What
/// is no browser sends neither.</summary>
public static class SameOrigin
{
    /// <summary>What the request says of where it comes from when that is elsewhere; null: from here, from an address typed in or
    /// a bookmark, or from no browser.</summary>
    public static string? Foreign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none") && !IsFollowedLink(request))
        {
            return "Sec-Fetch-Site: " + site;
        }
        if (StringValues.IsNullOrEmpty(request.Headers.Origin))
        {
            return null;
        }
        var origin = request.Headers.Origin.ToString();
        var own = $"{request.Scheme}://{request.Host}";
        return string.Equals(origin, own, StringComparison.OrdinalIgnoreCase) ? null : "Origin: " + origin;
    }

    /// <summary>A link on another page that a person followed shows a page and changes nothing.</summary>
    private static bool IsFollowedLink(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document"
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
