using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>A kind hand-over to the desk, with a number: no booking, too early or too late, no card, a card that nobody knows.</summary>
[ForEverybody]
public sealed class DeskHandPage(KioskSessions sessions, VisitQueue queue) : KioskPage(sessions)
{
    private const string NumberCookie = "edgehub-kiosk-number";
    private const string Plain = "Help";
    private static readonly string[] Known = [Plain, "NoCard", "Unknown", "NoBooking", "AlreadyCheckedIn", "TooEarly", "TooLate"];

    public override string Title => W["kiosk.desk"];

    public override int Progress => 3;

    public string Why { get; private set; } = Plain;

    /// <summary>The number that was drawn; null: none yet.</summary>
    public int? Number { get; private set; }

    public void OnGet(string? why)
    {
        Why = Known.Contains(why) ? why! : Plain;
        Number = int.TryParse(Request.Cookies[NumberCookie], NumberStyles.None, CultureInfo.InvariantCulture, out var drawn) ? drawn : null;
        Response.Cookies.Delete(NumberCookie, new CookieOptions { Path = "/kiosk/desk" });
    }

    public async Task<IActionResult> OnPostAsync(string? why)
    {
        Why = Known.Contains(why) ? why! : Plain;
        var place = await queue.HandOver(SelfCheckIn.Channel, Why);
        Sessions.Wipe(HttpContext);
        Response.Cookies.Append(NumberCookie, (place.Row.Number ?? 0).ToString(CultureInfo.InvariantCulture), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = Request.IsHttps, Path = "/kiosk/desk", MaxAge = TimeSpan.FromMinutes(1),
        });
        return Redirect("/kiosk/desk?why=" + Why);
    }
}
