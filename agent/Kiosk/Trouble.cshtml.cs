using EdgeHub.Agent.Access;
using EdgeHub.Agent.Desk;
using EdgeHub.Agent.LocalApi;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>What a patient sees in place of a screen that could not be: the desk helps. Reached by <see cref="PageFailures"/> alone.</summary>
[ForEverybody]
[IgnoreAntiforgeryToken]
public sealed class KioskTroublePage(KioskSessions sessions) : KioskPage(sessions)
{
    public override string Title => W["kiosk.trouble"];

    /// <summary>It wipes itself, and begins anew.</summary>
    public override int Progress => 3;

    public override string? Back => null;

    public void OnGet()
    {
        Sessions.Wipe(HttpContext);
        Response.StatusCode = HttpContext.Features.Get<Trouble>() is { } trouble ? Problems.StatusOf(trouble.Why.Code) : StatusCodes.Status404NotFound;
    }
}
