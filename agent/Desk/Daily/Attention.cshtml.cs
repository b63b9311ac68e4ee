using EdgeHub.Agent.Access;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Store;

namespace EdgeHub.Agent.Desk.Daily;

/// <summary>What lies somewhere and who must act: a batch that the hub refused, settlements that it refused or changed, settlements that it
/// has had for days and not decided on (they wait there in quarantine). Each with its owner.</summary>
[Needs(Actions.SeeQuarantine)]
public sealed class AttentionPage(AgentStore store, StatusReader status) : DeskPage
{
    private const int Most = 200;

    /// <summary>The hub decides within minutes; what takes longer waits for people there.</summary>
    private const int DaysToDecide = 2;

    /// <summary>Older ones were shown for long enough.</summary>
    private const int DaysShown = 90;

    public override string Title => W["menu.attention"];

    /// <summary>Why the hub refused what was sent; null: nothing.</summary>
    public string? HubRefusal { get; private set; }

    public IReadOnlyList<OpenDecision> Otherwise { get; private set; } = [];

    public IReadOnlyList<OpenDecision> Undecided { get; private set; } = [];

    public bool IsEmpty => HubRefusal is null && Otherwise.Count == 0 && Undecided.Count == 0;

    public async Task OnGetAsync()
    {
        HubRefusal = (await status.Read()).HubRefusal;
        var today = store.Clock.Today;
        (Otherwise, Undecided) = await store.Do(session => (
            EvidenceStore.DecidedOtherwise(session, Most),
            EvidenceStore.Undecided(session, store.Journal.Acked(session), today.AddDays(1 - DaysToDecide), today.AddDays(-DaysShown), Most)));
    }
}
