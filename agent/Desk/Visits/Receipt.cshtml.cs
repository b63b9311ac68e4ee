using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>A settlement as it was confirmed, to be shown, printed, and taken back from; and what became of it since.</summary>
[Needs(Actions.SeeSettlement, Shows.Settlement)]
public sealed class ReceiptPage(LookUps lookUps, SettledInFull settled, VisitQueue queue, StatusBar bar, PrintReceipt print) : DeskPage
{
    public override string Title => W["receipt.title"];

    public QueueView Queue { get; private set; } = null!;

    public SettlementShown Shown { get; private set; } = null!;

    public SettledFacts Facts { get; private set; } = null!;

    public string Institution => bar.Place;

    public Currency Currency => Currency.Parse(Shown.Confirmed.Currency);

    /// <summary>What the total is made of before anybody pays (B10, B11): the patient's own outside the scheme, and what the deductible took; nothing of 0.</summary>
    public IEnumerable<(string Step, long Amount)> Parts
    {
        get
        {
            var totals = Shown.Confirmed.Totals;
            (string Step, long Amount)[] all =
            [
                (StepNames.FullSelfPay, totals.FullSelfPay), (StepNames.OverPriceLimit, totals.OverPriceLimit), (StepNames.PreSelfPay, totals.PreSelfPay),
                (StepNames.Eligible, totals.Eligible), (StepNames.Deductible, totals.Deductible),
            ];
            return all.Where(part => part.Amount != 0);
        }
    }

    /// <summary>What is left of the household account; null: there is none.</summary>
    public long? AccountLeft => Shown.Confirmed.Limits.FirstOrDefault(limit => limit is { Name: "account/year", Limit: > 0 })?.After;

    public bool Stands => Shown.Reversal is null;

    /// <summary>What stands in this one's place after a part was refunded; null: nothing.</summary>
    public ChainShown? Successor { get; private set; }

    /// <summary>Printers over serial lines; empty: the browser prints alone.</summary>
    public IReadOnlyList<string> Printers => print.Printers;

    /// <summary>What became of the slip that was asked for: Printed, Unconfirmed, Failed or Gone (no such printer); null: none was.</summary>
    public string? Slip { get; private set; }

    /// <summary>What staff may do about it; null: nothing is wrong.</summary>
    public string? SlipText { get; private set; }

    private static readonly string[] Outcomes = ["Printed", "Unconfirmed", "Failed", "Gone"];

    /// <summary>Prints on a printer over a serial line.</summary>
    public async Task<IActionResult> OnPostPrinterAsync(Guid settlement, string? printer)
    {
        if (await lookUps.Settlement(settlement.ToString("D")) is not LookUp<SettlementShown>.Found found)
        {
            return NotFound();
        }
        var answer = print.Has(printer) ? await print.Now(found.Value, printer, W.Language) : null;
        return Redirect($"/desk/receipt/{settlement:D}?slip={answer?.Outcome ?? "Gone"}{(answer?.Error is { } error ? "&why=" + error : "")}");
    }

    public async Task<IActionResult> OnGetAsync(Guid settlement, string? slip, string? why)
    {
        Slip = Outcomes.Contains(slip) ? slip : null;
        SlipText = Slip == "Failed" && Enum.TryParse<DeviceErrorCode>(why, out var code) && Enum.IsDefined(code) ? DeviceErrors.For(code).Staff(W.Language) : null;
        if (await lookUps.Settlement(settlement.ToString("D")) is not LookUp<SettlementShown>.Found found || await settled.Read(settlement) is not { } facts)
        {
            return NotFound();
        }
        (Shown, Facts) = (found.Value, facts);
        Queue = await QueueView.Read(queue, HttpContext, Shown.Confirmed.Visit);
        var at = Shown.Chain.ToList().FindIndex(link => link.Settlement == settlement);
        Successor = at >= 0 && at + 1 < Shown.Chain.Count ? Shown.Chain[at + 1] : null;
        return Page();
    }
}
