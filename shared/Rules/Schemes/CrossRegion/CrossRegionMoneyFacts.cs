using EdgeHub.Rules.Netting;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>Days of a transfer between two provinces (C17, C18, C22).</summary>
/// <param name="SubmitBy">The agency hands the papers to its finance bureau.</param>
/// <param name="PayBy">The finance bureau pays.</param>
/// <param name="ReportBy">The finance bureau reports the payment back (C19).</param>
public sealed record TransferDays(DateOnly SubmitBy, DateOnly PayBy, DateOnly ReportBy);

/// <summary>What one province prepays another, as it is and as the year before says (C17).</summary>
/// <param name="PriorCost">Last year's cross-province cost of the insured place at the treatment place, by the base of C16.</param>
/// <param name="MonthsOpen">Months of last year in which the two settled directly.</param>
public sealed record PrepaymentPair(string InsuredPlace, string TreatmentPlace, Money Present, Money PriorCost, int MonthsOpen);

/// <summary>One row of the national prepayment detail table (全国跨省异地就医费用预付金明细表).</summary>
/// <param name="Change">Positive: the insured place pays so much more; negative: the treatment place gives so much back.</param>
public sealed record PrepaymentRow(string InsuredPlace, string TreatmentPlace, Money Present, Money Quota, Money Change);

/// <summary>The national prepayment detail table: rows, and per province what it must pay and will receive. Both sums are equal.</summary>
public sealed record PrepaymentTable(IReadOnlyList<PrepaymentRow> Rows, IReadOnlyList<PartyPosition> Provinces);

/// <summary>Days of the yearly adjustment (C17).</summary>
public sealed record PrepaymentYear(DateOnly SetBy, DateOnly DoneBy);

/// <summary>How far the prepayment fund is used (C18).</summary>
public enum UsageWarning { None, Yellow, Red }

/// <summary>Use of the prepayment fund (C18). Used: fund pay settled and not yet cleared and paid.</summary>
/// <param name="YellowFrom">Smallest use that warns yellow, in fen, rounded up.</param>
public sealed record PrepaymentUsage(UsageWarning Warning, Money YellowFrom, Money RedFrom);

/// <summary>Which fund pays (C21): the tables show employees and residents apart.</summary>
public enum InsuredFund { Employee, Resident }

/// <summary>One settlement as the clearing tables count it (C21, C24).</summary>
/// <param name="Key">Registration number + settlement number.</param>
/// <param name="Person">Number of the insured person, to count persons.</param>
/// <param name="Uploaded">The day on which its clearing data came.</param>
/// <param name="IsReconciled">The three sides agree (C13).</param>
/// <param name="IsConfirmed">Confirmed with the hospital (C15).</param>
public sealed record ClearingEntry(
    string Key, string InsuredPlace, string TreatmentPlace, InsuredFund Fund, string Person, FundParts Parts, Money TotalCost,
    DateOnly Uploaded, bool IsReconciled, bool IsConfirmed);

/// <summary>What each fund paid of a settlement.</summary>
public sealed record FundParts(Money Pool, Money Catastrophic, Money CivilServant, Money Assistance, Money Other)
{
    public Money Total => Pool + Catastrophic + CivilServant + Assistance + Other;

    public static FundParts OfPool(Money pool)
    {
        var none = Money.Zero(pool.Currency);
        return new FundParts(pool, none, none, none, none);
    }

    public FundParts Plus(FundParts more) =>
        new(Pool + more.Pool, Catastrophic + more.Catastrophic, CivilServant + more.CivilServant, Assistance + more.Assistance, Other + more.Other);
}

/// <summary>One audit record as the clearing tables count it: signed, in the cycle it was put into (C10).</summary>
public sealed record ClearingAdjustment(NettingRecord Record, InsuredFund Fund);

/// <summary>One row of a clearing table (C21): an insured place against a treatment place, or one of its two funds.</summary>
/// <param name="Deduction">Refusals and deductions, negative or zero.</param>
/// <param name="Supplement">Positive or zero.</param>
public sealed record ClearingRow(
    int Number, string InsuredPlace, string TreatmentPlace, int Persons, int Visits, Money TotalCost, FundParts Parts, Money Deduction, Money Supplement)
{
    public Money FundTotal => Parts.Total;

    /// <summary>Fund total plus the signed adjustments: what the insured place owes for the cycle.</summary>
    public Money Cleared => FundTotal + Deduction + Supplement;
}

/// <summary>A cycle cleared (C24): the rows of payable, their two funds apart, and the netting sheet of the provinces.</summary>
public sealed record ClearingTables(IReadOnlyList<ClearingRow> Rows, IReadOnlyList<ClearingRow> Employees, IReadOnlyList<ClearingRow> Residents, NettingSheet Sheet);

/// <summary>Why a settlement is not in a cycle (C24); null in a list of reasons never occurs.</summary>
public enum NotCleared { NotReconciled, NotConfirmed, NextCycle, EarlierCycle }

/// <summary>The days of the confirmation (C21).</summary>
public sealed record ConfirmationWindow(DateOnly QueryFrom, DateOnly ConfirmBy);

