namespace EdgeHub.Agent.Desk;

/// <summary>A bill that a desk is writing, as typed: nothing is lost when the page is reloaded, the browser falls or the agent starts again.</summary>
/// <param name="Ordinal">Which part of the visit.</param>
/// <param name="Revision">How often it was changed; 0: nobody has written anything.</param>
/// <param name="Referral">NotNeeded, Regular or Irregular.</param>
/// <param name="Disease">Certified disease that the visit is for; blank: none.</param>
/// <param name="ServiceDay">As typed, yyyy-MM-dd; blank: as the rules say (outpatient: check-in; inpatient: today, the discharge).</param>
/// <param name="LastStep">What the last change was made of, so that the same form sent twice changes it once.</param>
public sealed record BillDraft(
    string Visit, int Ordinal, long Revision, IReadOnlyList<DraftDiagnosis> Diagnoses, IReadOnlyList<DraftLine> Lines,
    string Referral, string Disease, bool UseAccount, string ServiceDay, string LastStep)
{
    /// <summary>Which shown page made the last change.</summary>
    public string Editor { get; init; } = "";

    public static BillDraft Empty(string visit, int ordinal) => new(visit, ordinal, 0, [], [], "NotNeeded", "", true, "", "");
}

public sealed record DraftDiagnosis(string Code, string Title);

/// <summary>A fee line as typed.</summary>
/// <param name="Price">Major units of currency a unit, as typed.</param>
/// <param name="Quantity">As typed.</param>
public sealed record DraftLine(string Item, string Name, string Unit, string Price, string Quantity);

/// <summary>A form as a desk sent it: everything that stands in it, and the one thing that its button does.</summary>
/// <param name="Revision">Of the draft that the form showed.</param>
/// <param name="Lines">In the draft's order; null: as they stand.</param>
public sealed record DraftGiven(
    string Visit, int Ordinal, long Revision, IReadOnlyList<LineTyped>? Lines, string? Referral, string? Disease, bool UseAccount, string? ServiceDay, DraftStep Step)
{
    /// <summary>The shown page that sends it: what the same page saved a moment ago is no other desk's change.</summary>
    public string Editor { get; init; } = "";

    /// <summary>Sent by the page itself while somebody types, not by a button: when it comes late it is left out.</summary>
    public bool IsBySelf { get; init; }
}

public sealed record LineTyped(string? Price, string? Quantity);

/// <summary>What a button of the bill does.</summary>
public abstract record DraftStep
{
    private DraftStep() { }

    /// <summary>Keeps what was typed.</summary>
    public sealed record Keep : DraftStep;

    /// <param name="Text">A code; else what exactly one item is found by.</param>
    public sealed record AddItem(string Text) : DraftStep;

    /// <param name="No">From 1.</param>
    public sealed record RemoveLine(int No) : DraftStep;

    /// <param name="Text">A code; else what exactly one diagnosis is found by.</param>
    public sealed record AddDiagnosis(string Text) : DraftStep;

    public sealed record RemoveDiagnosis(string Code) : DraftStep;
}

/// <summary>What came of a form.</summary>
/// <param name="Draft">As it stands now.</param>
/// <param name="Why">What of it was not done; the rest was kept. Null: all was done.</param>
public sealed record DraftOutcome(BillDraft Draft, Refusal? Why);
