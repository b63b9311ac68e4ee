using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>A kind hand-over to the desk, with a number: no booking, too early or too late, no card, a card that nobody knows.</summary>
[ForEverybody]
public sealed class DeskHandPage(KioskSessions sessions, VisitQueue queue, KioskSlips slips) : KioskPage(sessions)
{
    private const string NumberCookie = "edgehub-kiosk-number";
    private const string Plain = "Help";
    private static readonly string[] Known = [Plain, "NoCard", "Unknown", "NoBooking", "AlreadyCheckedIn", "TooEarly", "TooLate"];

    public override string Title => W["kiosk.desk"];

    public override int Progress => 3;

    public string Why { get; private set; } = Plain;

    /// <summary>The number that was drawn; null: none yet.</summary>
    public int? Number { get; private set; }

    public SlipState Slip { get; private set; }

    public void OnGet(string? why)
    {
        Why = Known.Contains(why) ? why! : Plain;
        var kept = (Request.Cookies[NumberCookie] ?? "").Split('-');
        Number = int.TryParse(kept[0], NumberStyles.None, CultureInfo.InvariantCulture, out var drawn) ? drawn : null;
        Slip = kept.Length == 2 && Enum.TryParse<SlipState>(kept[1], out var slip) ? slip : SlipState.None;
        Response.Cookies.Delete(NumberCookie, new CookieOptions { Path = "/kiosk/desk" });
    }

    public async Task<IActionResult> OnPostAsync(string? why)
    {
        Why = Known.Contains(why) ? why! : Plain;
        var place = await queue.HandOver(SelfCheckIn.Channel, Why);
        Sessions.Wipe(HttpContext);
        var number = place.Row.Number ?? throw new InvalidOperationException("Whoever is handed over has a number.");
        var slip = await slips.ToDesk(Place, number, W.Language);
        Response.Cookies.Append(NumberCookie, string.Create(CultureInfo.InvariantCulture, $"{number}-{slip}"), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = Request.IsHttps, Path = "/kiosk/desk", MaxAge = TimeSpan.FromMinutes(1),
        });
        return Redirect("/kiosk/desk?why=" + Why);
    }
}
