using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>A contact with a patient by any channel and profession. Source: O6.</summary>
[Needs(Actions.RecordContact, Shows.Told)]
public sealed class ContactPage(RecordContact contacts, LookAtPerson look, CardReaders readers, AgentStore store, IEntropy entropy, SyncWorker sync) : DeskPage
{
    public static readonly IReadOnlyList<string> Channels = ["physical", "video", "telephone", "chat", "home"];

    public static readonly IReadOnlyList<string> Professions = ["doctor", "nurse", "physiotherapist", "psychologist", "other"];

    public override string Title => W["contact.title"];

    public CardView Card { get; private set; } = null!;

    public PersonSeen? Person { get; private set; }

    public string RequestKey { get; private set; } = "";

    public string Number { get; private set; } = "";

    public string? Visit { get; private set; }

    public string Channel { get; private set; } = "";

    public string Profession { get; private set; } = "";

    public bool? Replaces { get; private set; }

    /// <summary>It was kept.</summary>
    public bool IsKept { get; private set; }

    public async Task OnGetAsync(string? visit, bool kept = false)
    {
        (RequestKey, IsKept) = (entropy.NewId(store.Clock.Now).ToString("D"), kept);
        await Load(visit, null);
    }

    public async Task<IActionResult> OnPostAsync(
        string? requestKey, string? step, string? visit, string? number, string? channel, string? profession, string? replaces)
    {
        (RequestKey, Channel, Profession, Replaces) = (requestKey ?? "", channel ?? "", profession ?? "", replaces switch { "yes" => true, "no" => false, _ => null });
        await Load(visit, number);
        if (Person is null)
        {
            return Refuse(new Refusal([new Fault(Number.Length == 0 ? Codes.Missing : Codes.UnknownPerson, "evidence.number", Number, "a person of this catchment") { Personal = true }], null));
        }
        if (step == "look")
        {
            return Page();
        }
        var outcome = await contacts.Record(new ContactRequest(RequestKey, Visit, Person.Member.Person, Channel, Profession, Channel == "physical" ? false : Replaces, Me!.Number));
        if (outcome is MoneyOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }
        sync.Nudge();
        return Redirect("/desk/contact?kept=true" + (Visit is null ? "" : "&visit=" + Visit));
    }

    private async Task Load(string? visit, string? number)
    {
        (Visit, Number) = (visit is { Length: > 0 and <= 40 } ? visit : null, number?.Trim() ?? "");
        Card = await CardView.Read(readers, look, HttpContext);
        Person = Visit is not null ? await look.OfVisit(Visit)
            : Number.Length > 0 ? await look.Shown(new EvidenceGiven("idnumber", Number, null), "11")
            : Card.Person;
        if (Person is not null)
        {
            Sees(Person.Member.Person, Visit ?? "");
        }
    }
}
