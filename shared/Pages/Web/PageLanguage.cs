using EdgeHub.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EdgeHub.Pages.Web;

/// <summary>Which language a page speaks: the one chosen on a page (a cookie), else what the browser asks for.</summary>
public static class PageLanguage
{
    public const string Cookie = "edgehub-language";
    private const int CookieDays = 365;
    private const int MostBackCharacters = 400;

    public static string Of(HttpContext http) =>
        http.Request.Cookies[Cookie] is { } chosen && Languages.All.Contains(chosen, StringComparer.Ordinal)
            ? chosen
            : Languages.Accepted(http.Request.Headers.AcceptLanguage.ToString());

    /// <summary>A link that changes the language and comes back to the page that is shown.</summary>
    public static string Switch(HttpRequest request, string language) =>
        $"/language/{language}?back={Uri.EscapeDataString(HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString.ToString() : request.Path)}";

    public static void MapPageLanguage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/language/{language}", (string language, string? back, HttpContext http) =>
        {
            if (Languages.All.Contains(language, StringComparer.Ordinal))
            {
                http.Response.Cookies.Append(Cookie, language, new CookieOptions
                {
                    MaxAge = TimeSpan.FromDays(CookieDays), HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = http.Request.IsHttps, Path = "/",
                });
            }
            return Results.LocalRedirect(IsOwn(back) ? back! : "/");
        }).ExcludeFromDescription();

    /// <summary>A path of this program, not another host's.</summary>
    public static bool IsOwn(string? path) =>
        path is { Length: > 0 and <= MostBackCharacters } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}
