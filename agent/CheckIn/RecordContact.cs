using System.Text.Json;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>A contact with a patient by any channel.</summary>
/// <param name="Visit">The visit that it belongs to; null: none.</param>
/// <param name="Channel">physical, video, telephone, chat or home.</param>
/// <param name="Profession">Who had it, in the site's own words: nurse, physician, psychologist, …</param>
/// <param name="ReplacesPhysical">Whether a physical contact would have been needed without it.</param>
public sealed record ContactRequest(
    string? RequestKey, string? Visit, string? Person, string? Channel, string? Profession, bool? ReplacesPhysical, string? Operator);

public sealed record ContactAnswer(Guid Contact, string? Visit, string Person, long Epoch, long Seq);

/// <summary>Keeps a contact in the journal, with its channel and profession. Source: O6.</summary>
public sealed class RecordContact(AgentStore store, IEntropy entropy)
{
    public const string Operation = "contact";
    private const int ProfessionCharacters = 40;
    private static readonly string[] Channels = ["physical", "video", "telephone", "chat", "home"];

    public async Task<MoneyOutcome> Record(ContactRequest request)
    {
        if (store.Site is null)
        {
            return new MoneyOutcome.Refused(Refusal.NotEnrolled());
        }
        var faults = new List<Fault>();
        var key = Given.Text(request.RequestKey, "requestKey", Given.KeyCharacters, faults);
        var person = Given.Text(request.Person, "person", Given.NameCharacters, faults);
        var channel = Given.Text(request.Channel, "channel", ProfessionCharacters, faults);
        if (channel.Length > 0 && !Channels.Contains(channel, StringComparer.Ordinal))
        {
            faults.Add(new Fault(Codes.UnknownCode, "channel", channel, "physical, video, telephone, chat or home"));
        }
        var profession = Given.Text(request.Profession, "profession", ProfessionCharacters, faults);
        if (request.ReplacesPhysical is null)
        {
            faults.Add(new Fault(Codes.Missing, "replacesPhysical", "", "true or false"));
        }
        var @operator = Given.Text(request.Operator, "operator", Given.NameCharacters, faults);
        var visit = string.IsNullOrWhiteSpace(request.Visit) ? "" : Given.Text(request.Visit, "visit", Given.KeyCharacters, faults);
        if (faults.Count > 0)
        {
            return new MoneyOutcome.Refused(new Refusal(faults, null));
        }
        var hash = RequestContent.Hash(Operation, visit, request);
        return await store.Do(session => RequestContent.Before(session, store.Requests, key, Operation, hash) ?? New(
            session, key, hash, at => new ContactRecorded(entropy.NewId(at.At), visit, person, channel, profession, request.ReplacesPhysical!.Value, @operator)));
    }

    private MoneyOutcome New(StoreSession session, string key, byte[] hash, Func<Captured, ContactRecorded> make)
    {
        var at = store.Clock.Capture();
        var body = make(at);
        if (store.Members.ByPerson(session, body.Person) is null)
        {
            return new MoneyOutcome.Refused(new Refusal(
                [new Fault(Codes.UnknownPerson, "person", body.Person, "a person of this catchment") { Personal = true }], null));
        }
        if (body.Visit.Length > 0)
        {
            if (store.Visits.Find(session, body.Visit) is not { } visit)
            {
                return new MoneyOutcome.Refused(Refusal.Of(Codes.NotFound, "visit", body.Visit, "a visit that was opened here"));
            }
            if (visit.Person != body.Person)
            {
                return new MoneyOutcome.Refused(new Refusal(
                    [new Fault(Codes.UnknownPerson, "person", body.Person, "the person of the visit") { Personal = true }], null));
            }
        }
        var head = store.Journal.Append(session, Kinds.ContactRecorded, body, at);
        ContactStore.Add(session, body, at.CivilDay);
        var answer = JsonSerializer.SerializeToUtf8Bytes(
            new ContactAnswer(body.Contact, body.Visit.Length > 0 ? body.Visit : null, body.Person, head.Epoch, head.Seq), RequestContent.Json);
        store.Requests.Add(session, key, Operation, hash, answer, at.At);
        return new MoneyOutcome.Done(answer, Again: false);
    }
}
