using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Sync;
using EdgeHub.Sync.Journal;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>A visit that ends without a bill, or whose bill came on a later day: why, out of a closed list. Source: Z27 rule 2 (五(二)2).</summary>
[Needs(Actions.SayUnsettled, Shows.Visit)]
public sealed class UnsettledPage(CheckIn.CheckIn checkIn, SayUnsettled say, VisitQueue queue, SyncWorker sync) : DeskPage
{
    private const string Evidence = "evidence";

    /// <summary>What was said before; null: nothing.</summary>
    private string? _said;

    public override string Title => W["unsettled.title"];

    public QueueView Queue { get; private set; } = null!;

    public VisitAnswer Visit { get; private set; } = null!;

    public string Reason { get; private set; } = "";

    /// <summary>evidence: there the work goes on; blank: at the queue.</summary>
    public string From { get; private set; } = "";

    /// <summary>Settled on its day: nothing is to be said.</summary>
    public bool IsSettled { get; private set; }

    public string Back => From == Evidence ? "/desk/evidence?on=" + Visit.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "/desk";

    /// <param name="reason">Proposed by where one comes from; what was said before stands before it.</param>
    public async Task<IActionResult> OnGetAsync(string visit, string? reason, string? from)
    {
        if (!await Load(visit, from))
        {
            return NotFound();
        }
        Reason = _said ?? (UnsettledReasons.All.Contains(reason, StringComparer.Ordinal) ? reason! : "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string visit, string? reason, string? from)
    {
        if (!await Load(visit, from))
        {
            return NotFound();
        }
        Reason = reason ?? "";
        switch (await say.Say(visit, reason, Me!.Number))
        {
            case UnsettledOutcome.Kept:
                sync.Nudge();
                return Redirect(Back);
            case UnsettledOutcome.Refused refused:
                return Refuse(refused.Why);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    private async Task<bool> Load(string visit, string? from)
    {
        if (await checkIn.Show(visit) is not CheckInOutcome.Opened opened)
        {
            return false;
        }
        (Visit, From) = (opened.Visit, from == Evidence ? Evidence : "");
        Queue = await QueueView.Read(queue, HttpContext, visit);
        (_said, IsSettled) = await say.Now(visit, Visit.Day);
        return true;
    }
}
