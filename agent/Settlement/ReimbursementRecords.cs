using EdgeHub.Agent.CheckIn;

namespace EdgeHub.Agent.Settlement;

/// <summary>An invoice that the patient paid in full and brings to this desk. Null means not given; what is needed is refused by name.</summary>
/// <param name="Evidence">Who brings it: as at a check-in.</param>
/// <param name="VisitType">11 outpatient, 21 inpatient, …</param>
/// <param name="Institution">Who treated.</param>
/// <param name="Admitted">Inpatient: the day of admission, needed. Else nothing.</param>
/// <param name="ServiceDay">The day of the visit; inpatient: of the discharge.</param>
/// <param name="Referral">NotNeeded, Regular or Irregular; NotNeeded when not given.</param>
/// <param name="Disease">Certified disease that the visit was for; null: none.</param>
/// <param name="Lines">By the catalogue's codes. What is not in the catalogue, by its name on the invoice: it is full self-pay.</param>
/// <param name="ReasonCode">OfflineLimit, SystemDown, NoCard, WorkingAway, Resettled, Referred, SuddenlyIll or Other.</param>
/// <param name="RefusedRequest">Request key of the settlement that an offline limit refused; null: none.</param>
public sealed record ReimbursementRequest(
    string? RequestKey, EvidenceGiven? Evidence, string? VisitType, TreatedAt? Institution, DateOnly? Admitted, DateOnly? ServiceDay,
    string? Referral, IReadOnlyList<string>? Diagnoses, string? Disease, InvoiceGiven? Invoice, IReadOnlyList<LineGiven>? Lines,
    string? ReasonCode, string? RefusedRequest, string? Operator) : IKeyed;

/// <summary>Who treated.</summary>
/// <param name="Code">Of the national interface; null where it has none, then name and area are needed.</param>
/// <param name="Area">Area code of six digits; null: the one in the code.</param>
/// <param name="Level">0 village clinic, 1 township, 2, 3.</param>
/// <param name="Type">As the policy books name it: clinic, hospital, …</param>
public sealed record TreatedAt(string? Code, string? Name, string? Area, int? Level, string? Type);

/// <summary>The invoice, as printed: its issuer's tax number, code or name, and its number. Together they name it wherever it is brought.</summary>
public sealed record InvoiceGiven(string? Issuer, string? Number);

/// <summary>A reimbursement was taken in. Nothing is paid now: the hub decides; what it owes the person then stands among the person's
/// payables and is paid out here or at any site.</summary>
/// <param name="Status">AwaitsDecision.</param>
/// <param name="OutsideCatalogue">Numbers of the lines that the catalogue does not have: full self-pay.</param>
public sealed record ReimbursementAnswer(
    Guid Claim, long Epoch, long Seq, string ReceiptNo, string Status, string Person, string InvoiceIssuer, string InvoiceNumber, DateOnly ServiceDay,
    DateOnly CivilDay, string Currency, TotalsShown Totals, IReadOnlyList<LineShown> Lines, IReadOnlyList<int> OutsideCatalogue);

/// <summary>A reimbursement looked up.</summary>
/// <param name="Status">AwaitsDecision, or what the hub decided.</param>
/// <param name="Decision">Null: not yet heard.</param>
/// <param name="Payable">What is owed for it; null: nothing, or not yet decided.</param>
public sealed record ReimbursementShown(ReimbursementAnswer Confirmed, string Status, bool Acknowledged, DecisionShown? Decision, PayableShown? Payable);
