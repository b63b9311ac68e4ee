using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Pages.Web;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk;

/// <summary>Number and PIN; works with the line down.</summary>
[ForEverybody]
public sealed class SignInPage(SignIn signIn, Sessions sessions, AgentStore store) : DeskPage
{
    public override string Title => W["signin.title"];

    /// <summary>Nobody works here yet: the first manager is made on the console.</summary>
    public bool NobodyYet { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Me is not null)
        {
            return LocalRedirect("/desk");
        }
        NobodyYet = await store.Do(session => store.Staff.All(session).Count == 0);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? pin)
    {
        var outcome = await signIn.Check(Number, pin);
        if (outcome is PinOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        var member = ((PinOutcome.Right)outcome).Member;
        Response.Cookies.Append(DeskGate.Cookie, await sessions.Open(member), SessionCookie(Request));
        return LocalRedirect(member.MustChange ? "/desk/pin" : PageLanguage.IsOwn(Back) ? Back! : "/desk");
    }

    /// <summary>Ends with the browser; no script reads it, no other site sends it.</summary>
    internal static CookieOptions SessionCookie(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = request.IsHttps, Path = "/" };
}
