using EdgeHub.Rules.States;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>A joint test of a city's system (C1).</summary>
public enum JointTestState { Applied, Testing, Passed, Failed }

/// <summary>A province's or pooling area's access (C2). Refused carries its reasons; an application is made again.</summary>
public enum AccessState { Applied, InReview, Refused, Open, Running }

/// <summary>Whether an area takes part in a direction (C3).</summary>
public enum ServiceState { Open, SuspensionApplied, Suspended, ResumptionApplied }

/// <summary>A cross-province designated hospital (C6).</summary>
public enum HospitalState { Selected, Adapted, Tested, Open, Suspended, Deleted }

/// <summary>A registered person's medical benefit (C8). Restored is Active again, as the document names the step.</summary>
public enum BenefitState { Active, Suspended, Restored, Terminated }

/// <summary>A person's registration for care in another province (C8).</summary>
public enum RegistrationState { Active, Terminated }

/// <summary>An emergency increase of the prepayment fund (C18).</summary>
public enum EmergencyState { Applied, Reviewed, Refused, Noticed, SubmittedToFinance, Paid, Confirmed }

/// <summary>A transfer between two provinces' finance bureaus, of prepayment or clearing (C19, C22).</summary>
public enum TransferState { Noticed, SubmittedToFinance, Paid, ReportedBack, Confirmed, Failed }

/// <summary>A hospital's dispute of an audit decision (C25).</summary>
public enum DisputeState { Decided, Appealed, InReconsideration, InLitigation, Upheld, Amended }

/// <summary>The insured place's suspicion of a violation (C25): told to the ministry, by it to the treatment place.</summary>
public enum SuspicionState { Reported, WithMinistry, WithTreatmentPlace, Investigated, AnsweredToInsuredPlace }

/// <summary>A complaint of a person (C25); it is not closed before the person was told the result.</summary>
public enum ComplaintState { Received, InInvestigation, ReportedUpwards, ResultTold, Closed }

/// <summary>A business issue (C28).</summary>
public enum IssueState { Reported, Accepted, Assigned, Disputed, Reassigned, InProgress, Returned, Resolved, Confirmed, Closed }

/// <summary>The tables of states of cross-province settlement. The document names the states; where it leaves a way back open
/// (a new application after a refusal, a deletion at any time) the table has it, and README.md says so.</summary>
public static class CrossRegionStates
{
    public static readonly StateTable<JointTestState> JointTest = new("joint test",
        (JointTestState.Applied, JointTestState.Testing), (JointTestState.Testing, JointTestState.Passed), (JointTestState.Testing, JointTestState.Failed),
        (JointTestState.Failed, JointTestState.Applied), (JointTestState.Passed, JointTestState.Applied));

    public static readonly StateTable<AccessState> Access = new("access",
        (AccessState.Applied, AccessState.InReview), (AccessState.InReview, AccessState.Open), (AccessState.InReview, AccessState.Refused),
        (AccessState.Refused, AccessState.Applied), (AccessState.Open, AccessState.Running));

    public static readonly StateTable<ServiceState> Service = new("suspension",
        (ServiceState.Open, ServiceState.SuspensionApplied), (ServiceState.SuspensionApplied, ServiceState.Suspended), (ServiceState.SuspensionApplied, ServiceState.Open),
        (ServiceState.Suspended, ServiceState.ResumptionApplied), (ServiceState.ResumptionApplied, ServiceState.Open), (ServiceState.ResumptionApplied, ServiceState.Suspended));

    public static readonly StateTable<HospitalState> Hospital = new("hospital",
        (HospitalState.Selected, HospitalState.Adapted), (HospitalState.Adapted, HospitalState.Tested), (HospitalState.Tested, HospitalState.Open),
        (HospitalState.Open, HospitalState.Suspended), (HospitalState.Suspended, HospitalState.Open), (HospitalState.Selected, HospitalState.Deleted),
        (HospitalState.Adapted, HospitalState.Deleted), (HospitalState.Tested, HospitalState.Deleted), (HospitalState.Open, HospitalState.Deleted),
        (HospitalState.Suspended, HospitalState.Deleted));

