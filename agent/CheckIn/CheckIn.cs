using EdgeHub.Agent.Access;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.CheckIn;

/// <summary>A patient arrives: the person is found, the cover is looked at, the visit is opened. Refused in this order: unknown
/// person, not covered, benefit stopped, blacklisted, entered by hand after the person's card was refused.</summary>
public sealed class CheckIn(AgentStore store, HubContact contact, ComputeBill compute, Identification identification, IEntropy entropy, Outsiders? outsiders = null)
{
    private const int VisitTypeCharacters = 6;

    public async Task<CheckInOutcome> Open(CheckInRequest request, CancellationToken cancel = default)
    {
        if (store.Site is not { } site)
        {
            return new CheckInOutcome.Refused(Refusal.NotEnrolled());
        }
        var faults = new List<Fault>();
        var visitType = Given.Text(request.VisitType, "visitType", VisitTypeCharacters, faults);
        var @operator = Given.Text(request.Operator, "operator", Given.NameCharacters, faults);
        var shown = identification.Shown(request.Evidence, faults);
        if (faults.Count > 0 || shown is null)
        {
            return new CheckInOutcome.Refused(new Refusal(faults, B14));
        }
        await contact.FirstQuestion(cancel);
        if (outsiders is not null && await outsiders.Meet(shown, "CheckIn", @operator, cancel) is { } unknown)
        {
            return new CheckInOutcome.Refused(unknown);
        }
        return await store.Do(session => New(session, site, visitType, shown, @operator, request));
    }

    /// <summary>A visit that was opened here, as it stands now.</summary>
    public Task<CheckInOutcome> Show(string visit) => store.Do<CheckInOutcome>(session =>
        store.Site is { } site && store.Visits.Find(session, visit) is { } found && store.Members.ByPerson(session, found.Person) is { } member
            ? new CheckInOutcome.Opened(Answer(session, site, found, member))
            : new CheckInOutcome.Refused(Refusal.Of(Codes.NotFound, "visit", visit, "a visit that was opened here")));

    private CheckInOutcome New(StoreSession session, SiteFacts site, string visitType, Evidence shown, string @operator, CheckInRequest where)
    {
        if (FeedStore.Versions(session).GetValueOrDefault(FeedNames.Members) == 0)
        {
            return new CheckInOutcome.Refused(Refusal.Of(Codes.SnapshotTooOld, "members", "∞", "members that the hub has fed once", B23));
        }
        if (!store.Policies.KnowsVisitType(session, visitType))
        {
            return new CheckInOutcome.Refused(Refusal.Of(Codes.UnknownCode, "visitType", visitType, "a visit type of the national interface, for example 11", B14));
        }
        var at = store.Clock.Capture();
        if (identification.Find(session, shown) is not { } member)
        {
            return new CheckInOutcome.Refused(new Refusal(
                [new Fault(Codes.UnknownPerson, "evidence.number", shown.Number, "a person of this catchment") { Personal = true }], B14));
        }
        if (Cover.Fault(session, member, at.CivilDay) is { } fault)
        {
            return new CheckInOutcome.Refused(fault);
        }
        if (identification.Refused(session, shown, member) is { } card)
        {
            return new CheckInOutcome.Refused(ByHandInstead(session, shown, member, card, @operator, at));
        }
        var visit = new Visit(
            entropy.NewId(at.At).ToString("D"), member.Person, visitType, shown.Kept, @operator, at.At, at.CivilDay);
        var head = store.Journal.Append(session, Kinds.CheckedIn, new CheckedIn(visit.Id, visit.Person, visitType, visit.Evidence, @operator), at);
        if (shown.ToKeep is { } reason)
        {
            store.Journal.Append(session, Kinds.EvidenceKept, new EvidenceKept(visit.Id, visit.Person, reason, @operator), at);
        }
        store.Visits.Add(session, visit, head);
        VisitQueue.Opened(session, store, visit, where);
        if (where.Seen is var (who, page))
        {
            PersonLooks.Note(session, store, who, visit.Person, visit.Id, page, at);
        }
        return new CheckInOutcome.Opened(Answer(session, site, visit, member));
    }

    /// <summary>The person's own card was refused for what it is: no service by hand in its place. That it was tried is kept.</summary>
    private Refusal ByHandInstead(StoreSession session, Evidence shown, Member member, RefusedCard card, string @operator, Captured at)
    {
        store.Journal.Append(
            session, Kinds.EvidenceKept, new EvidenceKept("", member.Person, $"{Codes.CardRefused}: {card}; {shown.Kind}: {shown.ToKeep}", @operator), at);
        return Refusal.Of(Codes.CardRefused, "evidence.card", card.Error.Code.ToString(), "a card that is valid here", B14);
    }

    private VisitAnswer Answer(StoreSession session, SiteFacts site, Visit visit, Member member) => new(
        visit.Id, member.Person, member.Personal.Name, member.InsuranceType, member.Personal.Village, visit.VisitType, visit.CivilDay,
        LimitsLeft.Of(session, store, compute, site, visit.VisitType, member), PayOut.Shown(PayableStore.OfPerson(session, member.Person)),
        [.. SettlementStore.OfVisit(session, visit.Id).Select(row => new VisitPart(row.Ordinal, row.Settlement, row.Reversal, row.RequestKey))],
        member.KnownBy);
}
