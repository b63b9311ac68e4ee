using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace EdgeHub.Agent.Kiosk;

/// <summary>What the reader has to say to a patient.</summary>
/// <param name="Seen">Version of the readers' board that this is of.</param>
/// <param name="Words">Null: nothing, a card is waited for.</param>
public sealed record CardSaid(long Seen, string? Words);

/// <summary>The first screen: insert a card. Whoever stood here before is forgotten.</summary>
[ForEverybody]
public sealed class IndexPage(KioskSessions sessions, SelfCheckIn checkIn, CardReaders? readers = null) : KioskPage(sessions)
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(8);

    public override string Title => W["kiosk.welcome"];

    public override string? Back => null;

    public CardSaid Said { get; private set; } = new(0, null);

    public void OnGet(string? name, string? reader)
    {
        Sessions.Wipe(HttpContext);
        if (name is not null)
        {
            SetPlace(name, reader);
        }
        // A card that was left in the reader is not read again: the next patient inserts one.
        Said = new CardSaid(readers?.Version ?? 0, readers is null ? W["kiosk.noreader"] : null);
    }

    /// <summary>Without a script: the patient says that the card is in.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Card() is { } card)
        {
            return Redirect(await Known(card));
        }
        Said = new CardSaid(readers?.Version ?? 0, Trouble() ?? W["kiosk.nothing"]);
        return Page();
    }

    /// <summary>Held back until something happens at the reader; a card that was read leads on.</summary>
    public async Task<IActionResult> OnGetCardAsync(long seen)
    {
        if (readers is null)
        {
            return new EmptyResult();
        }
        var version = await readers.WaitForChange(seen, Held, HttpContext.RequestAborted);
        if (version != seen && Card() is { } card)
        {
            Response.Headers["HX-Redirect"] = await Known(card);
            return new EmptyResult();
        }
        return new PartialViewResult
        {
            ViewName = "/Kiosk/_Card.cshtml",
            ViewData = new ViewDataDictionary<CardSaid>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = new CardSaid(version, Trouble()) },
        };
    }

    private async Task<string> Known(CardRead card)
    {
        if (await checkIn.Who(card) is not { } person)
        {
            return "/kiosk/desk?why=Unknown";
        }
        Sessions.Begin(HttpContext, person);
        return "/kiosk/visits";
    }

    private CardRead? Card() => Reader is { } own
        ? readers?.Find(own) is { Status: ReaderStatus.Read } state ? state.Card : null
        : readers?.Current;

    private string? Trouble() => readers?.States.Where(state => Reader is null || state.Name == Reader).Select(state => state.Error).OfType<DeviceError>()
        .Select(error => DeviceErrors.For(error.Code).Patient(W.Language)).FirstOrDefault();
}
