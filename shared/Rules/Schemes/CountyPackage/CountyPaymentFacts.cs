namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>How an institution is paid by the county (Z1).</summary>
public enum PaymentMode { CapitatedPackage, GlobalCap }

/// <summary>The dates of the payment cycle (Z14).</summary>
public enum PaymentStep { QuarterPrepayment, MonthlySettlement, HalfYearClearing, AnnualRemainder }

/// <summary>One date of the year's payment cycle (Z14).</summary>
/// <param name="Period">The quarter of a prepayment, the month of a settlement, 6 for the half-year, 12 for the remainder.</param>
/// <param name="From">First day on which it is paid.</param>
/// <param name="Through">Last day on which it is in time.</param>
public sealed record PaymentDue(PaymentStep Step, int Period, DateOnly From, DateOnly Through);

/// <summary>What the 85 % of a prepayment is taken of (Z15): the document gives the formula for the year and the payment by
/// quarter, and not how one becomes the other.</summary>
public enum PrepaymentBasis
{
    /// <summary>A quarter of package and out-of-county budget, less the violations confirmed since the last prepayment.</summary>
    QuarterShare,

    /// <summary>The year's formula with all violations of the year so far, a third with each payment.</summary>
    YearOverThree,

    /// <summary>What the quarters so far come to with all violations of the year, less what was prepaid.</summary>
    Cumulative,
}

/// <summary>The facts of one quarterly prepayment (Z15).</summary>
/// <param name="Package">A: the year's package of the lead hospital.</param>
/// <param name="OutOfCounty">E: the year's budget for care out of the county.</param>
/// <param name="Violations">Confirmed deductions: since the last prepayment (QuarterShare), else of the year so far.</param>
/// <param name="Quarter">1, 2 or 3; the fourth is settled by month.</param>
/// <param name="Prepaid">Paid in advance in this year so far; read by Cumulative only.</param>
public sealed record PrepaymentCase(Money Package, Money OutOfCounty, Money Violations, int Quarter, Money Prepaid);

/// <summary>What is still with the lead hospital of money that belongs to its members (Z16).</summary>
/// <param name="Withheld">Received and not passed on.</param>
/// <param name="DaysLate">Calendar days after the last day in time; 0 where nothing is withheld.</param>
public sealed record PassOnLag(Money Withheld, DateOnly LastDay, int DaysLate)
{
    public bool IsLate => DaysLate > 0;
}

/// <summary>Out-of-county care against the budget that was kept for it (Z18).</summary>
/// <param name="Charged">Charged to the lead hospital's package, all of it.</param>
/// <param name="LeftOfReserve">Of the budget kept for it; zero where it is used up.</param>
/// <param name="BeyondReserve">Above that budget: it lessens what the alliance has left.</param>
public sealed record OutOfCountyCharge(Money Charged, Money LeftOfReserve, Money BeyondReserve);

/// <summary>Money that the county's institutions advanced for patients of other counties (Z19).</summary>
public enum InboundClaimState { Advanced, SettledByBureau, ClearedByCity }

/// <summary>States of a prepayment.</summary>
public enum PrepaymentState { Computed, Approved, Paid }

/// <summary>States of a year's clearing.</summary>
public enum ClearingState { Open, HalfYear, Assessed, Cleared, Final }

/// <summary>States of a matter at a one-stop desk.</summary>
public enum OneStopState { Received, Reviewed, Approved, Rejected, Paid }
