using System.Reflection;
using EdgeHub.Agent.Access;
using EdgeHub.Pages.Web;
using EdgeHub.Sync.Stores;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EdgeHub.Agent.Desk;

/// <summary>Who may see a page: it names its action, the session names the person, the table of roles decides. Whoever is not signed in, is
/// locked or has a PIN that another gave is led to the page that mends it, and back.</summary>
public sealed class DeskGate(Sessions sessions, PersonLooks looks) : IAsyncPageFilter
{
    /// <summary>The cookie with the session's token.</summary>
    public const string Cookie = "edgehub-desk";

    private const string SignInPage = "/desk/signin";
    private const string LockPage = "/desk/lock";
    private const string PinPage = "/desk/pin";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var page = context.HandlerInstance.GetType();
        var handler = context.HandlerMethod?.MethodInfo;
        var byItself = (handler?.GetCustomAttribute<ByItselfAttribute>() ?? page.GetCustomAttribute<ByItselfAttribute>()) is not null;
        var needs = handler?.GetCustomAttribute<NeedsAttribute>() ?? page.GetCustomAttribute<NeedsAttribute>();
        var isOpen = needs is null && (handler?.GetCustomAttribute<ForEverybodyAttribute>() ?? page.GetCustomAttribute<ForEverybodyAttribute>()) is not null;
        var who = await Who(http, isOpen, active: !byItself);
        if (who is { Locked: false, MustChange: false })
        {
            http.Features.Set(who.Me);
        }
        if (who is not null)
        {
            http.Features.Set(who);
        }
        context.Result = isOpen ? (byItself ? Locks(http, who) : null)
            : who is null ? Lead(http, SignInPage)
            : who.Locked ? Lead(http, LockPage)
            : who.MustChange ? Lead(http, PinPage)
            : needs is null || !who.Me.May(needs.Action) ? new StatusCodeResult(StatusCodes.Status403Forbidden)
            : null;
        if (context.Result is null)
        {
            await Seen(http, await next(), isOpen ? null : needs?.Shows, who);
        }
    }

    /// <summary>Whom the page shows becomes an entry before it is sent. What leads elsewhere shows nobody.</summary>
    private async Task Seen(HttpContext http, PageHandlerExecutedContext done, Shows? shows, SignedIn? who)
    {
        if (shows is not (null or Shows.Nobody) && who is not null && done.Exception is null && done.Result is null or PageResult or PartialViewResult or FileResult or ContentResult)
        {
            var sight = Sight.Of(http);
            sight.Address(shows!.Value, http);
            await looks.Saw(who!.Me, sight.Looks, Sight.PageOf(http));
        }
    }

    /// <summary>The bar asks by itself: it tells the page that the screen was locked meanwhile.</summary>
    private static IActionResult? Locks(HttpContext http, SignedIn? who)
    {
        if (who is { Locked: true } && Shown(http) is { } page && !page.StartsWith(LockPage, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers["HX-Redirect"] = $"{LockPage}?back={Uri.EscapeDataString(page)}";
            return new StatusCodeResult(StatusCodes.Status204NoContent);
        }
        return null;
    }

    private async Task<SignedIn?> Who(HttpContext http, bool isOpen, bool active)
    {
        try
        {
            return await sessions.Find(http.Request.Cookies[Cookie], active);
        }
        catch (StoreException) when (isOpen)
        {
            // What is open is shown with a store that does not answer too.
            return null;
        }
    }

    private static IActionResult Lead(HttpContext http, string page)
    {
        var isPiece = http.Request.Headers["HX-Request"] == "true";
        var back = isPiece ? Shown(http) : HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString.ToString() : http.Request.Path.ToString();
        var to = $"{page}?back={Uri.EscapeDataString(PageLanguage.IsOwn(back) ? back! : "/desk")}";
        if (!isPiece)
        {
            return new LocalRedirectResult(to);
        }
        http.Response.Headers["HX-Redirect"] = to;
        return new StatusCodeResult(StatusCodes.Status204NoContent);
    }

    /// <summary>The page that is shown while a piece of it is asked for.</summary>
    private static string? Shown(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers["HX-Current-URL"], UriKind.Absolute, out var uri) && PageLanguage.IsOwn(uri.PathAndQuery) ? uri.PathAndQuery : null;
}
