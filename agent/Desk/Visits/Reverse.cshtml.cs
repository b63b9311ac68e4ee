using EdgeHub.Agent.Access;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>Takes a settlement back whole, with a reason. The same form twice takes it back once: the key is the settlement's own.</summary>
[Needs(Actions.Reverse, Shows.Settlement)]
public sealed class ReversePage(LookUps lookUps, SettledInFull settled, ReverseVisit reverse, SyncWorker sync, SecondPerson second) : DeskPage
{
    /// <summary>What usually happened; anything else is written beside it.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["WrongPerson", "WrongItem", "WrongQuantity", "NotTreated", "Other"];

    public override string Title => W["reverse.title"];

    public SettlementShown Shown { get; private set; } = null!;

    public SettledFacts Facts { get; private set; } = null!;

    public string Reason { get; private set; } = "";

    public string More { get; private set; } = "";

    /// <summary>The amount asks for a second person.</summary>
    public bool NeedsSecond { get; private set; }

    private Money Total => new(Shown.Confirmed.Totals.Total, Currency.Parse(Shown.Confirmed.Currency));

    public async Task<IActionResult> OnGetAsync(Guid settlement) => await Load(settlement) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid settlement, string? reason, string? more, string? secondNumber, string? secondPin)
    {
        if (!await Load(settlement))
        {
            return NotFound();
        }
        (Reason, More) = (reason ?? "", more?.Trim() ?? "");
        if (!Reasons.Contains(Reason, StringComparer.Ordinal) || (Reason == "Other" && More.Length == 0))
        {
            return Refuse(Refusal.Of(Codes.Missing, W["reverse.reason"], "", "a text"));
        }
        var request = new ReverseRequest($"reverse-{settlement:D}", More.Length == 0 ? Reason : $"{Reason}: {More}", Me!.Number);
        if (Shown.Reversal is null && await second.Ask(Me!, Actions.Reverse, Total, request.RequestKey!, secondNumber, secondPin) is ApprovalOutcome.Refused alone)
        {
            return Refuse(alone.Why);
        }
        switch (await reverse.Reverse(settlement.ToString("D"), request, HttpContext.RequestAborted))
        {
            case MoneyOutcome.Done:
                sync.Nudge();
                return Redirect("/desk/receipt/" + settlement);
            case MoneyOutcome.Refused refused:
                return refused.Why.Code is Codes.AlreadyReversed ? Redirect("/desk/receipt/" + settlement) : Refuse(refused.Why);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    private async Task<bool> Load(Guid settlement)
    {
        if (await lookUps.Settlement(settlement.ToString("D")) is not LookUp<SettlementShown>.Found found || await settled.Read(settlement) is not { } facts)
        {
            return false;
        }
        (Shown, Facts) = (found.Value, facts);
        NeedsSecond = await second.IsNeeded(Me!, Actions.Reverse, Total);
        return true;
    }
}
