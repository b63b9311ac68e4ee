using EdgeHub.Rules.States;

namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>Who met the patient (O6, O9).</summary>
public enum Profession { Doctor, Nurse, Physiotherapist, Psychologist, Other }

/// <summary>How a contact was made (O6).</summary>
public enum Channel { Physical, Home, Video, Telephone, Chat, InternetTreatment, EService }

/// <summary>What a contact was for (O13).</summary>
public enum ContactPurpose { NewVisit, ReturnVisit, Other }

/// <summary>What an e-service does (O6).</summary>
public enum EServiceKind { RenewPrescription, Book, Rebook, Cancel }

/// <summary>One contact with a care centre.</summary>
/// <param name="Day">The centre's civil day.</param>
/// <param name="Order">Place among the contacts of that day.</param>
/// <param name="Provider">Who was met.</param>
public sealed record CareContact(
    string Patient, string Unit, DateOnly Day, int Order, Profession Profession, string Provider, Channel Channel, ContactPurpose Purpose);

/// <summary>A diagnosis as it was recorded.</summary>
/// <param name="Code">ICD-10, with or without its dot.</param>
public sealed record DiagnosisFact(string Patient, string Code, DateOnly Day);

/// <summary>A person's choice of a care centre (listning).</summary>
/// <param name="End">The first day on which it no longer holds; null: open.</param>
public sealed record Listing(string Person, string Unit, DateOnly First, DateOnly? End);

/// <summary>Where the capitation's share lies against what is expected (O2).</summary>
public enum ShareBand { Below, Within, Above }

/// <summary>A monitored share; null: there is no whole to share.</summary>
public sealed record MonitoredShare(Fraction? Share, ShareBand? Band)
{
    /// <summary>Per cent with two decimals; null: no value.</summary>
    public decimal? Percent => Share is null ? null : new Fraction(Share.Numerator * 100, Share.Denominator).Rounded(2);
}

/// <summary>A visit as its payment sees it (O3).</summary>
/// <param name="Replaces">The physical visit that a video visit stands for; null: it replaces none.</param>
public sealed record PaidVisit(Channel Channel, DateOnly Day, string? Replaces);

/// <summary>Visits paid and not paid, and their sum (O3).</summary>
public sealed record VisitPayment(long Paid, long Unpaid, Money Amount);

/// <summary>A project grant (O4).</summary>
public enum GrantState { Proposed, Agreed, Active, Reported, Paid, Expired }

/// <summary>What a goal gives (O5).</summary>
public sealed record GoalPayment(bool IsReached, Money Amount);

/// <summary>A booked visit on its day (O7).</summary>
public enum VisitState { Booked, CheckedIn, Called, Done, NoShow }

/// <summary>What the kiosk answers (O7); everything but the first leads to reception.</summary>
public enum CheckInAnswer { CheckedIn, NoBooking, AlreadyCheckedIn, TooEarly, TooLate }

/// <summary>The kiosk's answer and between which moments, both included, it takes a check-in; null without a booking.</summary>
public sealed record CheckInResult(CheckInAnswer Answer, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt)
{
    public bool ToReception => Answer is not CheckInAnswer.CheckedIn;
}

/// <summary>A fee that a patient paid.</summary>
public sealed record PaidFee(DateOnly Day, Money Amount);

/// <summary>A visit's fee under the high-cost protection (högkostnadsskydd).</summary>
/// <param name="PeriodFirst">Day of the first visit of the period.</param>
/// <param name="PeriodEnd">The first day after it.</param>
/// <param name="IsFreeCard">From this visit on the rest of the period is free (frikort).</param>
public sealed record ProtectedFee(DateOnly PeriodFirst, DateOnly PeriodEnd, Money PaidBefore, Money ToPay, bool IsFreeCard);

/// <summary>Windows and minimum of the continuity index (O9).</summary>
/// <param name="VisitMonths">Months of visits.</param>
/// <param name="DiagnosisYears">Years of diagnoses.</param>
/// <param name="MinimumVisits">Visits to the profession that a patient must have.</param>
/// <param name="Decimals">Decimals in print.</param>
public sealed record ContinuityTerms(int VisitMonths, int DiagnosisYears, int MinimumVisits, int Decimals);

/// <summary>One patient's continuity with one profession: the indices and the visits they are made of.</summary>
public sealed record PatientContinuity(string Patient, IReadOnlyList<CareContact> Visits, Fraction Coc, Fraction Upc, Fraction Slicc, Fraction Mmci);

/// <summary>A unit's continuity with one profession (O9).</summary>
/// <param name="First">First day of the visits' window.</param>
/// <param name="End">The day after the measurement.</param>
/// <param name="Coc">Mean of the patients' index; null: no eligible patient, and so no value.</param>
/// <param name="Printed">The same with its decimals.</param>
public sealed record UnitContinuity(
    DateOnly First, DateOnly End, IReadOnlyList<PatientContinuity> Patients, Fraction? Coc, Fraction? Upc, Fraction? Slicc, Fraction? Mmci, decimal? Printed);

/// <summary>Of patients with three visits: how many met one doctor at least twice (O11).</summary>
/// <param name="Share">Null: no patient has three visits.</param>
public sealed record ThreeVisitContinuity(long Patients, long Continuous, Fraction? Share);

/// <summary>What continuity adds to the capitation (O12).</summary>
/// <param name="Points">Whole percentage points that count.</param>
public sealed record ContinuityIncentive(int Points, Money Amount);

/// <summary>Chronic patients with a home or return visit, and those without (O13).</summary>
/// <param name="Recall">Patients to call, in their order.</param>
/// <param name="Share">Null: no chronic patient.</param>
public sealed record RecallShare(long Patients, long Visited, Fraction? Share, IReadOnlyList<string> Recall);

/// <summary>The tables of states of the care choice.</summary>
public static class PrimaryCareChoiceStates
{
    public static readonly StateTable<GrantState> Grant = new("project grant",
        (GrantState.Proposed, GrantState.Agreed), (GrantState.Proposed, GrantState.Expired), (GrantState.Agreed, GrantState.Active), (GrantState.Agreed, GrantState.Expired),
        (GrantState.Active, GrantState.Reported), (GrantState.Active, GrantState.Expired), (GrantState.Reported, GrantState.Paid));

    public static readonly StateTable<VisitState> Visit = new("visit",
        (VisitState.Booked, VisitState.CheckedIn), (VisitState.Booked, VisitState.NoShow), (VisitState.CheckedIn, VisitState.Called),
        (VisitState.Called, VisitState.Done), (VisitState.Called, VisitState.NoShow));
}
