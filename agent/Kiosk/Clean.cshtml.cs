using EdgeHub.Agent.Access;
using EdgeHub.Pages.Web;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>Wipes the screen: nobody stands here any more, and the next one's language is the kiosk's own again.</summary>
[ForEverybody]
public sealed class CleanPage(KioskSessions sessions) : KioskPage(sessions)
{
    public override string Title => "";

    public IActionResult OnGet()
    {
        Response.Cookies.Delete(PageLanguage.Cookie, new CookieOptions { Path = "/" });
        return FromTheStart();
    }
}
