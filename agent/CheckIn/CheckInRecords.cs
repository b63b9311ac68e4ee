using System.Text.Json.Serialization;
using EdgeHub.Agent.Settlement;

namespace EdgeHub.Agent.CheckIn;

/// <summary>A patient arrives.</summary>
/// <param name="VisitType">By the national interface: 11 outpatient, 13 emergency, 14 chronic or special, 21 inpatient, …</param>
public sealed record CheckInRequest(string? VisitType, EvidenceGiven? Evidence, string? Operator)
{
    /// <summary>Where: desk, kiosk, or the clinic's own system where nobody says; no caller of the interface can.</summary>
    [JsonIgnore]
    public string? Channel { get; init; }

    /// <summary>A place in today's queue that the visit belongs to: booked, or handed over by a kiosk; null: a new one at the end.</summary>
    [JsonIgnore]
    public string? Place { get; init; }

    /// <summary>Who has the person before them with the answer, and on which page or by which call; null: nobody, a patient's own check-in.</summary>
    [JsonIgnore]
    public (string Operator, string Page)? Seen { get; init; }
}

/// <summary>How the person shows who it is.</summary>
/// <param name="Kind">card, idnumber or manual.</param>
/// <param name="Number">The card's or identity number; with a card, null takes the one in the reader.</param>
/// <param name="Reason">Why manual.</param>
public sealed record EvidenceGiven(string? Kind, string? Number, string? Reason)
{
    /// <summary>With a card, the reader that it is in; null: whichever holds the card that was read last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reader { get; init; }
}

/// <summary>A visit was opened, or looked up.</summary>
/// <param name="Limits">What is left of deductible, caps and account for this kind of visit today, where one policy row holds.</param>
/// <param name="Payables">What is owed to the person and not paid out.</param>
/// <param name="KnownBy">feed: of this catchment; lookup: the hub was asked; index: the hub was not reached and the county's index has the
/// person, of whom neither name, account nor earlier care is known: a lower limit holds.</param>
public sealed record VisitAnswer(
    string Visit, string Person, string Name, string InsuranceType, string Village, string VisitType, DateOnly Day,
    IReadOnlyList<LimitShown> Limits, IReadOnlyList<PayableShown> Payables, IReadOnlyList<VisitPart> Settlements, string KnownBy);

/// <summary>A part of the visit that was settled.</summary>
/// <param name="Reversal">Null: it stands.</param>
public sealed record VisitPart(int Ordinal, Guid Settlement, Guid? Reversal, string RequestKey);

public abstract record CheckInOutcome
{
    private CheckInOutcome() { }

    public sealed record Opened(VisitAnswer Visit) : CheckInOutcome;

    public sealed record Refused(Refusal Why) : CheckInOutcome;
}
