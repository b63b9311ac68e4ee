using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>Takes a part of a settlement back: what remains is written line by line, the sum to give back is shown, then confirmed. The key is the
/// settlement's own, so the same form twice refunds once.</summary>
[Needs(Actions.RefundPart, Shows.Settlement)]
public sealed class RefundPage(LookUps lookUps, SettledInFull settled, RefundPart refund, SyncWorker sync, SecondPerson second) : DeskPage
{
    private const int QuantityDecimals = 4;

    public override string Title => W["refund.title"];

    public SettlementShown Shown { get; private set; } = null!;

    public SettledFacts Facts { get; private set; } = null!;

    /// <summary>What remains of each line, as typed.</summary>
    public IReadOnlyList<string> Remains { get; private set; } = [];

    public string Reason { get; private set; } = "";

    /// <summary>The amount asks for a second person.</summary>
    public bool NeedsSecond { get; private set; }

    /// <summary>Null: not asked for yet, or refused.</summary>
    public PartRefundQuote? Quote { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid settlement) => await Load(settlement) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid settlement, string? step, string? reason, long? expectedDifference, string? secondNumber, string? secondPin)
    {
        if (!await Load(settlement))
        {
            return NotFound();
        }
        (Reason, Remains) = (reason?.Trim() ?? "", [.. Request.Form["remains"].Select(text => text?.Trim() ?? "").Take(Facts.Body.Lines.Count)]);
        if (Lines() is not { } lines)
        {
            return Refuse(Refusal.Of(Codes.BadNumber, W["refund.remains"], string.Join(" ", Remains), "a quantity from 0 to what was settled"));
        }
        var request = new PartRefundRequest($"refund-{settlement:D}", lines, Reason, Me!.Number, null);
        if (step != "confirm" || Reason.Length == 0 || expectedDifference is null)
        {
            return await refund.Quote(settlement.ToString("D"), request) switch
            {
                LookUp<PartRefundQuote>.Found found => await Quoted(found.Value, isReasonMissing: step == "confirm" && Reason.Length == 0),
                LookUp<PartRefundQuote>.Refused refused => Refuse(refused.Why),
                var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
            };
        }
        var back = new Money(Math.Abs(expectedDifference.Value), Currency.Parse(Shown.Confirmed.Currency));
        if (await second.Ask(Me!, Actions.RefundPart, back, request.RequestKey!, secondNumber, secondPin) is ApprovalOutcome.Refused alone)
        {
            (Quote, NeedsSecond) = ((await refund.Quote(settlement.ToString("D"), request) as LookUp<PartRefundQuote>.Found)?.Value, true);
            return Refuse(alone.Why);
        }
        switch (await refund.Refund(settlement.ToString("D"), request with { ExpectedDifference = expectedDifference }, HttpContext.RequestAborted))
        {
            case MoneyOutcome.Done done:
                sync.Nudge();
                return Redirect("/desk/receipt/" + RequestContent.Answer<PartRefundAnswer>(new Store.AnsweredRequest(RefundPart.Operation, [], done.Json)).Now.Settlement);
            case MoneyOutcome.Refused refused:
                return refused.Why.Code == Codes.PartlyRefunded ? Redirect("/desk/receipt/" + settlement) : Refuse(refused.Why);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    private async Task<IActionResult> Quoted(PartRefundQuote quote, bool isReasonMissing)
    {
        Quote = quote;
        NeedsSecond = await second.IsNeeded(Me!, Actions.RefundPart, new Money(Math.Abs(quote.Difference.Cash), Currency.Parse(Shown.Confirmed.Currency)));
        return isReasonMissing ? Refuse(Refusal.Of(Codes.Missing, W["reverse.reason"], "", "a text")) : Page();
    }

    /// <summary>Null: a quantity cannot be read, or there is more than was settled.</summary>
    private List<LineRemains?>? Lines()
    {
        var lines = new List<LineRemains?>();
        foreach (var (line, typed) in Facts.Body.Lines.Zip(Remains))
        {
            if (!decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var left)
                || left > line.Quantity || decimal.Round(left, QuantityDecimals) != left)
            {
                return null;
            }
            if (left > 0)
            {
                lines.Add(left == line.Quantity
                    ? new LineRemains(line.No, null, null)
                    : new LineRemains(line.No, left, (long)Math.Round(line.Price * left * 100m, 0, MidpointRounding.AwayFromZero)));
            }
        }
        return Remains.Count == Facts.Body.Lines.Count ? lines : null;
    }

    private async Task<bool> Load(Guid settlement)
    {
        if (await lookUps.Settlement(settlement.ToString("D")) is not LookUp<SettlementShown>.Found found || await settled.Read(settlement) is not { } facts)
        {
            return false;
        }
        (Shown, Facts) = (found.Value, facts);
        Remains = [.. Facts.Body.Lines.Select(line => line.Quantity.ToString("0.####", CultureInfo.InvariantCulture))];
        return true;
    }
}
