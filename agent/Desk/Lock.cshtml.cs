using EdgeHub.Agent.Access;
using EdgeHub.Pages.Web;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk;

/// <summary>The locked screen: nothing of a patient is shown, the work stands where it stood. The same person's PIN opens it.</summary>
[ForEverybody]
public sealed class LockPage(SignIn signIn, Sessions sessions) : DeskPage
{
    public override string Title => W["lock.title"];

    public string Name => Session?.Me.Name ?? "";

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    public IActionResult OnGet() => Session is { Locked: true } ? Page() : LocalRedirect("/desk");

    public async Task<IActionResult> OnPostAsync(string? pin)
    {
        if (Session is not { } who)
        {
            return LocalRedirect("/desk/signin");
        }
        if (await signIn.Check(who.Me.Number, pin) is PinOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        await sessions.Unlock(who);
        return LocalRedirect(PageLanguage.IsOwn(Back) ? Back! : "/desk");
    }

    /// <summary>Locks now.</summary>
    public async Task<IActionResult> OnPostNowAsync()
    {
        if (Session is { } who)
        {
            await sessions.Lock(who);
        }
        return LocalRedirect("/desk/lock?back=" + Uri.EscapeDataString(PageLanguage.IsOwn(Back) ? Back! : "/desk"));
    }

    /// <summary>Signs out.</summary>
    public async Task<IActionResult> OnPostOutAsync()
    {
        if (Session is { } who)
        {
            await sessions.End(who);
        }
        Response.Cookies.Delete(DeskGate.Cookie, SignInPage.SessionCookie(Request));
        return LocalRedirect("/desk/signin");
    }
}
