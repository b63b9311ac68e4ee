using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Rules.States;
using EdgeHub.Sync.Stores;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>One visit's bill: left the queue, in the middle what is written, right why the sum is what it is. Everything that is typed is
/// kept at the agent; the confirmed form is settled once, however often it is sent.</summary>
[Needs(Actions.Quote, Shows.Visit)]
public sealed class BillPage(
    CheckIn.CheckIn checkIn, LookAtPerson look, VisitQueue queue, BillDrafts drafts, DeskSearch search, SettleVisit settle, LookUps lookUps, SyncWorker sync, SecondPerson second) : DeskPage
{
    public override string Title => W["bill.title"];

    public QueueView Queue { get; private set; } = null!;

    public VisitAnswer Visit { get; private set; } = null!;

    /// <summary>Null: nobody knows the person any more.</summary>
    public PersonSeen? Person { get; private set; }

    public QueueShown? Place { get; private set; }

    public BillDraft Draft { get; private set; } = null!;

    public string RequestKey { get; private set; } = "";

    /// <summary>Null: not complete yet, or refused: then <see cref="Missing"/> or <see cref="NotQuoted"/> says why.</summary>
    public QuoteAnswer? Quote { get; private set; }

    /// <summary>What is still to be written, or cannot be read, by field.</summary>
    public IReadOnlyList<Fault> Missing { get; private set; } = [];

    /// <summary>Why there is no price though the bill is complete.</summary>
    public Problem? NotQuoted { get; private set; }

    /// <summary>The sum that was confirmed, where the price has changed since.</summary>
    public long? ToldCash { get; private set; }

    public IReadOnlyList<FoundItem> Items { get; private set; } = [];

    public IReadOnlyList<FoundDiagnosis> Diagnoses { get; private set; } = [];

    public string ItemTyped { get; private set; } = "";

    public string DiagnosisTyped { get; private set; } = "";

    /// <summary>Where the work goes on: items, diagnoses, line, confirm.</summary>
    public string At { get; private set; } = "";

    /// <summary>The bill stands as settled: its page is the receipt.</summary>
    public Guid? Settled => Visit.Settlements.FirstOrDefault(part => part.Ordinal == Ordinal && part.Reversal is null)?.Settlement;

    public int Ordinal { get; private set; } = 1;

    /// <summary>The amount asks for a second person.</summary>
    public bool NeedsSecond { get; private set; }

    public bool MaySettle => Me!.May(Actions.Settle);

    public async Task<IActionResult> OnGetAsync(string visit, int ordinal = 1, string? at = null)
    {
        if (await Load(visit, ordinal) is { } elsewhere)
        {
            return elsewhere;
        }
        At = at ?? (Draft.Diagnoses.Count == 0 ? "diagnoses" : "items");
        await Price();
        return Page();
    }

    /// <summary>Items as one types.</summary>
    public async Task<IActionResult> OnGetItemsAsync(string? item) => Partial("/Desk/Visits/_Items.cshtml", await search.Items(item));

    /// <summary>Diagnoses as one types.</summary>
    public async Task<IActionResult> OnGetDiagnosesAsync(string? diagnosis) => Partial("/Desk/Visits/_Diagnoses.cshtml", await search.Diagnoses(diagnosis));

    /// <summary>Another state of the place in the queue: with the doctor, to pay, done, not here.</summary>
    public async Task<IActionResult> OnPostMoveAsync(string visit, string? place, string? to)
    {
        var outcome = Enum.TryParse<QueueState>(to, out var state)
            ? await queue.Move(place ?? "", state, QueueView.RoomOf(HttpContext), Me!.Number)
            : new QueueOutcome.Refused(Refusal.Of(Codes.UnknownCode, "queue", to ?? "", "a place in today's queue"));
        if (outcome is not QueueOutcome.Refused refused)
        {
            // Over without a bill: the evidence of the day asks why (Z27 rule 2).
            return Redirect(state switch
            {
                QueueState.NoShow => $"/desk/unsettled/{visit}?reason={EdgeHub.Sync.Journal.UnsettledReasons.PatientLeft}",
                QueueState.Done => "/desk/unsettled/" + visit,
                _ => "/desk/visit/" + visit,
            });
        }
        return await Load(visit, 1) is { } elsewhere ? elsewhere : await Shown(refused.Why);
    }

    public async Task<IActionResult> OnPostAsync(string visit, int ordinal = 1)
    {
        var form = BillForm.Of(Request.Form);
        if (await Load(visit, ordinal) is { } elsewhere)
        {
            return elsewhere;
        }
        var (step, chooses) = await StepOf(form);
        DraftOutcome saved;
        try
        {
            saved = await drafts.Save(form.Given(visit, ordinal, step));
        }
        catch (StoreException full) when (full.Code == Codes.DiskFull)
        {
            Draft = BillDrafts.Unsaved(Draft, form.Given(visit, ordinal, step));
            return await Shown(Full());
        }
        Draft = saved.Draft;
        if (saved.Why is { } why)
        {
            return await Shown(why);
        }
        if (chooses)
        {
            await Price();
            return Page();
        }
        return form.Pressed switch
        {
            "confirm" => await Confirm(form),
            "refused" => await KeepRefusal(form),
            // What the page saved by itself takes nobody's focus: a button that took it would be pressed by the next Enter.
            _ when form.IsBySelf => Redirect(Own + "?at=typing"),
            _ => Redirect(Address(step)),
        };
    }

    /// <summary>What the button does; with several that fit what was typed, nothing yet: one is to be chosen.</summary>
    private async Task<(DraftStep Step, bool Chooses)> StepOf(BillForm form)
    {
        switch (form.Pressed)
        {
            case "add-item":
                return (new DraftStep.AddItem(form.Value), false);
            case "add-diagnosis":
                return (new DraftStep.AddDiagnosis(form.Value), false);
            case "remove-line":
                return (new DraftStep.RemoveLine(int.TryParse(form.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : 0), false);
            case "remove-diagnosis":
                return (new DraftStep.RemoveDiagnosis(form.Value), false);
            case "enter" when form.Item.Length > 0:
                Items = await search.Items(form.Item);
                (ItemTyped, At) = (form.Item, "items");
                var item = Items.FirstOrDefault(found => string.Equals(found.Code, form.Item, StringComparison.OrdinalIgnoreCase)) ?? (Items.Count == 1 ? Items[0] : null);
                return item is null && Items.Count > 1 ? (new DraftStep.Keep(), true) : (new DraftStep.AddItem(item?.Code ?? form.Item), false);
            case "enter" when form.Diagnosis.Length > 0:
                Diagnoses = await search.Diagnoses(form.Diagnosis);
                (DiagnosisTyped, At) = (form.Diagnosis, "diagnoses");
                var diagnosis = Diagnoses.FirstOrDefault(found => string.Equals(found.Code, form.Diagnosis, StringComparison.OrdinalIgnoreCase)) ?? (Diagnoses.Count == 1 ? Diagnoses[0] : null);
                return diagnosis is null && Diagnoses.Count > 1 ? (new DraftStep.Keep(), true) : (new DraftStep.AddDiagnosis(diagnosis?.Code ?? form.Diagnosis), false);
            default:
                return (new DraftStep.Keep(), false);
        }
    }

    /// <summary>Settles what stands in the draft. A key that settled something before leads to its receipt, whatever was lost on the way.</summary>
    private async Task<IActionResult> Confirm(BillForm form)
    {
        if (!MaySettle)
        {
            return await Shown(Refusal.Of(Codes.NotAllowed, "role", Me!.Role, "a role that may do this"));
        }
        if (await lookUps.ByRequestKey(form.RequestKey) is LookUp<Store.AnsweredRequest>.Found known && known.Value.Operation == SettleVisit.Operation)
        {
            return Redirect("/desk/receipt/" + RequestContent.Answer<SettledAnswer>(known.Value).Settlement);
        }
        var (bill, why) = DraftReader.Read(Draft, form.RequestKey, Me!.Number, form.ExpectedCash);
        if (bill is null)
        {
            return await Shown(why!);
        }
        await Price();
        if (Quote is { } told && await second.Ask(
            Me!, Actions.Settle, new Money(told.Totals.Total, Currency.Parse(told.Currency)), form.RequestKey, form.SecondNumber, form.SecondPin) is ApprovalOutcome.Refused alone)
        {
            return Refuse(alone.Why);
        }
        MoneyOutcome outcome;
        try
        {
            outcome = await settle.Settle(Visit.Visit, bill, HttpContext.RequestAborted);
        }
        catch (StoreException full) when (full.Code == Codes.DiskFull)
        {
            return await Shown(Full());
        }
        switch (outcome)
        {
            case MoneyOutcome.Done done:
                sync.Nudge();
                return Redirect("/desk/receipt/" + RequestContent.Answer<SettledAnswer>(new Store.AnsweredRequest(SettleVisit.Operation, [], done.Json)).Settlement);
            case MoneyOutcome.Refused refused:
                ToldCash = refused.Why.Code == Codes.QuoteChanged ? form.ExpectedCash : null;
                return await Load(Visit.Visit, Ordinal) is { } elsewhere ? elsewhere : await Shown(refused.Why);
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    /// <summary>A bureau's limit refuses: that is kept as evidence, and the patient's invoice is taken in. It asks to be settled at a sum that no
    /// bill has, so where the line came back meanwhile nothing is settled at a price that nobody was told.</summary>
    private async Task<IActionResult> KeepRefusal(BillForm form)
    {
        const long NoSum = -1;
        var (bill, _) = DraftReader.Read(Draft, form.RequestKey, Me!.Number, NoSum);
        var outcome = bill is null ? null : await settle.Settle(Visit.Visit, bill, HttpContext.RequestAborted);
        return outcome is MoneyOutcome.Refused refused && refused.Why.Code != Codes.QuoteChanged
            ? Redirect("/desk/invoice?refused=" + Uri.EscapeDataString(form.RequestKey))
            : Redirect(Address(new DraftStep.Keep()));
    }

    /// <summary>Nothing was stored and nothing charged; the bill stands on the page as it was written.</summary>
    private static Refusal Full() => Refusal.Of(Codes.DiskFull, "disk", "", "room on the disk");

    private async Task<IActionResult> Shown(Refusal why)
    {
        At = why.Code == Codes.QuoteChanged ? "confirm" : At;
        await Price();
        return Refuse(why);
    }

    /// <returns>Null: go on. Else where to go instead, or that there is no such visit.</returns>
    private async Task<IActionResult?> Load(string visit, int ordinal)
    {
        Ordinal = ordinal;
        if (ordinal is < 1 or > 99 || await checkIn.Show(visit) is not CheckInOutcome.Opened opened)
        {
            return NotFound();
        }
        Visit = opened.Visit;
        if (Settled is { } settled)
        {
            return Redirect("/desk/receipt/" + settled);
        }
        (Queue, Place, Person) = (await QueueView.Read(queue, HttpContext, visit), await queue.OfVisit(visit), await look.OfVisit(visit));
        (Draft, RequestKey) = (await drafts.Open(visit, ordinal), await drafts.RequestKey(visit, ordinal));
        return null;
    }

    private async Task Price()
    {
        var (bill, why) = DraftReader.Read(Draft, RequestKey, Me!.Number, null);
        if (bill is null)
        {
            Missing = why!.Faults;
            return;
        }
        switch (await settle.Quote(Visit.Visit, bill))
        {
            case QuoteOutcome.Quoted quoted:
                Quote = quoted.Answer;
                NeedsSecond = MaySettle && await second.IsNeeded(Me!, Actions.Settle, new Money(Quote.Totals.Total, Currency.Parse(Quote.Currency)));
                break;
            case QuoteOutcome.Refused refused:
                NotQuoted = Problems.Of(refused.Why, Problems.StatusOf(refused.Why.Code), W.Language);
                break;
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    private string Own => $"/desk/visit/{Visit.Visit}{(Ordinal == 1 ? "" : "/" + Ordinal.ToString(CultureInfo.InvariantCulture))}";

    private string Address(DraftStep step) => Own + "?at=" + step switch
    {
        DraftStep.AddItem => "line",
        DraftStep.RemoveLine => "items",
        DraftStep.AddDiagnosis => Draft.Lines.Count == 0 ? "items" : "diagnoses",
        DraftStep.RemoveDiagnosis => "diagnoses",
        _ => Quote is null && Draft.Lines.Count == 0 ? "items" : "confirm",
    };
}
