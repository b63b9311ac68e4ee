namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>The three parts of a joint test (C1).</summary>
public enum TestKind { TransactionAndFunction, Card, PerformanceAndReliability }

/// <summary>What happened to a system that may call for a joint test (C1).</summary>
public enum SystemChange { FirstConnection, NewCity, MajorChange, NewCardReaderModel, MinorChange }

/// <summary>One part of a joint test; a failed one says why.</summary>
public sealed record TestOutcome(TestKind Kind, bool Passed, string Finding);

/// <summary>The conclusion of a joint test; reasons are empty where it passed.</summary>
public sealed record TestConclusion(JointTestState State, IReadOnlyList<string> Reasons);

/// <summary>What must be loaded before a province runs (C2).</summary>
public enum MasterData { Agencies, Staff, BankAccounts, PoolingAreas, Hospitals }

/// <summary>Outcome of the review of an access application; reasons are empty where it opens.</summary>
public sealed record AccessReview(AccessState State, string Reasons);

/// <summary>In which direction an area takes part (C3): as the place of treatment, or as the place that insures.</summary>
public enum Direction { TreatmentPlace, InsuredPlace }

/// <summary>From a moment on an area is open or suspended in a direction (forms 1 and 2).</summary>
/// <param name="Area">Code of the province or the pooling area.</param>
public sealed record StatusChange(string Area, Direction Direction, DateTimeOffset From, bool IsOpen);

/// <summary>How a bill is paid at discharge (C3, C12): the fund's share settled directly, or all of it by the patient, who
/// claims at home.</summary>
public enum DischargePayment { Direct, PatientPaysAll }

/// <summary>A last moment or day and how late something came; 0 is in time. A soft duty is shown as late, never refused.</summary>
public sealed record Timeliness<T>(T Due, long Late)
{
    public bool IsLate => Late > 0;
}

/// <summary>What a person shows (C4).</summary>
public enum Credential { SocialSecurityCard, IdentityCard, ElectronicVoucher, None }

/// <summary>Why a person is registered for care in another province (C7).</summary>
public enum RegistrationKind { ResettledRetiree, LongTermResident, PostedWorker, ReferredPatient }

/// <summary>A registration at the insured place (C7).</summary>
/// <param name="Area">The digits of the area of treatment that it holds for: a province (53), a city (5309) or a county (530924).</param>
/// <param name="Last">The last day; null: open.</param>
public sealed record CrossRegionRegistration(string Number, RegistrationKind Kind, string Area, DateOnly First, DateOnly? Last, RegistrationState State);

/// <summary>Elements of a bill's rules, of which each is the treatment place's or the insured place's (C9).</summary>
public enum PolicyElement { PaymentScope, DrugCatalogue, TreatmentItems, ServiceFacilities, PriceStandard, Deductible, ReimbursementRate, BenefitCap, SpecialPolicy }

/// <summary>Whether the hospital admits on this card (C9).</summary>
public enum Admission { Admit, StopAndReport }

/// <summary>Whether a person's bill may be settled directly (C8): allowed, or refused with one code in a fixed order.</summary>
public abstract record DirectSettlement
{
    private DirectSettlement() { }

    public sealed record Allowed(string Registration) : DirectSettlement;

    /// <param name="Code">Of the table of texts.</param>
    public sealed record Refused(string Code) : DirectSettlement;

    public override string ToString() => this switch
    {
        Allowed allowed => $"Allowed {allowed.Registration}",
        Refused refused => $"Refused {refused.Code}",
        _ => nameof(DirectSettlement),
    };
}

/// <summary>What decides whether a bill is settled directly.</summary>
/// <param name="Registration">The registration that holds on the day for the hospital's area; null: none.</param>
/// <param name="ServiceIsOpen">Both areas are open in their direction.</param>
public sealed record DirectSettlementFacts(
    bool CardIsPersons, CrossRegionRegistration? Registration, BenefitState Benefit, HospitalState Hospital, bool ServiceIsOpen);
