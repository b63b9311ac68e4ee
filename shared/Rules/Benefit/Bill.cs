namespace EdgeHub.Rules.Benefit;

/// <summary>The three classes of the national catalogue: A (甲) eligible in full, B (乙) after a pre-self-pay share, C (丙) full self-pay.</summary>
public enum CatalogueClass { A, B, C }

/// <summary>The 14 national expense categories (大类), numbered as in the national interface.</summary>
public enum ExpenseCategory
{
    Bed = 1, Consultation, Examination, Laboratory, Treatment, Surgery, Nursing, Materials,
    WesternDrugs, HerbalPieces, ChinesePatentDrugs, GeneralConsultationFee, Registration, Other,
}

/// <summary>Where and when the care was given, by the codes of the national interface.</summary>
/// <param name="PoolingArea">Area code of the insured place (统筹区), for example 530924.</param>
/// <param name="VisitType">11 outpatient, 13 emergency, 14 chronic or special outpatient, 21 inpatient, …</param>
/// <param name="Institution">Institution code.</param>
/// <param name="InstitutionLevel">0 village clinic, 1 township, 2, 3.</param>
/// <param name="ServiceDay">The day that decides the policy; inpatient: the day of discharge.</param>
/// <param name="Disease">Code of the certified chronic or special disease that the visit is for; null: none.</param>
public sealed record VisitFacts(
    string PoolingArea, string VisitType, bool OutOfArea, string Institution, int InstitutionLevel, string InstitutionType,
    DateOnly ServiceDay, string? Disease)
{
    /// <summary>Whether the patient came by a referral where one is asked for. Source: Z30.</summary>
    public Referral Referral { get; init; }

    /// <summary>Day of admission of an inpatient; null: no inpatient, or not known. Policy, age and accumulators go by the service day.</summary>
    public DateOnly? Admitted { get; init; }
}

/// <summary>How a patient came to an institution (转诊): none needed, referred by the rules, or without the referral that was needed.</summary>
public enum Referral { NotNeeded, Regular, Irregular }

/// <summary>Who is insured and how. Insurance type: 310 employee, 390 resident, …</summary>
public sealed record PersonFacts(string InsuranceType, string PersonType, DateOnly BirthDate)
{
    /// <summary>Full years on a day. A year is full on the birthday; for one born on 29 February, in a common year on 1 March.</summary>
    public int AgeOn(DateOnly day) =>
        day.Year - BirthDate.Year - ((day.Month, day.Day).CompareTo((BirthDate.Month, BirthDate.Day)) < 0 ? 1 : 0);
}

/// <summary>The personal account that pays where the patient wants it.</summary>
/// <param name="Balance">At the start of the scheme year plus what came in; what is left is this less what the year spent.</param>
/// <param name="Owner">The family member whose account it is (家庭共济), by the person's id; null or blank: the patient's own.</param>
public sealed record AccountFacts(Money Balance, string? Owner = null);

/// <summary>One fee line as billed.</summary>
/// <param name="Price">Major units, up to 6 decimals. <paramref name="Quantity"/>: up to 4 decimals.</param>
/// <param name="Amount">As billed; within 0.01 of price x quantity.</param>
/// <param name="PriceLimit">Major units per unit at this level of institution; null: none.</param>
/// <param name="PreSelfPay">Share that class B asks the patient to pay first; 0 for A, 1 for C.</param>
public sealed record BillLine(
    int No, string ItemCode, ExpenseCategory Category, CatalogueClass Class,
    decimal Price, decimal Quantity, Money Amount, decimal? PriceLimit, Rate PreSelfPay);

/// <summary>A bill to be settled: the visit, the person, the lines.</summary>
public sealed record Bill(VisitFacts Visit, PersonFacts Person, IReadOnlyList<BillLine> Lines);

/// <summary>How one line divides: amount = full self-pay + over price limit + pre-self-pay + eligible.</summary>
public sealed record LineSplit(int No, Money FullSelfPay, Money OverPriceLimit, Money PreSelfPay, Money Eligible);
