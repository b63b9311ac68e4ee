using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>Checked in: the number, where, how long, what is to pay.</summary>
[ForEverybody]
public sealed class DonePage(KioskSessions sessions, KioskSlips slips) : KioskPage(sessions)
{
    public override string Title => W["kiosk.done"];

    public override int Progress => 3;

    public override string? Back => "/kiosk/visits";

    public KioskTicket Ticket { get; private set; } = null!;

    public SlipState Slip { get; private set; }

    /// <summary>Another slip may be asked for: none lies there, and there is a printer.</summary>
    public bool MayPrint => Slip is SlipState.None or SlipState.Failed && slips.HasPrinter(Place);

    public IActionResult OnGet()
    {
        if (Session is not { Ticket: { } ticket } session)
        {
            return FromTheStart();
        }
        (Ticket, Slip) = (ticket, session.Slip);
        return Page();
    }

    /// <summary>A slip, or another try: there is paper again.</summary>
    public async Task<IActionResult> OnPostSlipAsync()
    {
        if (Session is not { Ticket: { } ticket } session)
        {
            return FromTheStart();
        }
        (Ticket, Slip) = (ticket, session.Slip);
        if (MayPrint)
        {
            session.Slip = await slips.CheckedIn(Place, ticket, W.Language);
        }
        return Redirect("/kiosk/done");
    }

    /// <summary>What the high-cost protection makes of the fee, in words.</summary>
    public string Protection(KioskFee fee)
    {
        var last = F.Day(fee.Protected.PeriodEnd.AddDays(-1));
        return fee.Protected switch
        {
            { ToPay.IsZero: true } => W["kiosk.freecard.until", last],
            { IsFreeCard: true } => W["kiosk.freecard.begins", last],
            { PaidBefore.IsZero: true } => W["kiosk.protection.first"],
            var other => W["kiosk.protection.paid", F.Sum(other.PaidBefore), F.Day(other.PeriodFirst)],
        };
    }
}
