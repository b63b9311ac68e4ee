using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>Where a person's matter is handled at one desk (Z34 to Z36).</summary>
public enum OneStopDesk { LeadHospital, Member, TownshipAgency }

/// <summary>The matters that were handed down to the desks (Z34 to Z36).</summary>
public enum OneStopMatter
{
    /// <summary>零星报销: review and payment of residents' out-of-county inpatient care that was not settled on the spot.</summary>
    ManualReimbursement,

    /// <summary>门诊特殊病、慢性病认定: of residents and employees.</summary>
    DiseaseCertification,
    ReferralApproval,

    /// <summary>意外伤害: whether an accident is covered, at the institution that treats it.</summary>
    AccidentalInjury,
    RightsQuery,
    Advice,

    /// <summary>医疗救助、兜底保障: accept, review, file; manual reimbursement of it included.</summary>
    AssistanceAndSafetyNet,

    /// <summary>Supervision of the fund at township and village institutions.</summary>
    PrimaryCareAudit,
    EnrolmentAndLevy,
    RegistrationAndTransfer,
    SocialCard,

    /// <summary>异地就医审批, with the card.</summary>
    OutOfRegionApproval,
}

/// <summary>Why an insured person was treated away from home (Z37).</summary>
public enum AwayReason { WorkingAway, Resettled, Referred, SuddenlyIll }

/// <summary>How a bill away from home is paid (Z37).</summary>
public enum AwaySettlement { Instant, ManualAfterAdvance }

/// <summary>This part: who handles what for a person.</summary>
public static partial class CountyPackageRules
{
    private static readonly OneStopMatter[] OfLead =
    [
        OneStopMatter.ManualReimbursement, OneStopMatter.DiseaseCertification, OneStopMatter.ReferralApproval, OneStopMatter.AccidentalInjury,
        OneStopMatter.RightsQuery, OneStopMatter.Advice,
    ];

    private static readonly OneStopMatter[] OfMembers =
        [OneStopMatter.AssistanceAndSafetyNet, OneStopMatter.AccidentalInjury, OneStopMatter.RightsQuery, OneStopMatter.Advice];

    private static readonly OneStopMatter[] OfTownships =
    [
        OneStopMatter.PrimaryCareAudit, OneStopMatter.EnrolmentAndLevy, OneStopMatter.RegistrationAndTransfer, OneStopMatter.SocialCard,
        OneStopMatter.OutOfRegionApproval,
    ];

    /// <summary>The matters that a desk handles. Source: 五(九)1, 五(九)2, 五(九)3.</summary>
    public static Cited<IReadOnlyList<OneStopMatter>> MattersOf(OneStopDesk desk) => desk switch
    {
        OneStopDesk.LeadHospital => Z34.Gives<IReadOnlyList<OneStopMatter>>(OfLead, ("desk", desk)),
        OneStopDesk.Member => Z35.Gives<IReadOnlyList<OneStopMatter>>(OfMembers, ("desk", desk)),
        OneStopDesk.TownshipAgency => Z36.Gives<IReadOnlyList<OneStopMatter>>(OfTownships, ("desk", desk)),
        _ => throw new InvalidOperationException($"Unknown desk {desk}."),
    };

    /// <summary>How a bill is paid of somebody who works away, was resettled, was referred or fell ill suddenly: on the spot where
    /// that is possible, else the person advances it and is reimbursed by hand. Source: 六(五).</summary>
    public static Cited<AwaySettlement> SettleAway(AwayReason reason, bool instantPossible) => Z37.Gives(
        instantPossible ? AwaySettlement.Instant : AwaySettlement.ManualAfterAdvance, ("reason", reason), ("on the spot possible", instantPossible));

    /// <summary>The next state of a matter at a desk; only what was approved is paid. Source: 五(九)1; the states are ours.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<OneStopState> OneStopGoes(OneStopState from, OneStopState to) => Z34.Gives(CountyStates.OneStop.Go(from, to), ("from", from), ("to", to));
}
