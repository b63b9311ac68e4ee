using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Desk.Visits;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Daily;

/// <summary>A day's money: what was settled and taken back, who pays it, what must lie in the drawer, and the counts of it.</summary>
[Needs(Actions.SeeDay, Shows.Nobody)]
public sealed class DayPage(LookUps lookUps, AgentStore store, Drawer drawer) : DeskPage
{
    public override string Title => W["day.title", F.Day(On)];

    public DateOnly On { get; private set; }

    public DateOnly Today => store.Clock.Today;

    public DayTotalsAnswer Totals { get; private set; } = null!;

    public IReadOnlyList<DrawerCount> Counts { get; private set; } = [];

    /// <summary>Contacts of the day by channel and profession (O6).</summary>
    public IReadOnlyList<ContactCount> Contacts { get; private set; } = [];

    /// <summary>Visits of the day that were not settled and that nobody has said anything about (Z27 rule 2).</summary>
    public int Unsaid { get; private set; }

    /// <summary>The professions that had contacts, those of the page for contacts first.</summary>
    public IEnumerable<string> Professions => Contacts.Select(each => each.Profession).Distinct(StringComparer.Ordinal)
        .OrderBy(each => ContactPage.Professions.Contains(each, StringComparer.Ordinal) ? ContactPage.Professions.ToList().IndexOf(each) : int.MaxValue).ThenBy(each => each, StringComparer.Ordinal);

    /// <summary>The number of a channel and a profession; null: of all.</summary>
    public long Contacted(string? channel, string? profession) =>
        Contacts.Where(each => (channel ?? each.Channel) == each.Channel && (profession ?? each.Profession) == each.Profession).Sum(each => each.Count);

    /// <summary>A number in a table; nothing as a dash.</summary>
    public string Dash(long number) => number == 0 ? "–" : F.Number(number);

    /// <summary>A profession in words; a site's own word as it is.</summary>
    public string Profession(string code) => ContactPage.Professions.Contains(code, StringComparer.Ordinal) ? W.Of("profession", code) : code;

    public Currency Money => Currency.Parse(Totals.Currency);

    public long Expected => Drawer.Expected(Totals);

    public string Counted { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public string At(DateTimeOffset at) => EdgeHub.Pages.Speech.Formats.Time(store.Clock.Local(at));

    public Task OnGetAsync(string? on) => Load(on);

    [Needs(Actions.CountDrawer, Shows.Nobody)]
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
        (Counts, Contacts, Unsaid) = await store.Do(session => (
            EvidenceStore.Counts(session, On), ContactStore.OfDay(session, On), EvidenceStore.OfDay(session, On).Count(visit => EvidencePage.IsUnsaid(visit, On))));
    }
}
