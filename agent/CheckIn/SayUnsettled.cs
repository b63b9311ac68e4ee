using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>What saying a reason led to.</summary>
public abstract record UnsettledOutcome
{
    private UnsettledOutcome() { }

    /// <param name="Again">It stood so already: no second entry.</param>
    public sealed record Kept(string Visit, string Reason, bool Again) : UnsettledOutcome;

    public sealed record Refused(Refusal Why) : UnsettledOutcome;
}

/// <summary>Says why a visit was not settled on the spot, out of a closed list: an entry, and what the evidence of the day shows. Source:
/// Z27 rule 2 (五(二)2).</summary>
public sealed class SayUnsettled(AgentStore store)
{
    /// <summary>How a visit of a day stands: the reason that was said (null: none), and whether it was settled on its day, so that none is asked.</summary>
    public Task<(string? Reason, bool IsSettled)> Now(string visit, DateOnly day) =>
        store.Do(session => (UnsettledStore.Reason(session, visit), EvidenceStore.IsSettledOn(session, visit, day)));

    /// <param name="reason">One of <see cref="UnsettledReasons"/>.</param>
    public Task<UnsettledOutcome> Say(string visit, string? reason, string @operator)
    {
        var faults = new List<Fault>();
        var given = Given.Text(reason, "reason", Given.KeyCharacters, faults);
        if (given.Length > 0 && !UnsettledReasons.All.Contains(given, StringComparer.Ordinal))
        {
            faults.Add(new Fault(Codes.UnknownCode, "reason", given, string.Join(", ", UnsettledReasons.All)));
        }
        var by = Given.Text(@operator, "operator", Given.NameCharacters, faults);
        return faults.Count > 0
            ? Task.FromResult<UnsettledOutcome>(new UnsettledOutcome.Refused(new Refusal(faults, null)))
            : store.Do(session => New(session, visit, given, by));
    }

    private UnsettledOutcome New(StoreSession session, string id, string reason, string @operator)
    {
        if (store.Site is null)
        {
            return new UnsettledOutcome.Refused(Refusal.NotEnrolled());
        }
        if (store.Visits.Find(session, id) is not { } visit)
        {
            return new UnsettledOutcome.Refused(Refusal.Of(Codes.NotFound, "visit", id, "a visit that was opened here"));
        }
        if (EvidenceStore.IsSettledOn(session, id, visit.CivilDay))
        {
            return new UnsettledOutcome.Refused(Refusal.Of(Codes.AlreadySettled, "visit", id, "a visit that was not settled on its day"));
        }
        if (UnsettledStore.Reason(session, id) == reason)
        {
            return new UnsettledOutcome.Kept(id, reason, Again: true);
        }
        var at = store.Clock.Capture();
        var body = new VisitUnsettled(id, visit.Person, visit.VisitType, visit.CivilDay, reason, @operator);
        store.Journal.Append(session, Kinds.VisitUnsettled, body, at);
        UnsettledStore.Keep(session, body, at.At);
        return new UnsettledOutcome.Kept(id, reason, Again: false);
    }
}