    public static readonly StateTable<BenefitState> Benefit = new("benefit",
        (BenefitState.Active, BenefitState.Suspended), (BenefitState.Suspended, BenefitState.Restored), (BenefitState.Restored, BenefitState.Suspended),
        (BenefitState.Active, BenefitState.Terminated), (BenefitState.Suspended, BenefitState.Terminated), (BenefitState.Restored, BenefitState.Terminated));

    public static readonly StateTable<RegistrationState> Registration = new("registration", (RegistrationState.Active, RegistrationState.Terminated));

    public static readonly StateTable<EmergencyState> Emergency = new("emergency increase",
        (EmergencyState.Applied, EmergencyState.Reviewed), (EmergencyState.Applied, EmergencyState.Refused), (EmergencyState.Reviewed, EmergencyState.Noticed),
        (EmergencyState.Noticed, EmergencyState.SubmittedToFinance), (EmergencyState.SubmittedToFinance, EmergencyState.Paid), (EmergencyState.Paid, EmergencyState.Confirmed));

    public static readonly StateTable<TransferState> Transfer = new("transfer",
        (TransferState.Noticed, TransferState.SubmittedToFinance), (TransferState.SubmittedToFinance, TransferState.Paid), (TransferState.Paid, TransferState.ReportedBack),
        (TransferState.ReportedBack, TransferState.Confirmed), (TransferState.ReportedBack, TransferState.Failed), (TransferState.Failed, TransferState.SubmittedToFinance));

    public static readonly StateTable<DisputeState> Dispute = new("dispute",
        (DisputeState.Decided, DisputeState.Appealed), (DisputeState.Decided, DisputeState.InReconsideration), (DisputeState.Decided, DisputeState.InLitigation),
        (DisputeState.Appealed, DisputeState.Upheld), (DisputeState.Appealed, DisputeState.Amended), (DisputeState.InReconsideration, DisputeState.Upheld),
        (DisputeState.InReconsideration, DisputeState.Amended), (DisputeState.InLitigation, DisputeState.Upheld), (DisputeState.InLitigation, DisputeState.Amended),
        (DisputeState.Upheld, DisputeState.InReconsideration), (DisputeState.Upheld, DisputeState.InLitigation));

    public static readonly StateTable<SuspicionState> Suspicion = new("suspicion",
        (SuspicionState.Reported, SuspicionState.WithMinistry), (SuspicionState.WithMinistry, SuspicionState.WithTreatmentPlace),
        (SuspicionState.WithTreatmentPlace, SuspicionState.Investigated), (SuspicionState.Investigated, SuspicionState.AnsweredToInsuredPlace));

    public static readonly StateTable<ComplaintState> Complaint = new("complaint",
        (ComplaintState.Received, ComplaintState.InInvestigation), (ComplaintState.InInvestigation, ComplaintState.ReportedUpwards),
        (ComplaintState.InInvestigation, ComplaintState.ResultTold), (ComplaintState.ReportedUpwards, ComplaintState.ResultTold), (ComplaintState.ResultTold, ComplaintState.Closed));

    public static readonly StateTable<IssueState> Issue = new("issue",
        (IssueState.Reported, IssueState.Accepted), (IssueState.Accepted, IssueState.Assigned), (IssueState.Assigned, IssueState.InProgress),
        (IssueState.Assigned, IssueState.Disputed), (IssueState.Disputed, IssueState.Reassigned), (IssueState.Reassigned, IssueState.InProgress),
        (IssueState.Reassigned, IssueState.Disputed), (IssueState.InProgress, IssueState.Resolved), (IssueState.InProgress, IssueState.Returned),
        (IssueState.Returned, IssueState.Reported), (IssueState.Resolved, IssueState.Confirmed), (IssueState.Resolved, IssueState.InProgress),
        (IssueState.Confirmed, IssueState.Closed));
}
