using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Desk;

/// <summary>Writes bills together with the desk: each form is one transaction; the same form twice is once; a form that shows an older
/// state than another desk has written since changes nothing and says so.</summary>
public sealed class BillDrafts(AgentStore store, ListStore lists)
{
    private const int TypedCharacters = 20;

    /// <summary>The draft of a part of a visit; an empty one where nobody has begun.</summary>
    public Task<BillDraft> Open(string visit, int ordinal) => store.Do(session => Of(session, visit, ordinal));

    /// <summary>Keeps a form and does what its button says. What cannot be done is named; the rest is kept all the same.</summary>
    public Task<DraftOutcome> Save(DraftGiven given) => store.Do(session =>
    {
        var stands = Of(session, given.Visit, given.Ordinal);
        if (store.Visits.Find(session, given.Visit) is null)
        {
            return new DraftOutcome(stands, Refusal.Of(Codes.NotFound, "visit", given.Visit, "a visit that was opened here"));
        }
        var step = StepOf(given);
        if (stands.LastStep == step)
        {
            return new DraftOutcome(stands, null);
        }
        var faults = new List<Fault>();
        var typed = Typed(stands, given, faults);
        var isSamePage = given.Editor.Length > 0 && given.Editor == stands.Editor;
        if (given.Revision != stands.Revision && isSamePage && given.IsBySelf)
        {
            return new DraftOutcome(stands, null);
        }
        if (given.Revision != stands.Revision && !isSamePage && !(IsSame(typed, stands) && given.Lines?.Count == stands.Lines.Count))
        {
            return new DraftOutcome(stands, Refusal.Of(Codes.ChangedElsewhere, "visit", "", "the bill as it stands now"));
        }
        var next = Done(session, typed, given.Step, faults);
        if (!IsSame(next, stands))
        {
            next = next with { Revision = stands.Revision + 1, LastStep = step, Editor = given.Editor };
            store.Drafts.Put(session, next, store.Clock.Now);
        }
        return new DraftOutcome(next, faults.Count == 0 ? null : new Refusal(faults, null));
    });

    /// <summary>What stands in a form, kept nowhere: where the disk has no room the page shows it all the same.</summary>
    public static BillDraft Unsaved(BillDraft stands, DraftGiven given) => Typed(stands, given, []);

    /// <summary>The key under which a part of a visit is settled: the same from every desk and every reload, another after a reversal. So whatever
    /// is sent twice is settled once, and an answer that was lost is found again.</summary>
    public Task<string> RequestKey(string visit, int ordinal) => store.Do(session => string.Create(
        CultureInfo.InvariantCulture, $"desk-{visit}-{ordinal}-{1 + SettlementStore.OfVisit(session, visit).Count(row => row.Ordinal == ordinal && row.Reversal is not null)}"));

    private BillDraft Of(StoreSession session, string visit, int ordinal) => store.Drafts.Find(session, visit, ordinal) ?? BillDraft.Empty(visit, ordinal);

    private static bool IsSame(BillDraft a, BillDraft b) =>
        a.Diagnoses.SequenceEqual(b.Diagnoses) && a.Lines.SequenceEqual(b.Lines) && a with { Diagnoses = [], Lines = [], Editor = "" } == b with { Diagnoses = [], Lines = [], Editor = "" };

    private static BillDraft Typed(BillDraft stands, DraftGiven given, List<Fault> faults) => stands with
    {
        Lines = given.Lines is null
            ? stands.Lines
            : [.. stands.Lines.Select((line, i) => i < given.Lines.Count
                ? line with { Price = Text(given.Lines[i].Price, i, "price", faults), Quantity = Text(given.Lines[i].Quantity, i, "quantity", faults) }
                : line)],
        Referral = string.IsNullOrWhiteSpace(given.Referral) ? stands.Referral : Cut(given.Referral, TypedCharacters),
        Disease = Cut(given.Disease, Given.DiseaseCharacters), UseAccount = given.UseAccount, ServiceDay = Cut(given.ServiceDay, TypedCharacters),
    };

