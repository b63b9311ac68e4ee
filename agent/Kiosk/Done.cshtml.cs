using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>Checked in: the number, where, how long, what is to pay.</summary>
[ForEverybody]
public sealed class DonePage(KioskSessions sessions) : KioskPage(sessions)
{
    public override string Title => W["kiosk.done"];

    public override int Progress => 3;

    public override string? Back => "/kiosk/visits";

    public KioskTicket Ticket { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (Session?.Ticket is not { } ticket)
        {
            return FromTheStart();
        }
        Ticket = ticket;
        return Page();
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
