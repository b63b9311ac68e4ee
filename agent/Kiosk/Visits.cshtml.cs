using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Kiosk;

/// <summary>The booked visits of today: check in for one, or hear why not.</summary>
[ForEverybody]
public sealed class VisitsPage(KioskSessions sessions, SelfCheckIn checkIn, KioskSlips slips, SyncWorker worker) : KioskPage(sessions)
{
    private static readonly string[] Professions = ["nurse", "physician", "physiotherapist", "psychologist"];

    public override string Title => W["kiosk.visits.title"];

    public override int Progress => 2;

    public string Name { get; private set; } = "";

    public IReadOnlyList<KioskVisit> Visits { get; private set; } = [];

    public IReadOnlyList<KioskVisit> Open => [.. Visits.Where(visit => visit.Answer == CheckInAnswer.CheckedIn)];

    /// <summary>Why there is nothing to check in for, as a code for the desk.</summary>
    public string Why => (Visits.Count == 0 ? CheckInAnswer.NoBooking : Visits[0].Answer).ToString();

    /// <summary>A profession in the reader's word; one that no table has stays as the booking says it.</summary>
    public string Profession(string profession) => Professions.Contains(profession) ? W.Of("kiosk.profession", profession) : profession;

    public async Task<IActionResult> OnGetAsync()
    {
        if (Session is not { } session)
        {
            return FromTheStart();
        }
        Name = MaskedName.Of(session.Person.Name);
        Visits = await checkIn.Visits(session.Person.Person);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? booking)
    {
        if (Session is not { } session)
        {
            return FromTheStart();
        }
        switch (await checkIn.CheckIn(session.Person.Person, booking ?? "", Place.Name))
        {
            case KioskOutcome.CheckedIn done:
                session.Ticket = done.Ticket;
                worker.Nudge();
                // Whoever only asks for the number again has the slip, or asks for another on the next screen.
                session.Slip = done.IsNew ? await slips.CheckedIn(Place, done.Ticket, W.Language) : SlipState.None;
                return Redirect("/kiosk/done");
            case KioskOutcome.ToDesk refused:
                return Redirect("/kiosk/desk?why=" + refused.Why);
            default:
                throw new InvalidOperationException("Unknown outcome of a check-in.");
        }
    }
}
