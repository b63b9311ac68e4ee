using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Desk.Visits;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Daily;

/// <summary>What the fund owes to patients and this site may pay out: found by the card in the reader or by identity number.</summary>
[Needs(Actions.PayOut, Shows.Told)]
public sealed class OwedPage(AgentStore store, LookAtPerson look, CardReaders readers, PayOut payOut, SecondPerson second, SyncWorker sync) : DeskPage
{
    public override string Title => W["menu.owed"];

    public (long Amounts, long Persons, long Sum) All { get; private set; }

    private CardView? _card;

    public bool HasCard => _card is { IsRead: true };

    public EdgeHub.Agent.CheckIn.PersonSeen? Person { get; private set; }

    /// <summary>Somebody was looked for and nobody found.</summary>
    public bool Nobody { get; private set; }

    public bool AsksSecond { get; private set; }

    /// <summary>What was paid out just now, minor units; null: nothing.</summary>
    public long? Paid { get; private set; }

    /// <summary>The visit that somebody came from; null: none.</summary>
    public string? Visit { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? visit)
    {
        await Load(visit);
        if (Visit is null)
        {
            return Page();
        }
        Person = await look.OfVisit(Visit);
        if (Person is null)
        {
            return NotFound();
        }
        Sees(Person.Member.Person, Visit);
        return Page();
    }

    /// <summary>By post, so that no number is in an address.</summary>
    public async Task<IActionResult> OnPostFindAsync(string? number)
    {
        await Load(null);
        await Find(string.IsNullOrWhiteSpace(number) ? null : number);
        Nobody = Person is null;
        return Page();
    }

    public async Task<IActionResult> OnPostPayAsync(string decision, string person, string? visit, string? secondNumber, string? secondPin)
    {
        await Load(visit);
        var owed = (await payOut.Payables(person)).FirstOrDefault(each => each.Decision == decision);
        var key = "payout-" + decision;
        if (owed is { Open: > 0 } && await second.Ask(Me!, Actions.PayOut, Money.Fen(owed.Open), key, secondNumber, secondPin) is ApprovalOutcome.Refused stop)
        {
            (AsksSecond, _) = (true, await Show(person));
            return Refuse(stop.Why);
        }
        var outcome = await payOut.Pay(decision, new PayOutRequest(key + "-" + (owed?.Open ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture), Me!.Number), HttpContext.RequestAborted);
        await Show(person);
        if (outcome is MoneyOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        sync.Nudge();
        Paid = owed?.Open;
        await Load(visit);
        return Page();
    }

    private async Task Load(string? visit)
    {
        All = await store.Do(EvidenceStore.Owed);
        _card = await CardView.Read(readers, look, HttpContext);
        Visit = visit is { Length: > 0 and <= 40 } ? visit : null;
    }

    private async Task Find(string? number)
    {
        var evidence = number is null ? new EvidenceGiven("card", null, null) { Reader = _card?.Reader?.Name } : new EvidenceGiven("idnumber", number, null);
        Person = number is null && !HasCard ? null : await look.Shown(evidence, EdgeHub.Rules.Benefit.VisitTypes.National[0]);
        if (Person is not null)
        {
            Sees(Person.Member.Person);
        }
    }

    private async Task<bool> Show(string person)
    {
        Person = await look.ByNumber(person);
        Sees(Person?.Member.Person ?? "");
        return Person is not null;
    }
}
