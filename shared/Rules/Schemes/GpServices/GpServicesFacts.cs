using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Statistics;

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>A practice and where it belongs (K1).</summary>
/// <param name="Network">Its primary care network; null: an orphan practice, directly under the partnership.</param>
public sealed record Practice(string Code, string Partnership, string? Network);

/// <summary>The counts of the hierarchy (K1).</summary>
public sealed record HierarchyCounts(int Partnerships, int Networks, int Practices, int Orphans);

/// <summary>A network's size against what is usual (K1); outside is a warning.</summary>
public enum NetworkSize { Below, Within, Above }

/// <summary>Ratings of the Care Quality Commission (K2).</summary>
public enum CqcRating { Outstanding, Good, RequiresImprovement, Inadequate, Unrated }

/// <summary>A share with its parts, which are always kept: no share is shown without its numerator and denominator.</summary>
public sealed record CountedShare(long Numerator, long Denominator)
{
    /// <summary>Per cent with so many decimals; null: no value.</summary>
    public decimal? Percent(int decimals) => Denominator == 0 ? null : new Fraction((System.Numerics.BigInteger)Numerator * 100, Denominator).Rounded(decimals);

    public override string ToString() => $"{Article.Written(Numerator)}/{Article.Written(Denominator)}";
}

/// <summary>How an appointment was held (K3). Unknown stays in the whole.</summary>
public enum AppointmentMode { FaceToFace, HomeVisit, Telephone, VideoOrOnline, Unknown }

/// <summary>A month's appointments by one mode.</summary>
public sealed record MonthlyAppointments(YearMonth Month, AppointmentMode Mode, long Count);

/// <summary>Twelve months of appointments against the same twelve of the two years before (K3).</summary>
/// <param name="InPerson">Face to face or at home, of all.</param>
public sealed record RollingYear(YearMonth First, YearMonth Last, long Total, long ChangeOnYear, long ChangeOnTwoYears, CountedShare InPerson);

/// <summary>Groups of the workforce (K4).</summary>
public enum WorkforceGroup { Gp, Nurse, DirectPatientCare, NonClinical }

/// <summary>A group's full-time equivalents now and a year before.</summary>
public sealed record WorkforceLine(WorkforceGroup Group, decimal Fte, decimal FteYearBefore);

/// <summary>The workforce whole: the groups' sums, which must be the totals that were printed.</summary>
public sealed record WorkforceTotal(decimal Fte, decimal FteYearBefore, decimal Change);

/// <summary>Budgets of the additional roles (K5): the common one, and the one ring-fenced for newly qualified GPs.</summary>
public enum ArrsBudget { Roles, NewlyQualifiedGps }

/// <summary>A network's claim for a month (K5).</summary>
/// <param name="Wte">Whole time equivalent.</param>
public sealed record ArrsClaim(string Role, ArrsBudget Budget, YearMonth Month, decimal Wte, Money Salary, Money OnCosts);

/// <summary>A budget's position: what was claimed of it, what is left, and how many whole time equivalents.</summary>
/// <param name="Payable">Claimed, at most the budget.</param>
public sealed record ArrsPosition(ArrsBudget Budget, Money Claimed, Money Payable, Money Left, decimal Wte);

/// <summary>Entries of the training register (K6).</summary>
public enum TrainingKind { NewToPractice, Mentor, ClinicalSupervisor, EducationalSupervisor, NurseAssessor, Supervisor, Placement }

/// <summary>One entry of the training register.</summary>
public sealed record TrainingEntry(string Network, TrainingKind Kind, long Count);

/// <summary>The seven services with self-referral (K8).</summary>
public enum SelfReferralPathway { Musculoskeletal, Audiology, WeightManagementTier2, Podiatry, Wheelchair, Equipment, Falls }

/// <summary>Self-referrals against their target (K8).</summary>
public sealed record TargetAttainment(long Total, long Target, bool IsReached, decimal? Percent);

