using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>A booked visit with its person's name; blank: nobody knows the person any more.</summary>
public sealed record BookedVisit(Booking Booking, string Name);

/// <summary>A day that can be chosen, and how many are booked on it.</summary>
public sealed record BookedDay(DateOnly Day, int Visits);

/// <summary>Booked visits, today and the days ahead: a desk makes, moves and cancels them, and says who has come. Works with the line down; the
/// hub hears of it with the journal. Source: O6, O7.</summary>
[Needs(Actions.SeeQueue, Shows.Told)]
public sealed class BookingsPage(
    EdgeHub.Agent.CheckIn.Bookings bookings, LookAtPerson look, CardReaders readers, AgentStore store, IEntropy entropy, SyncWorker sync) : DeskPage
{
    private const int DaysShown = 7;
    private const int FurthestDays = 365;
    private const int UsualMinutes = 15;

    public static readonly IReadOnlyList<string> Reasons = ["PatientAsked", "StaffAway", "Mistaken", "Other"];

    public override string Title => W["booking.title"];

    public DateOnly On { get; private set; }

    public DateOnly Today => store.Clock.Today;

    public IReadOnlyList<BookedDay> Days { get; private set; } = [];

    public IReadOnlyList<BookedVisit> Visits { get; private set; } = [];

    /// <summary>The booking that is to be moved or cancelled; null: none was chosen.</summary>
    public BookedVisit? Chosen { get; private set; }

    public CardView Card { get; private set; } = null!;

    /// <summary>For whom a visit is to be booked; null: nobody was looked up.</summary>
    public EdgeHub.Agent.CheckIn.PersonSeen? Person { get; private set; }

    public string RequestKey { get; private set; } = "";

    public string Number { get; private set; } = "";

    public string Time { get; private set; } = "";

    public string Minutes { get; private set; } = UsualMinutes.ToString(CultureInfo.InvariantCulture);

    public string Room { get; private set; } = "";

    public string Profession { get; private set; } = "";

    public string Staff { get; private set; } = "";

    /// <summary>What was done just now: booked, moved, cancelled; blank: nothing.</summary>
    public string Done { get; private set; } = "";

    public string At(Booking booking) => EdgeHub.Pages.Speech.Formats.Time(store.Clock.Local(booking.Starts));

    public DateOnly DayOf(Booking booking) => store.Clock.CivilDay(booking.Starts);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Blank where it has no word here: other systems have professions of their own.</summary>
    public static bool IsKnown(string profession) => ContactPage.Professions.Contains(profession, StringComparer.Ordinal);

    public async Task OnGetAsync(string? on, string? open, string? done)
    {
        RequestKey = entropy.NewId(store.Clock.Now).ToString("D");
        Done = done is "booked" or "moved" or "cancelled" ? done : "";
        await Load(on, open);
        Room = QueueView.RoomOf(HttpContext);
    }

    /// <summary>Shows for whom, or books.</summary>
    [Needs(Actions.CheckIn, Shows.Told)]
    public async Task<IActionResult> OnPostAsync(
        string? step, string? requestKey, string? number, string? on, string? time, string? minutes, string? room, string? profession, string? staff)
    {
        (RequestKey, Number, Time, Minutes) = (requestKey ?? "", number?.Trim() ?? "", time ?? "", minutes ?? "");
        (Room, Profession, Staff) = (room?.Trim() ?? "", profession ?? "", staff?.Trim() ?? "");
        await Load(on, null);
        Person = Number.Length > 0 ? await look.Shown(new EvidenceGiven("idnumber", Number, null), "11") : Card.Person;
        if (Person is null)
        {
            return Refuse(new Refusal([new Fault(Number.Length == 0 ? Codes.Missing : Codes.UnknownPerson, "evidence.number", Number, "a person of this catchment") { Personal = true }], null));
        }
        Sees(Person.Member.Person);
        if (step == "look")
        {
            return Page();
        }
        if (Moment(on, time) is not { } starts)
        {
            return Refuse(Refusal.Of(Codes.BadDate, "starts", $"{on} {time}".Trim(), "a moment from now to a year ahead"));
        }
        var outcome = await bookings.Make(new BookRequest(RequestKey, Person.Member.Person, starts, Length(minutes), Room, Profession, Staff, Me!.Number));
        return Led(outcome is MoneyOutcome.Refused refused ? refused.Why : null, On, "booked");
    }

    [Needs(Actions.CheckIn, Shows.Told)]
    public async Task<IActionResult> OnPostMoveAsync(string? booking, string? requestKey, string? on, string? day, string? time, string? minutes)
    {
        (RequestKey, Time) = (requestKey ?? "", time ?? "");
        await Load(on, booking);
        if (Moment(day, time) is not { } starts)
        {
            return Refuse(Refusal.Of(Codes.BadDate, "starts", $"{day} {time}".Trim(), "a moment from now to a year ahead"));
        }
        var outcome = await bookings.Move(booking ?? "", new MoveRequest(RequestKey, starts, Length(minutes), Me!.Number));
        return Led(outcome is MoneyOutcome.Refused refused ? refused.Why : null, store.Clock.CivilDay(starts), "moved");
    }

    [Needs(Actions.CheckIn, Shows.Told)]
    public async Task<IActionResult> OnPostCancelAsync(string? booking, string? on, string? reason, string? more)
    {
        await Load(on, booking);
        var why = !Reasons.Contains(reason, StringComparer.Ordinal) ? "" : string.IsNullOrWhiteSpace(more) ? reason! : $"{reason}: {more.Trim()}";
        var outcome = await bookings.Cancel(booking ?? "", why == "Other" ? "" : why, Me!.Number);
        return Led(outcome is StepOutcome.Refused refused ? refused.Why : null, On, "cancelled");
    }

    /// <summary>Has come: a number in today's queue.</summary>
    [Needs(Actions.CheckIn, Shows.Told)]
    public async Task<IActionResult> OnPostArriveAsync(string? booking, string? on)
    {
        await Load(on, booking);
        if (await bookings.Arrive(booking ?? "", Me!.Number) is StepOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        sync.Nudge();
        return Redirect("/desk?place=" + Uri.EscapeDataString(EdgeHub.Agent.CheckIn.Bookings.PlaceOf(booking ?? "")));
    }

    private IActionResult Led(Refusal? why, DateOnly day, string done)
    {
        if (why is not null)
        {
            return Refuse(why);
        }
        sync.Nudge();
        return Redirect($"/desk/bookings?on={Iso(day)}&done={done}");
    }

    private DateTimeOffset? Moment(string? day, string? time) =>
        Day(day) is { } on && TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? bookings.At(on, at) : null;

    private static int? Length(string? minutes) => int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    private static DateOnly? Day(string? day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : null;

    private async Task Load(string? on, string? open)
    {
        On = Day(on) is { } day && day >= Today && day <= Today.AddDays(FurthestDays) ? day : Today;
        Card = await CardView.Read(readers, look, HttpContext);
        Person = Card.Person;
        // The week that the day stands in, from today on.
        var first = Today.AddDays((On.DayNumber - Today.DayNumber) / DaysShown * DaysShown);
        var (visits, days) = await store.Do(session => (
            BookingStore.Between(session, bookings.At(On, TimeOnly.MinValue), bookings.At(On.AddDays(1), TimeOnly.MinValue))
                .Select(booking => new BookedVisit(booking, store.Members.ByPerson(session, booking.Person)?.Personal.Name ?? "")).ToList(),
            Enumerable.Range(0, DaysShown).Select(first.AddDays).Select(each =>
                new BookedDay(each, BookingStore.Count(session, bookings.At(each, TimeOnly.MinValue), bookings.At(each.AddDays(1), TimeOnly.MinValue)))).ToList()));
        (Visits, Days) = (visits, days);
        Chosen = Visits.FirstOrDefault(each => each.Booking.Key == open && each.Booking.State == BookingWords.Booked);
        Sight.Of(HttpContext).List("bookings", Visits.Count);
    }
}