    private BillDraft Done(StoreSession session, BillDraft draft, DraftStep step, List<Fault> faults)
    {
        switch (step)
        {
            case DraftStep.Keep:
                return draft;
            case DraftStep.AddItem add:
                return WithItem(session, draft, add.Text.Trim(), faults);
            case DraftStep.AddDiagnosis add:
                return WithDiagnosis(session, draft, add.Text.Trim(), faults);
            case DraftStep.RemoveLine remove:
                return draft with { Lines = [.. draft.Lines.Where((_, i) => i + 1 != remove.No)] };
            case DraftStep.RemoveDiagnosis remove:
                return draft with { Diagnoses = [.. draft.Diagnoses.Where(each => each.Code != remove.Code)] };
            default:
                throw new InvalidOperationException($"Unknown step {step.GetType().Name}.");
        }
    }

    private BillDraft WithItem(StoreSession session, BillDraft draft, string text, List<Fault> faults)
    {
        if (draft.Lines.Count >= BillLimits.Lines)
        {
            faults.Add(new Fault(Codes.TooMany, "lines", (draft.Lines.Count + 1).ToString(CultureInfo.InvariantCulture), $"at most {BillLimits.Lines} fee lines"));
            return draft;
        }
        if (store.Catalogue.Find(session, text) is not { } item && (text.Length == 0 || CatalogueStore.Search(session, text, 2) is not [var only] || (item = only) is null))
        {
            faults.Add(new Fault(Codes.UnknownItem, "item", Cut(text, Given.NameCharacters), "a code of the catalogue"));
            return draft;
        }
        if (item.On(store.Clock.Today, store.Site?.Level ?? 0) is ItemOnDay.Refused refused)
        {
            faults.Add(refused.Fault with { Field = "item" });
            return draft;
        }
        ChosenStore.Count(session, ChosenStore.Item, item.Code, item.Name, item.Pinyin, store.Clock.Now);
        return draft with
        {
            Lines = [.. draft.Lines, new DraftLine(item.Code, item.Name, item.Unit, item.Price?.ToString("0.######", CultureInfo.InvariantCulture) ?? "", "1")],
        };
    }

    private BillDraft WithDiagnosis(StoreSession session, BillDraft draft, string text, List<Fault> faults)
    {
        if (draft.Diagnoses.Count >= Given.Diagnoses)
        {
            faults.Add(new Fault(Codes.TooMany, "diagnoses", (draft.Diagnoses.Count + 1).ToString(CultureInfo.InvariantCulture), $"at most {Given.Diagnoses}"));
            return draft;
        }
        var listed = lists.Find(text) ?? (lists.Search(text, 2) is [var only] ? only : null);
        if (listed is null && (lists.IsReady || !LooksLikeACode(text)))
        {
            faults.Add(new Fault(Codes.UnknownCode, "diagnosis", Cut(text, Given.NameCharacters), "a code of the list of diagnoses"));
            return draft;
        }
        // While the list cannot be looked up a typed code is taken as it is.
        var (code, title) = listed is null ? (text.ToUpperInvariant(), "") : (listed.Code, listed.Title);
        if (draft.Diagnoses.Any(each => each.Code == code))
        {
            return draft;
        }
        ChosenStore.Count(session, ChosenStore.Diagnosis, code, title, PinyinInitials.Of(title), store.Clock.Now);
        return draft with { Diagnoses = [.. draft.Diagnoses, new DraftDiagnosis(code, title)] };
    }

    private static bool LooksLikeACode(string text) => text.Length is >= 3 and <= 20 && char.IsAsciiLetter(text[0]) && char.IsAsciiDigit(text[1]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '*');

    private static string Text(string? typed, int index, string field, List<Fault> faults)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length <= TypedCharacters)
        {
            return text;
        }
        faults.Add(new Fault(Codes.TooLong, DraftReader.Field(index + 1, field), text.Length.ToString(CultureInfo.InvariantCulture), $"at most {TypedCharacters} characters"));
        return text[..TypedCharacters];
    }

    private static string Cut(string? typed, int longest) => typed?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, longest)] : "";

    private static string StepOf(DraftGiven given) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        given.Revision.ToString(CultureInfo.InvariantCulture) + given.Step.GetType().Name + JsonSerializer.Serialize<object>(given.Step) + JsonSerializer.Serialize(given with { Step = new DraftStep.Keep() }))))[..16];
}