/// <summary>A rate for a population with its interval, and its difference to the region's printed rate (K9).</summary>
/// <param name="Printed">With the decimals of print; the difference is made of printed rates.</param>
public sealed record PopulationRate(Interval Exact, Interval Printed, decimal? DifferenceToRegion);

/// <summary>How a patient comes to Pharmacy First (K10).</summary>
public enum PharmacyRoute { WalkIn, Practice, UrgentTreatmentCentre, Nhs111 }

/// <summary>Referrals by route and the consultations among them (K10).</summary>
public sealed record PharmacyActivity(IReadOnlyList<(PharmacyRoute Route, long Count)> Routes, long Referrals, CountedShare Consultations);

/// <summary>Which blood pressure check a person may have at a pharmacy (K10).</summary>
public enum BloodPressureCheck { Opportunistic, Referred, None }

/// <summary>How a share is compared with its goal (K11); an operator is data.</summary>
public enum GoalOperator { Equal, Above, AtLeast }

/// <summary>A share against its goal (K11).</summary>
public sealed record GoalTest(bool IsReached, decimal? Percent);

/// <summary>The domains of the capacity and access improvement payment (K13), in their order.</summary>
public enum CaipDomain { Telephony, OnlineRequests, Navigation }

/// <summary>A clinical director's declaration of a domain for all practices of the network (K13).</summary>
public sealed record CaipDeclaration(CaipDomain Domain, DateOnly Declared, bool AllPracticesComply);

/// <summary>What a domain pays, from which day; zero and no day where it was not declared in time for all practices.</summary>
public sealed record CaipPart(CaipDomain Domain, Money Amount, DateOnly? PayableFrom);

/// <summary>A network's payment (K13).</summary>
public sealed record CaipPayment(IReadOnlyList<CaipPart> Parts, Money Total);

/// <summary>What becomes of an online registration (K14).</summary>
public enum RegistrationOutcome { SentWithNhsNumber, SentToBeMatched, OutsideCatchment }

/// <summary>Areas of the interface with trusts (K15).</summary>
public enum InterfaceArea { OnwardReferrals, FitNotes, DischargeSummaries, CallAndRecall, ContactPoints }

/// <summary>A trust's own score of an area, 0 to 2 (K15).</summary>
public sealed record InterfaceScore(string Trust, InterfaceArea Area, int Level);

/// <summary>The interface assessed (K15): each trust's sum of at most ten, each area's coverage.</summary>
public sealed record InterfaceAssessment(IReadOnlyList<(string Trust, int Sum)> Trusts, IReadOnlyList<(InterfaceArea Area, CountedShare Coverage)> Areas);

/// <summary>An indicator of the Quality and Outcomes Framework (K16).</summary>
/// <param name="ProtectedPoints">What a suspended indicator pays, whatever is achieved.</param>
public sealed record QofIndicator(string Code, bool IsSuspended, decimal AchievedPoints, decimal ProtectedPoints);

/// <summary>A practice's points (K16).</summary>
public sealed record QofPoints(int Suspended, int Measured, decimal Points);

/// <summary>What quality points pay (K16): protected + measured = total.</summary>
/// <param name="Protected">Of suspended indicators, whatever is achieved.</param>
public sealed record QofPayment(Money Protected, Money Measured, Money Total);

/// <summary>A network's year as its contract counts it.</summary>
/// <param name="Registered">Registered patients.</param>
/// <param name="PerPatient">What the core contract pays for each.</param>
/// <param name="CaipAvailable">The network's capacity and access payment where all three domains are declared (K13).</param>
public sealed record NetworkYear(
    long Registered, Money PerPatient, IReadOnlyList<ArrsClaim> Claims, Money RolesBudget, Money NewlyQualifiedGpsBudget,
    Money CaipAvailable, IReadOnlyList<CaipDeclaration> Declarations, IReadOnlyList<QofIndicator> Indicators, Money PerQofPoint);
