using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Daily;

/// <summary>A day's money: what was settled and taken back, who pays it, what must lie in the drawer, and the counts of it.</summary>
[Needs(Actions.SeeDay)]
public sealed class DayPage(LookUps lookUps, AgentStore store, Drawer drawer) : DeskPage
{
    public override string Title => W["day.title", F.Day(On)];

    public DateOnly On { get; private set; }

    public DateOnly Today => store.Clock.Today;

    public DayTotalsAnswer Totals { get; private set; } = null!;

    public IReadOnlyList<DrawerCount> Counts { get; private set; } = [];

    public Currency Money => Currency.Parse(Totals.Currency);

    public long Expected => Drawer.Expected(Totals);

    public string Counted { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public string At(DateTimeOffset at) => EdgeHub.Pages.Speech.Formats.Time(store.Clock.Local(at));

    public Task OnGetAsync(string? on) => Load(on);

    [Needs(Actions.CountDrawer)]
    public async Task<IActionResult> OnPostAsync(string? counted, string? reason)
    {
        (Counted, Reason) = (counted ?? "", reason ?? "");
        var outcome = await drawer.Count(Me!, counted, reason);
        await Load(null);
        return outcome is CountOutcome.Refused refused ? Refuse(refused.Why) : LocalRedirect("/desk/day");
    }

    /// <summary>No clinic ran this then, and the calendar's own first day has no day before it.</summary>
    private const int FirstYear = 2000;

    private async Task Load(string? on)
    {
        On = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= Today && day.Year >= FirstYear ? day : Today;
        Totals = await lookUps.DayTotals(On);
        Counts = await store.Do(session => EvidenceStore.Counts(session, On));
    }
}
