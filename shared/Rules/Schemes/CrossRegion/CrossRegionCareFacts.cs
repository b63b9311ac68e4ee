using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Netting;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>Whose rule an element of the bill follows (C9).</summary>
public enum PlaceOfRule { TreatmentPlace, InsuredPlace }

/// <summary>What an audit changes (C10): a refusal or deduction is negative, a supplement positive.</summary>
public enum AdjustmentKind { Refusal, Deduction, Supplement }

/// <summary>How a correction is written (C10): an edited record while its cycle is open, a new record once it is cleared.</summary>
/// <param name="IsNewRecord">False: the record itself, in its next version.</param>
public sealed record AdjustmentCorrection(NettingRecord Record, bool IsNewRecord, AdjustmentKind Kind);

/// <summary>One fee line of a discharge as its category of the nation counts it (C11).</summary>
public sealed record CategoryLine(ExpenseCategory Category, Money Amount);

/// <summary>The insured place's terms for one stay, as its own policy gives them (C11).</summary>
/// <param name="CapLeft">What is left of the highest payment of the year; null: no cap.</param>
public sealed record InsuredPlaceTerms(Money DeductibleLeft, Rate ReimbursementRate, Money? CapLeft);

/// <summary>A discharge settled directly (C11): fund + patient = total.</summary>
public sealed record DischargeBill(Money Total, Money Eligible, Money Deductible, Money Fund, Money Patient);

/// <summary>One side's record of a settlement for the daily three-way reconciliation (C13).</summary>
/// <param name="Registration">Number of the registration of the visit.</param>
/// <param name="Settlement">Number of the settlement.</param>
public sealed record ReconciliationRecord(string Registration, string Settlement, Money Total, Money Fund)
{
    /// <summary>Registration number + settlement number.</summary>
    public string Key => $"{Registration}+{Settlement}";
}

/// <summary>The three sides of the reconciliation.</summary>
public enum Side { InsuredPlace, TreatmentPlace, Nation }

/// <summary>One settlement that is not the same on all three sides.</summary>
/// <param name="MissingAt">Sides that do not know it.</param>
/// <param name="Widest">Largest difference of total or fund among the sides that know it.</param>
public sealed record Mismatch(string Key, IReadOnlyList<Side> MissingAt, Money Widest);

/// <summary>The day's reconciliation: only what matched is a basis for settlement and clearing.</summary>
/// <param name="Matched">Keys in their order.</param>
/// <param name="Fund">The nation's fund amount of what matched.</param>
public sealed record ThreeWayReconciliation(IReadOnlyList<string> Matched, IReadOnlyList<Mismatch> Mismatches, Money Fund);

/// <summary>What becomes of a violation's cost (C14).</summary>
/// <param name="NotPaid">Not paid to the hospital, for it was not paid yet.</param>
/// <param name="Deducted">Taken from the hospital, for it was paid.</param>
/// <param name="OffInsuredPlace">Signed: goes into the clearing and lessens what the insured place owes.</param>
/// <param name="DamagesOfTreatmentPlace">Liquidated damages: the treatment place's own matter, never cleared.</param>
public sealed record ViolationEffect(Money NotPaid, Money Deducted, Money OffInsuredPlace, Money DamagesOfTreatmentPlace);

/// <summary>To which level a hospital belongs (C15).</summary>
public enum HospitalLevel { Province, Capital, City, County }

/// <summary>Which agency settles with a hospital (C15).</summary>
public enum SettlingAgency { Province, City }
