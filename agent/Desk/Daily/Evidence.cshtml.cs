using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Pages.Speech;
using EdgeHub.Pages.Web;
using EdgeHub.Sync.Journal;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Daily;

/// <summary>Evidence of instant settlement (Z27, rule 2): every visit of a day was settled on the spot, or why not. Without names: what is
/// filed says visits and receipts.</summary>
[Needs(Actions.SeeEvidence, Shows.Told)]
public sealed class EvidencePage(AgentStore store) : DeskPage
{
    /// <summary>The rule as the county's document has it (镇政发〔2020〕9 号 五(二)2).</summary>
    public const string RuleText = "拒诊、推诿参保患者，未即时结报参保患者医疗费用的：每发现一例扣减对应成员机构年度指标的 1%。";

    /// <summary>Of a visit that was settled on the spot and taken back; the reason stands with the reversal.</summary>
    private const string TakenBack = "TakenBack";

    private const string RefusedByLimit = "RefusedByLimit";

    private const string OnTheSpot = "OnTheSpot";

    private const string Later = "Later";

    private const string Explained = "Explained";

    private const string Open = "Open";

    private const string InStay = "InStay";

    public override string Title => W["evidence.title"];

    public DateOnly On { get; private set; }

    public DateOnly Today => store.Clock.Today;

    public IReadOnlyList<VisitEvidence> Visits { get; private set; } = [];

    public IReadOnlyDictionary<string, int> Counted { get; private set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public string At(DateTimeOffset at) => Formats.Time(store.Clock.Local(at));

    public Task OnGetAsync(string? on) => Load(on);

    public async Task<IActionResult> OnGetCsvAsync(string? on)
    {
        await Load(on);
        var day = On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        IEnumerable<IReadOnlyList<string>> rows = Visits.Select(visit => (IReadOnlyList<string>)[
            day, At(visit.Opened), visit.Visit, visit.VisitType, StateOf(visit), W.Of("evidence.state", StateOf(visit)), ReasonOf(visit) ?? "", ReasonText(visit) ?? "", visit.RefusedBy ?? "", visit.Receipt ?? "",
            Formats.Typed(visit.Total), Formats.Typed(visit.Fund), Formats.Typed(visit.Cash), visit.Offline ? "yes" : "no", visit.Operator]);
        return CsvAnswer.Of($"instant-settlement-{store.Site?.Site}-{day}.csv", rows.Prepend(
            ["day", "time", "visit", "visit_type", "state", W["evidence.state"], "reason", W["evidence.reason"], "refused_by", "receipt", "total", "fund", "cash", "offline", "operator"]));
    }

    /// <summary>OnTheSpot; Later (on another day than the visit); InStay; TakenBack; RefusedByLimit (the bureau's, not the clinic's); Explained
    /// (nothing was settled, and somebody said why); Open.</summary>
    public string StateOf(VisitEvidence visit) => StateOf(visit, On);

    /// <summary>Not settled on its day, and nobody has said why.</summary>
    public static bool IsUnsaid(VisitEvidence visit, DateOnly on) => visit.Said is null && StateOf(visit, on) is (Later or Open);

    private static string StateOf(VisitEvidence visit, DateOnly on) =>
        visit.Settlement is not null && visit.Reversal is null ? (visit.SettledOn == on || IsStay(visit) ? OnTheSpot : Later)
        : visit.Settlement is not null ? TakenBack
        : visit.Said is not null ? Explained
        : visit.RefusedBy is not null ? RefusedByLimit
        : IsStay(visit) ? InStay
        : Open;

    /// <summary>Why it was not settled on the spot: what somebody said, or what the store itself knows; blank: open, nobody has said why; null:
    /// it was settled.</summary>
    public string? ReasonOf(VisitEvidence visit) => StateOf(visit) switch
    {
        OnTheSpot => null,
        RefusedByLimit => UnsettledReasons.LimitOfBureau,
        InStay => InStay,
        TakenBack => visit.Said ?? TakenBack,
        _ => visit.Said ?? "",
    };

    /// <summary>The reason in the reader's words.</summary>
    public string? ReasonText(VisitEvidence visit) => ReasonOf(visit) switch
    {
        null => null,
        "" => W["evidence.unsaid"],
        TakenBack => W["evidence.state.TakenBack"],
        InStay => W["evidence.state.InStay"],
        var said => W.Of("unsettled.reason", said),
    };

    /// <summary>Visits of the day that nobody has said anything about.</summary>
    public int Unsaid => Visits.Count(visit => IsUnsaid(visit, On));

    /// <summary>A reason may be said, or said anew.</summary>
    public bool MaySay(VisitEvidence visit) => Me!.May(Actions.SayUnsettled) && StateOf(visit) is (Open or Explained or Later or TakenBack);

    /// <summary>good, warn or nothing.</summary>
    public static string? Kind(string state) => state switch
    {
        OnTheSpot => "good",
        Later or RefusedByLimit => "warn",
        Open => "bad",
        _ => null,
    };

    private static bool IsStay(VisitEvidence visit) => visit.VisitType is "21" or "52";

    /// <summary>No clinic ran this then, and the calendar's own first day has no day before it.</summary>
    private const int FirstYear = 2000;

    private async Task Load(string? on)
    {
        On = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= Today && day.Year >= FirstYear ? day : Today;
        Visits = await store.Do(session => EvidenceStore.OfDay(session, On));
        Sight.Of(HttpContext).List("evidence", Visits.Count);
        Counted = Visits.GroupBy(StateOf, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }
}
