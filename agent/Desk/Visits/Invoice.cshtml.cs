using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>Takes in an invoice that the patient paid in full. Nothing is paid now: the hub decides, and what it owes is paid out later.
/// Source: Z20, Z37.</summary>
[Needs(Actions.TakeInInvoice, Shows.Claim)]
public sealed class InvoicePage(ClaimReimbursement claims, CardReaders readers, LookAtPerson look, AgentStore store, IEntropy entropy, SyncWorker sync) : DeskPage
{
    public static readonly IReadOnlyList<string> ReasonCodes = ClaimReasons.All;

    public static readonly IReadOnlyList<string> InstitutionTypes = ["clinic", "hospital"];

    public override string Title => W["invoice.title"];

    public InvoiceForm Form { get; private set; } = null!;

    public CardView Card { get; private set; } = null!;

    /// <summary>The claim that was taken in; null: none yet.</summary>
    public ReimbursementShown? Taken { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? claim, string? refused)
    {
        Card = await CardView.Read(readers, look, HttpContext);
        Form = InvoiceForm.Blank(entropy.NewId(store.Clock.Now).ToString("D"), refused is { Length: > 0 and <= Given.KeyCharacters } ? refused : "");
        if (claim is null)
        {
            return Page();
        }
        if (await claims.Show(claim.Value.ToString("D")) is not LookUp<ReimbursementShown>.Found found)
        {
            return NotFound();
        }
        Taken = found.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? step)
    {
        Form = InvoiceForm.Of(Request.Form);
        Card = await CardView.Read(readers, look, HttpContext);
        if (step == "rows")
        {
            Form = Form with { Rows = [.. Form.Rows, .. Enumerable.Repeat(new InvoiceRow("", "", ""), InvoiceForm.FewRows)] };
            return Page();
        }
        if (Form.How == "manual" && !Card.MayEnterByHand)
        {
            return Refuse(Refusal.Of(Codes.NotByHand, "evidence.kind", "manual", "a card that is read, or an identity number"));
        }
        if (Form.How == "card" && Card.IsAmbiguous)
        {
            return Refuse(Refusal.Of(Codes.Missing, "evidence.card", "", "one card, or the reader that is meant"));
        }
        var faults = new List<Fault>();
        var request = Form.Request(Me!.Number, Card.Reader?.Name, faults);
        if (faults.Count > 0)
        {
            return Refuse(new Refusal(faults, null));
        }
        switch (await claims.Claim(request, HttpContext.RequestAborted))
        {
            case MoneyOutcome.Done done:
                sync.Nudge();
                return Redirect("/desk/invoice?claim=" + RequestContent.Answer<ReimbursementAnswer>(new AnsweredRequest(ClaimReimbursement.Operation, [], done.Json)).Claim);
            case MoneyOutcome.Refused refused:
                return Refuse(refused.Why);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }
}
