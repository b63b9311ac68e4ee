using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace EdgeHub.Agent.Kiosk;

/// <summary>What the reader and the scanner have to say to a patient.</summary>
/// <param name="Seen">Version of the readers' board that this is of.</param>
/// <param name="Scan">Number of the last scan that was looked at.</param>
/// <param name="Board">Version of the serial devices' board.</param>
/// <param name="Words">Null: nothing, a card or a code is waited for.</param>
public sealed record CardSaid(long Seen, long Scan, long Board, string? Words);

/// <summary>The first screen: insert a card or scan a code. Whoever stood here before is forgotten.</summary>
[ForEverybody]
public sealed class IndexPage(KioskSessions sessions, SelfCheckIn checkIn, CardReaders readers, SerialDevices devices) : KioskPage(sessions)
{
    private const string ScannerKind = "scanner";
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(8);

    /// <summary>A piece that could not be read is spoken of so long.</summary>
    private static readonly TimeSpan Spoken = TimeSpan.FromSeconds(20);

    public override string Title => W["kiosk.welcome"];

    public override string? Back => null;

    public CardSaid Said { get; private set; } = new(0, 0, 0, null);

    /// <summary>This kiosk has a scanner.</summary>
    public bool HasScanner => Scanners().Any();

    public void OnGet(string? name, string? reader, string? printer, string? scanner)
    {
        Sessions.Wipe(HttpContext);
        if (HttpContext.Features.Get<KioskPlace>() is not null)
        {
            Response.Cookies.Append(KioskDoor.Cookie, Request.Cookies[KioskDoor.Cookie]!, PairPage.Kept);
        }
        else if (KioskPlace.IsName(name))
        {
            new KioskPlace(name!, KioskPlace.Device(reader), KioskPlace.Device(printer), KioskPlace.Device(scanner)).Keep(HttpContext);
        }
        // A card that was left in the reader is not read again, nor a code that was scanned before: the next patient shows an own one.
        Said = Now(readers.States.Count == 0 && !HasScanner ? W["kiosk.noreader"] : null);
    }

    /// <summary>Without a script: the patient says that the card is in, or that the code was scanned.</summary>
    /// <param name="scan">Number of the last scan before the screen was shown.</param>
    public async Task<IActionResult> OnPostAsync(long scan)
    {
        // Taken down before anything is looked at: what comes while it is looked is found by the next question.
        var now = Now(null);
        if (await devices.Scans.After(scan, Place.Scanner, TimeSpan.Zero, HttpContext.RequestAborted) is { } code)
        {
            return Redirect(await Known(code));
        }
        if (Card() is { } card)
        {
            return Redirect(Known(await checkIn.Who(card)));
        }
        Said = now with { Words = Trouble() ?? W["kiosk.nothing"] };
        return Page();
    }

    /// <summary>Held back until something happens at the reader or the scanner; who is known leads on.</summary>
    public async Task<IActionResult> OnGetCardAsync(long seen, long scan, long board)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted);
        var (reading, changing) = (readers.WaitForChange(seen, Held, over.Token), devices.WaitForChange(board, Held, over.Token));
        var scanning = devices.Scans.After(scan, Place.Scanner, Held, over.Token);
        await Task.WhenAny(reading, changing, scanning);
        await over.CancelAsync();
        await Task.WhenAll(reading, changing, scanning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        HttpContext.RequestAborted.ThrowIfCancellationRequested();
        // As above; the card and how far was looked for one are one look.
        var now = Now(null);
        var (card, looked) = readers.CameAfter(seen, Place.Reader);
        var to = scanning.IsCompletedSuccessfully && await scanning is { } code ? await Known(code)
            : card is not null ? Known(await checkIn.Who(card))
            : null;
        if (to is not null)
        {
            Response.Headers["HX-Redirect"] = to;
            return new EmptyResult();
        }
        return new PartialViewResult
        {
            ViewName = "/Kiosk/_Card.cshtml",
            ViewData = new ViewDataDictionary<CardSaid>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = now with { Seen = looked, Scan = scan, Words = Trouble() } },
        };
    }

    private CardSaid Now(string? words) => new(readers.Version, devices.Scans.Last, devices.Version, words);

    private IEnumerable<DeviceState> Scanners() => devices.States.Where(state => state.Kind == ScannerKind && (Place.Scanner is null || state.Name == Place.Scanner));

    private async Task<string> Known(Scan scan) => Known(ScannedCode.Of(scan.Text) is { } code ? await checkIn.Who(code) : null);

    /// <summary>Where it goes on: somebody who is known to the visits of today, anybody else to the desk.</summary>
    private string Known(KioskPerson? person)
    {
        if (person is null)
        {
            return "/kiosk/desk?why=Unknown";
        }
        Sessions.Begin(HttpContext, person);
        return "/kiosk/visits";
    }

    private CardRead? Card() => Place.Reader is { } own
        ? readers.Find(own) is { Status: ReaderStatus.Read } state ? state.Card : null
        : readers.Current;

    private string? Trouble() =>
        readers.States.Where(state => Place.Reader is null || state.Name == Place.Reader).Select(state => state.Error).OfType<DeviceError>()
            .Concat(Scanners().Where(state => state.Error?.Code == DeviceErrorCode.DeviceGarbled && devices.Age(state) < Spoken).Select(state => state.Error!))
            .Select(error => DeviceErrors.For(error.Code).Patient(W.Language)).FirstOrDefault();
}
