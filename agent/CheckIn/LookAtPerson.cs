using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>Who stands at the desk, before anything is opened.</summary>
/// <param name="Cover">Why the cover cannot be used today; null: it can.</param>
/// <param name="Limits">What is left for a visit of this kind.</param>
/// <param name="Place">The person's place in today's queue that is not done yet; null: none.</param>
public sealed record PersonSeen(Member Member, Refusal? Cover, IReadOnlyList<LimitShown> Limits, IReadOnlyList<PayableShown> Payables, QueueRow? Place);

/// <summary>Looks at a person of this store as a card or a number shows it. The hub is not asked: that does the check-in.</summary>
public sealed class LookAtPerson(AgentStore store, ComputeBill compute, Identification identification)
{
    /// <summary>By what was shown; null: nobody here, or what was shown cannot be read.</summary>
    public Task<PersonSeen?> Shown(EvidenceGiven given, string visitType) => store.Do(session =>
        identification.Shown(given, []) is { } shown && identification.Find(session, shown) is { } member ? Seen(session, member, visitType) : null);

    /// <summary>By the insurer's number; null: nobody here.</summary>
    public Task<PersonSeen?> ByNumber(string person) => store.Do(session =>
        store.Members.ByPerson(session, person) is { } member ? Seen(session, member, EdgeHub.Rules.Benefit.VisitTypes.National[0]) : null);

    /// <summary>The person of a visit that was opened here; null: no such visit, or nobody knows the person any more.</summary>
    public Task<PersonSeen?> OfVisit(string visit) => store.Do(session =>
        store.Visits.Find(session, visit) is { } found && store.Members.ByPerson(session, found.Person) is { } member ? Seen(session, member, found.VisitType) : null);

    private PersonSeen Seen(StoreSession session, Member member, string visitType)
    {
        var today = store.Clock.Today;
        return new PersonSeen(
            member, Cover.Fault(session, member, today),
            store.Site is { } site ? LimitsLeft.Of(session, store, compute, site, visitType, member) : [],
            PayOut.Shown(PayableStore.OfPerson(session, member.Person)),
            QueueStore.OfPerson(session, today, member.Person).FirstOrDefault(row => row.State is not (QueueState.Done or QueueState.NoShow)));
    }
}
