namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>How the year's package of the lead hospital and the private pool divide P (Z6): lead + private = P.</summary>
public sealed record PackageSplit(Money Lead, Money PrivatePool);

/// <summary>What the county's reserve takes from the year's budget (Z7).</summary>
/// <param name="ByRate">r x B0, rounded, before the cap.</param>
/// <param name="RoomUnderCap">Cap less the balance, not below zero.</param>
/// <param name="Extraction">The smaller of both.</param>
public sealed record ReserveExtraction(Money ByRate, Money RoomUnderCap, Money Extraction)
{
    /// <summary>The cap left less than the rate would have taken.</summary>
    public bool IsCapped => RoomUnderCap < ByRate;
}

/// <summary>Bounds of the reserve (Z7): the lowest and highest rate of B0, and the cap as a share of the year's funding F.</summary>
public sealed record ReserveBounds(Rate Lowest, Rate Highest, Rate CapOfFunding);

/// <summary>What flows into the reserve beside the extraction (Z8).</summary>
/// <param name="FromPrivateSurplus">The reserve's half of the private providers' surplus; the odd fen went to their carry.</param>
public sealed record ReserveInflow(Money FromPrivateSurplus, Money Deductions, Money CityTopUp)
{
    public Money Total => FromPrivateSurplus + Deductions + CityTopUp;
}

/// <summary>A private designated provider as its indicator is computed from it (Z10).</summary>
/// <param name="Institution">Institution code.</param>
/// <param name="DisbursedLastYear">A: what the county's resident pool fund actually disbursed to it last year, after
/// management, assessment and clearing. Fund money of other counties is no part of it (Z3).</param>
public sealed record PrivateProvider(string Institution, Money DisbursedLastYear);

/// <summary>A private provider's indicator: by the formula A + A x B, and as given after the 4.5 % caps.</summary>
public sealed record PrivateIndicator(string Institution, Money ByFormula, Money Indicator);

/// <summary>An increase for a new department or technology (Z11): counts from the next natural year.</summary>
/// <param name="AboveLimit">Above 4.5 % of P: against the principle (原则上), so a warning and no refusal.</param>
public sealed record IndicatorIncrease(Money Increase, int FromYear, bool AboveLimit);

/// <summary>Test of a share that must not be below a floor (Z13).</summary>
/// <param name="PassesFrom">Smallest amount in fen that passes: the floor's share rounded up.</param>
/// <param name="Missing">What is missing to it; zero where it passes.</param>
/// <param name="Rises">Share above last year's; null: last year is not known.</param>
public sealed record FloorTest(bool Passes, Money PassesFrom, Money Missing, bool? Rises);

/// <summary>States of the year's allocation plan (Z9), in their order.</summary>
public enum PlanState { Draft, Negotiated, Issued, Filed, Adjusted, Closed }

/// <summary>Which of the two cases of the annual clearing holds (Z24); equality is the second.</summary>
public enum ClearingCase { BelowPackage = 1, AtOrAbovePackage = 2 }

/// <summary>The annual clearing of one institution (Z24).</summary>
/// <param name="Pay">年度清算支付. Below zero where violations exceed what there is: nothing is paid, and the rest is taken from
/// next year's package (Z32).</param>
/// <param name="Surplus">结余支付 in the first case, else zero.</param>
/// <param name="Overrun">Borne by the institution itself in the second case, else zero.</param>
public sealed record AnnualClearing(ClearingCase Case, Money Pay, Money Surplus, Money Overrun);

/// <summary>The kinds of care that the package pays for (Z2), as reports group them.</summary>
public enum VisitClass { Outpatient, Emergency, Chronic, Special, Inpatient, Maternity, Signing }

/// <summary>Where care was given, as the package sees it.</summary>
public enum ProviderKind { Alliance, Private, OutOfCounty }

/// <summary>Whose indicator a settlement's pool-fund amount is charged to.</summary>
public enum ChargedTo { LeadPackage, PrivateIndicator, Nobody }

/// <summary>What decides whether a settlement is charged to the package (Z2).</summary>
/// <param name="InsuranceType">Code of the national interface, for example 390 resident.</param>
/// <param name="PoolingArea">Area code of the insured place.</param>
/// <param name="VisitType">Code of the national interface or a local one, as in visit-classes.csv.</param>
public sealed record PackageCase(string InsuranceType, string PoolingArea, string VisitType, ProviderKind Provider);

/// <summary>A settlement's visit class and whose indicator bears its pool-fund amount.</summary>
public sealed record PackageCharge(ChargedTo ChargedTo, VisitClass Class);
