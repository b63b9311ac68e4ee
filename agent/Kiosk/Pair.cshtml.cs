using EdgeHub.Agent.Access;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>At a kiosk that nobody knows yet: the code that the desk shows. Only at the address for other machines.</summary>
[ForEverybody]
public sealed class PairPage(KioskSessions sessions, KioskPairs pairs) : KioskPage(sessions)
{
    private const int Days = 400;

    public override string Title => W["kiosk.pair"];

    public override string? Back => null;

    /// <summary>The code was not the desk's.</summary>
    public bool WasWrong { get; private set; }

    private bool IsGuest => HttpContext.Features.Get<KioskLine.Guest>() is not null;

    public IActionResult OnGet() => IsGuest ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (!IsGuest)
        {
            return NotFound();
        }
        if (await pairs.Pair(code) is PairOutcome.Paired paired)
        {
            Response.Cookies.Append(KioskDoor.Cookie, paired.Token, Kept);
            return Redirect("/kiosk");
        }
        WasWrong = true;
        return Page();
    }

    /// <summary>Kept as long as a browser keeps anything; the start screen lengthens it each time.</summary>
    internal static CookieOptions Kept => new()
    {
        MaxAge = TimeSpan.FromDays(Days), HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = true, Path = "/",
    };
}
