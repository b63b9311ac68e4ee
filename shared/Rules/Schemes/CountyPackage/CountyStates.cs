using EdgeHub.Rules.States;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>The tables of states of the county package. The document names the steps; their words are ours (README.md).</summary>
public static class CountyStates
{
    /// <summary>The year's allocation plan (Z9): a filed plan may close without an adjustment, an adjusted one may be adjusted again.</summary>
    public static readonly StateTable<PlanState> Plan = new(
        "plan", (PlanState.Draft, PlanState.Negotiated), (PlanState.Negotiated, PlanState.Issued), (PlanState.Issued, PlanState.Filed),
        (PlanState.Filed, PlanState.Adjusted), (PlanState.Filed, PlanState.Closed), (PlanState.Adjusted, PlanState.Adjusted), (PlanState.Adjusted, PlanState.Closed));

    /// <summary>A quarter's prepayment (Z14, Z15).</summary>
    public static readonly StateTable<PrepaymentState> Prepayment = new(
        "prepayment", (PrepaymentState.Computed, PrepaymentState.Approved), (PrepaymentState.Approved, PrepaymentState.Paid));

    /// <summary>A year's clearing (Z14, Z21): half-year clearing, assessment, clearing, final account.</summary>
    public static readonly StateTable<ClearingState> Clearing = new(
        "clearing", (ClearingState.Open, ClearingState.HalfYear), (ClearingState.HalfYear, ClearingState.Assessed),
        (ClearingState.Assessed, ClearingState.Cleared), (ClearingState.Cleared, ClearingState.Final));

    /// <summary>A claim for inbound insured (Z19): advanced by the provider, settled by the bureau, cleared with the city.</summary>
    public static readonly StateTable<InboundClaimState> InboundClaim = new(
        "inboundClaim", (InboundClaimState.Advanced, InboundClaimState.SettledByBureau), (InboundClaimState.SettledByBureau, InboundClaimState.ClearedByCity));

    /// <summary>A matter at a one-stop desk (Z34, Z35); only what was approved is paid.</summary>
    public static readonly StateTable<OneStopState> OneStop = new(
        "oneStop", (OneStopState.Received, OneStopState.Reviewed), (OneStopState.Reviewed, OneStopState.Approved),
        (OneStopState.Reviewed, OneStopState.Rejected), (OneStopState.Approved, OneStopState.Paid));

    public static readonly IReadOnlyList<IStateTable> All = [Plan, Prepayment, Clearing, InboundClaim, OneStop];
}
