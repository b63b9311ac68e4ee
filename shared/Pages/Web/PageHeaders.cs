using Microsoft.AspNetCore.Http;

namespace EdgeHub.Pages.Web;

/// <summary>What every answer tells the browser to refuse: scripts, styles and frames of anybody else, inline ones too; guessing at
/// types; telling others where a click came from; keeping a page with a person on it.</summary>
public sealed class PageHeaders(RequestDelegate next)
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public Task Invoke(HttpContext http)
    {
        // At the last moment: an answer that was cleared because it failed has them too.
        http.Response.OnStarting(static state => Put(((HttpContext)state).Response.Headers), http);
        return next(http);
    }

    private static Task Put(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        // With no-referrer a browser names the origin of a form that is sent as null, and the form would be refused as another page's.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (headers.CacheControl.Count == 0 || headers.CacheControl.ToString().Contains("no-cache", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-store";
        }
        return Task.CompletedTask;
    }
}
