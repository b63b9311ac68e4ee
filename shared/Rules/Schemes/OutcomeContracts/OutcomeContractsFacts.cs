using EdgeHub.Rules.States;

namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>An outcome contract (P1).</summary>
public enum ContractState { Draft, Signed, Running, Evaluating, Settled, Closed }

/// <summary>A pre-patient's way through a contract (P1). Excluded: the criteria of inclusion are not met; a drop-out stays in the
/// panel and is never an outcome.</summary>
public enum EnrolmentState { Identified, Excluded, Eligible, Consented, Assigned, Switched, DroppedOut, Evaluated, Achieved, NotAchieved, Paid }

/// <summary>The tables of states of outcome contracts.</summary>
public static class OutcomeContractsStates
{
    public static readonly StateTable<ContractState> Contract = new("contract",
        (ContractState.Draft, ContractState.Signed), (ContractState.Signed, ContractState.Running), (ContractState.Running, ContractState.Evaluating),
        (ContractState.Evaluating, ContractState.Settled), (ContractState.Settled, ContractState.Closed));

    public static readonly StateTable<EnrolmentState> Enrolment = new("enrolment",
        (EnrolmentState.Identified, EnrolmentState.Eligible), (EnrolmentState.Identified, EnrolmentState.Excluded), (EnrolmentState.Eligible, EnrolmentState.Consented),
        (EnrolmentState.Consented, EnrolmentState.Assigned), (EnrolmentState.Assigned, EnrolmentState.Switched), (EnrolmentState.Assigned, EnrolmentState.DroppedOut),
        (EnrolmentState.Assigned, EnrolmentState.Evaluated), (EnrolmentState.Switched, EnrolmentState.Switched), (EnrolmentState.Switched, EnrolmentState.DroppedOut),
        (EnrolmentState.Switched, EnrolmentState.Evaluated), (EnrolmentState.DroppedOut, EnrolmentState.NotAchieved), (EnrolmentState.Evaluated, EnrolmentState.Achieved),
        (EnrolmentState.Evaluated, EnrolmentState.NotAchieved), (EnrolmentState.Achieved, EnrolmentState.Paid));
}

/// <summary>A pre-patient with one provider from a day on.</summary>
public sealed record Assignment(string PrePatient, string Provider, DateOnly First);

/// <summary>A pre-patient at the final evaluation.</summary>
/// <param name="HbA1c">mmol/mol; null: a drop-out, or not measured, and so no outcome.</param>
public sealed record FinalEvaluation(string PrePatient, decimal? HbA1c);

/// <summary>A provider's panel at the final evaluation: all its pre-patients N, and those with the outcome S.</summary>
public sealed record ProviderPanel(string Provider, long PrePatients, long Outcomes);

/// <summary>How the document's pay is read (P4): for outcomes above the threshold only, or for all of them once it is passed.</summary>
public enum PayReading { AboveThreshold, AllOnceAbove }

/// <summary>From where to where attainment pays (P3, P4): shares of the panel.</summary>
public sealed record PayRange(Rate From, Rate To);

/// <summary>The price of an outcome, as the document derives it (P4).</summary>
/// <param name="PayableOutcomes">Participants less the first tenth and the last fifth.</param>
/// <param name="Exact">Programme by payable outcomes, in whole kronor.</param>
/// <param name="Price">Rounded down to whole thousands: what a provider is paid.</param>
/// <param name="ForEvaluator">The rest of each outcome's part.</param>
public sealed record OutcomePrice(long PayableOutcomes, Money Exact, Money Price, Money ForEvaluator);

/// <summary>A provider's pay (P4).</summary>
/// <param name="PaidOutcomes">May be a fraction: a tenth of a panel need not be whole.</param>
public sealed record ProviderPay(decimal PaidOutcomes, Money Amount);

/// <summary>Pay with its interest (P6).</summary>
public sealed record PayWithInterest(int Days, Money Interest, Money Total);

/// <summary>The numbers by which an outcome contract pays (P4, P5, P6).</summary>
/// <param name="Programme">The programme's whole, of which the evaluator's part is derived.</param>
public sealed record OutcomePay(Money Price, PayRange Range, PayReading Reading, Money Programme, long Participants, Rate YearlyInterest);

/// <summary>What is checked of a provider automatically (P7).</summary>
public enum ProviderCheck { Lawful, Finances, Seriousness, Documentation }

/// <summary>A provider's authorisation (P7): no licence, only checks.</summary>
public sealed record Authorisation(bool IsAuthorised, IReadOnlyList<ProviderCheck> Failed);

/// <summary>With whom an evaluator has an assignment (P9).</summary>
public enum EvaluatorLink { None, ContractingAuthority, Provider, Platform, OutcomePayer }

/// <summary>Three amounts of what a disease costs or a programme saves: care, production, social insurance (P11, P12).</summary>
public sealed record SocietyAmounts(Money Direct, Money Indirect, Money SocialInsurance)
{
    public Money Total => Direct + Indirect + SocialInsurance;

    public SocietyAmounts Times(long count) => new(Direct.Times(count), Indirect.Times(count), SocialInsurance.Times(count));
}

/// <summary>The yearly reference cost (P11): computed from cases, and as the document prints it. They differ, and both are kept.</summary>
public sealed record ReferenceCost(long Cases, SocietyAmounts Computed, SocietyAmounts Printed);

/// <summary>One row of the document's table of savings (P12).</summary>
/// <param name="Attainment">30 % is 0.3.</param>
public sealed record SavingsRow(Rate Attainment, SocietyAmounts Savings);

/// <summary>Phases of the infrastructure (P13).</summary>
public enum Phase { NotBegun, Preparation, NationalPilot, FinalModel }
