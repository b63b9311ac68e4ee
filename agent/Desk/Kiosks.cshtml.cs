using EdgeHub.Agent.Access;
using EdgeHub.Agent.Kiosk;
using EdgeHub.Agent.Store;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk;

/// <summary>Kiosks on other machines of the site: which are let in, a code for a new one, and what to start its browser with. A code is
/// shown once, in the answer to the request that made it.</summary>
[Needs(Actions.ChangeClients, Shows.Nobody)]
public sealed class KiosksPage(KioskPairs pairs, KioskLine? line = null) : DeskPage
{
    public override string Title => W["kiosks.title"];

    public IReadOnlyList<PairedKiosk> Kiosks { get; private set; } = [];

    /// <summary>Null: kiosks on other machines are not answered.</summary>
    public KioskLine? Line => line;

    /// <summary>A code that was made now; null: none.</summary>
    public (string Name, string Code)? Given { get; private set; }

    /// <summary>What starts a kiosk's browser, full screen, trusting this agent's key and no other.</summary>
    public string Command => $"chromium --kiosk --no-first-run --user-data-dir=$HOME/edgehub-kiosk --ignore-certificate-errors-spki-list={line?.Pin} {line?.Address.GetLeftPart(UriPartial.Authority)}/kiosk";

    public async Task OnGetAsync() => Kiosks = await pairs.All();

    public async Task<IActionResult> OnPostAsync(string? name, string? reader, string? printer, string? scanner)
    {
        Kiosks = await pairs.All();
        if (line is null)
        {
            return LocalRedirect("/desk/kiosks");
        }
        var place = new KioskPlace(name?.Trim() ?? "", KioskPlace.Device(reader), KioskPlace.Device(printer), KioskPlace.Device(scanner));
        switch (pairs.Offer(place, Me!.Number))
        {
            case PairOutcome.Offered offered:
                Given = (offered.Name, offered.Code);
                return Page();
            case PairOutcome.Refused refused:
                return Refuse(refused.Why);
            default:
                throw new InvalidOperationException("Unknown outcome of an offer.");
        }
    }

    public async Task<IActionResult> OnPostRevokeAsync(string name)
    {
        await pairs.Revoke(name, Me!.Number);
        return LocalRedirect("/desk/kiosks");
    }
}
