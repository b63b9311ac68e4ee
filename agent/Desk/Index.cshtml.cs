using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Desk.Visits;
using EdgeHub.Agent.Devices;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.States;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk;

/// <summary>Where a desk's day begins: the queue, and whoever stands there now: by card, by identity number, or by hand with a reason
/// where the one table of the devices' errors allows it.</summary>
[Needs(Actions.SeeQueue, Shows.Told)]
public sealed class IndexPage(VisitQueue queue, LookAtPerson look, CheckIn.CheckIn checkIn, CardReaders readers) : DeskPage
{
    /// <summary>Shorter than a page of htmx waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of a booking: its own key behind a word.</summary>
    private const int MostPlace = 100;

    public override string Title => W["arrive.title"];

    public QueueView Queue { get; private set; } = null!;

    public CardView Card { get; private set; } = null!;

    /// <summary>Found by the number that was typed; null: nothing was looked up.</summary>
    public PersonSeen? Typed { get; private set; }

    /// <summary>A number that is one, of somebody who is not known here: the check-in asks the hub.</summary>
    public bool IsStranger { get; private set; }

    public string VisitType { get; private set; } = VisitTypes.National[0];

    public string How { get; private set; } = "";

    public string Number { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>A place of the queue that the next visit belongs to; null: a new one.</summary>
    public string? Place { get; private set; }

    public async Task OnGetAsync(string? place)
    {
        Place = place is { Length: > 0 and <= MostPlace } ? place : null;
        await Load();
    }

    /// <summary>The queue alone, as each page asks for it every few seconds.</summary>
    [ByItself]
    [Needs(Actions.SeeQueue, Shows.Told)]
    public async Task<IActionResult> OnGetQueueAsync(string? current) =>
        Partial("/Desk/Visits/_Queue.cshtml", await QueueView.Read(queue, HttpContext, current is { Length: > 0 and <= 40 } ? current : null));

    /// <summary>Waits until a reader has something new to say.</summary>
    [ByItself]
    [Needs(Actions.SeeQueue, Shows.Told)]
    public async Task<IActionResult> OnGetCardAsync(long seen, string? place)
    {
        var version = await readers.WaitForChange(seen, Patience, HttpContext.RequestAborted);
        Place = place is { Length: > 0 and <= MostPlace } ? place : null;
        Card = await CardView.Read(readers, look, HttpContext);
        return Partial("/Desk/Visits/_CardChanged.cshtml", (this, version != seen));
    }

    /// <summary>Which reader stands at this desk.</summary>
    public IActionResult OnPostReader(string? reader, string? place)
    {
        CardView.Choose(HttpContext, reader);
        return Redirect(string.IsNullOrEmpty(place) ? "/desk" : "/desk?place=" + Uri.EscapeDataString(place));
    }

    /// <summary>Calls who waits longest, and opens the visit.</summary>
    public async Task<IActionResult> OnPostNextAsync(string? from)
    {
        var waiting = from == nameof(QueueState.ToPay) ? QueueState.ToPay : QueueState.CheckedIn;
        switch (await queue.CallNext(waiting, QueueView.RoomOf(HttpContext), Me!.Number))
        {
            case QueueOutcome.Moved moved:
                return Redirect(moved.Place.Row.Visit is { } visit ? "/desk/visit/" + visit : "/desk?place=" + moved.Place.Row.Entry);
            case QueueOutcome.Refused refused:
                await Load();
                return Refuse(refused.Why);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    /// <summary>Shows who an identity number is, before anything is opened.</summary>
    [Needs(Actions.SeePerson, Shows.Told)]
    public async Task<IActionResult> OnPostLookAsync(string? number, string? visitType, string? place)
    {
        (How, Number, Place) = ("idnumber", number?.Trim() ?? "", place);
        await Load(visitType);
        Typed = await look.Shown(new EvidenceGiven(How, Number, null), VisitType);
        if (Typed is not null)
        {
            Sees(Typed.Member.Person);
            return Page();
        }
        IsStranger = EdgeHub.Rules.Ids.ChineseId.TryParse(Number, "evidence.number", out _, out _);
        return Refuse(new Refusal([new Fault(Number.Length == 0 ? Codes.Missing : Codes.UnknownPerson, "evidence.number", Number, "a person of this catchment") { Personal = true }], null));
    }

    /// <summary>Opens the visit and goes to its bill.</summary>
    [Needs(Actions.CheckIn, Shows.Told)]
    public async Task<IActionResult> OnPostCheckInAsync(string? how, string? number, string? reason, string? reader, string? visitType, string? place)
    {
        (How, Number, Reason, Place) = (how ?? "", number?.Trim() ?? "", reason?.Trim() ?? "", string.IsNullOrEmpty(place) ? null : place);
        await Load(visitType);
        if (How == "manual" && !Card.MayEnterByHand)
        {
            return Refuse(Refusal.Of(Codes.NotByHand, "evidence.kind", "manual", "a card that is read, or an identity number"));
        }
        if (How == "card" && string.IsNullOrEmpty(reader) && Card.IsAmbiguous)
        {
            return Refuse(Refusal.Of(Codes.Missing, "evidence.card", "", "one card, or the reader that is meant"));
        }
        var evidence = new EvidenceGiven(How, How == "card" ? null : Number, How == "manual" ? Reason : null) { Reader = string.IsNullOrEmpty(reader) ? null : reader };
        var request = new CheckInRequest(VisitType, evidence, Me!.Number) { Channel = VisitQueue.AtTheDesk, Place = Place, Seen = (Me!.Number, "/desk/visit/{visit}") };
        return await checkIn.Open(request, HttpContext.RequestAborted) switch
        {
            CheckInOutcome.Opened opened => Redirect("/desk/visit/" + opened.Visit.Visit),
            CheckInOutcome.Refused refused => Refuse(refused.Why),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }

    private async Task Load(string? visitType = null)
    {
        VisitType = visitType is not null && VisitTypes.National.Contains(visitType, StringComparer.Ordinal) ? visitType : VisitTypes.National[0];
        Queue = await QueueView.Read(queue, HttpContext, null);
        Card = await CardView.Read(readers, look, HttpContext);
    }
}
