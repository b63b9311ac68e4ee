using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Pages.Speech;
using EdgeHub.Pages.Web;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Daily;

/// <summary>Evidence of instant settlement (Z27, rule 2): every visit of a day was settled on the spot, or why not. Without names: what is
/// filed says visits and receipts.</summary>
[Needs(Actions.SeeEvidence)]
public sealed class EvidencePage(AgentStore store) : DeskPage
{
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
            day, At(visit.Opened), visit.Visit, visit.VisitType, StateOf(visit), W.Of("evidence.state", StateOf(visit)), visit.RefusedBy ?? "", visit.Receipt ?? "",
            Formats.Typed(visit.Total), Formats.Typed(visit.Fund), Formats.Typed(visit.Cash), visit.Offline ? "yes" : "no", visit.Operator]);
        return CsvAnswer.Of($"instant-settlement-{store.Site?.Site}-{day}.csv", rows.Prepend(
            ["day", "time", "visit", "visit_type", "state", W["evidence.state"], "refused_by", "receipt", "total", "fund", "cash", "offline", "operator"]));
    }

    /// <summary>OnTheSpot; Later (on another day than the visit); InStay; TakenBack; RefusedByLimit (the bureau's, not the clinic's); Open.</summary>
    public string StateOf(VisitEvidence visit) =>
        visit.Settlement is not null && visit.Reversal is null ? (visit.SettledOn == On || IsStay(visit) ? "OnTheSpot" : "Later")
        : visit.Settlement is not null ? "TakenBack"
        : visit.RefusedBy is not null ? "RefusedByLimit"
        : IsStay(visit) ? "InStay"
        : "Open";

    /// <summary>good, warn or nothing.</summary>
    public static string? Kind(string state) => state switch
    {
        "OnTheSpot" => "good",
        "Later" or "RefusedByLimit" => "warn",
        "Open" => "bad",
        _ => null,
    };

    private static bool IsStay(VisitEvidence visit) => visit.VisitType is "21" or "52";

    /// <summary>No clinic ran this then, and the calendar's own first day has no day before it.</summary>
    private const int FirstYear = 2000;

    private async Task Load(string? on)
    {
        On = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= Today && day.Year >= FirstYear ? day : Today;
        Visits = await store.Do(session => EvidenceStore.OfDay(session, On));
        Counted = Visits.GroupBy(StateOf, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }
}
