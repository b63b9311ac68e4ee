using EdgeHub.Agent.Access;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.Desk.Daily;

/// <summary>What lies somewhere and who must act: a batch that the hub refused, entries that it set aside (quarantine), settlements that it
/// refused or changed, settlements that it has had for days and not decided on. Each with its owner.</summary>
[Needs(Actions.SeeQuarantine, Shows.Nobody)]
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

    /// <summary>Own entries in the hub's quarantine, the oldest first.</summary>
    public IReadOnlyList<AsideEntry> Aside { get; private set; } = [];

    public IReadOnlyList<OpenDecision> Otherwise { get; private set; } = [];

    public IReadOnlyList<OpenDecision> Undecided { get; private set; } = [];

    public bool IsEmpty => HubRefusal is null && Aside.Count == 0 && Otherwise.Count == 0 && Undecided.Count == 0;

    public TimeSpan AgeOf(SetAside aside) => store.Clock.Now > aside.Since ? store.Clock.Now - aside.Since : TimeSpan.Zero;

    /// <summary>waits: released by itself; here: this clinic; bureau.</summary>
    public string OwnerOf(SetAside aside) => aside.WaitsFor.Length > 0 ? "waits" : aside.Owner == SetAside.Bureau ? "bureau" : "here";

    /// <summary>The kinds of entries that have a word of their own.</summary>
    public static string KindOf(SetAside aside) => aside.Kind switch
    {
        Kinds.VisitSettled or Kinds.VisitReversed or Kinds.VisitPartlyRefunded or Kinds.ReimbursementClaimed or Kinds.RefundPaid or Kinds.OfflineRefused => aside.Kind,
        Kinds.BookingMade or Kinds.BookingCancelled or Kinds.BookingStepped => "Booking",
        _ => "Other",
    };

    /// <summary>The reasons that have words of their own.</summary>
    public static string WhyOf(SetAside aside) => aside.Code switch
    {
        Codes.BodyUnreadable or Codes.UnknownKind or Codes.StoreDamaged or Codes.UnknownCode or Codes.BadDate or Codes.TooMany => aside.Code,
        Codes.Duplicate or Codes.Duplicated => Codes.Duplicate,
        Codes.ReversedUnknown or Codes.NotFound => Codes.ReversedUnknown,
        _ => Codes.Unexpected,
    };

    public async Task OnGetAsync()
    {
        HubRefusal = (await status.Read()).HubRefusal;
        var today = store.Clock.Today;
        (Aside, Otherwise, Undecided) = await store.Do(session => (
            SetAsideStore.All(session, store.Journal, store.Site?.Device ?? "", Most),
            EvidenceStore.DecidedOtherwise(session, Most),
            EvidenceStore.Undecided(session, store.Journal.Acked(session), today.AddDays(1 - DaysToDecide), today.AddDays(-DaysShown), Most)));
    }
}
