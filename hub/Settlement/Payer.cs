using EdgeHub.Hub.Ledger;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using static EdgeHub.Hub.Ledger.LedgerEvent;

namespace EdgeHub.Hub.Settlement;

/// <summary>The events under which one payer's money moves.</summary>
/// <param name="Decided">To the institution.</param>
/// <param name="Underpaid">To a person who paid too much at the counter.</param>
/// <param name="Reimbursed">To a person who paid all of an invoice (Z20).</param>
/// <param name="StaleData">What was paid too much on stale data, and <paramref name="StaleDataPaid"/> how it comes to the institution.</param>
/// <param name="Fault">What the institution owes back for what it ignored.</param>
public sealed record PayerEvents(
    LedgerEvent Decided, LedgerEvent Underpaid, LedgerEvent Reimbursed, LedgerEvent StaleData, LedgerEvent StaleDataPaid, LedgerEvent Fault);

/// <summary>One payer of a settlement: the envelope that its money comes out of, and the kind of envelope of an institution that it
/// goes to.</summary>
public sealed record PayerLayer(AccountKind Kind, string Owner, AccountKind ToInstitution, PayerEvents Events);

/// <summary>Who bears a settlement. The pool fund's amount: the lead hospital's package, a private provider's indicator, or, for
/// whom neither pays, Suspense under the name of the pooling area (inbound insured, Z19) or of the insurance type (other insurances,
/// Z2) whose money it is. Catastrophic insurance and assistance stand apart and never touch package or indicator (Z4).
/// Source: Z2, Z3, Z4, Z19, Z20.</summary>
public sealed record Payer(ChargedTo ChargedTo, PayerLayer Fund, PayerLayer Catastrophic, PayerLayer Assistance)
{
    /// <summary>Institution type of a private designated provider, where the alliance column does not say it.</summary>
    public const string PrivateHospital = "private_hospital";

    /// <summary>The same in the alliance column of the institutions.</summary>
    public const string PrivateOfAlliance = "private";

    private static readonly SchemeParameters Parameters = SchemeParameters.Shipped(CountyPackageScheme.Name);

    private static readonly PayerEvents OfPackage = new(SettlementDecided, PatientUnderpaidByFund, Reimbursed, StaleDataCharged, StaleDataPaid, InstitutionFault);

    private static readonly PayerEvents OfIndicator = new(
        IndicatorCharged, PatientUnderpaidByIndicator, ReimbursedByIndicator, StaleDataChargedToIndicator, StaleDataPaid, InstitutionFaultOfIndicator);

    private static readonly PayerLayer Insurer = new(AccountKind.CatastrophicPremium, Account.TheRegion, AccountKind.SettledCatastrophic, new PayerEvents(
        CatastrophicDecided, CatastrophicUnderpaid, ReimbursedByCatastrophic, CatastrophicStaleData, StaleDataPaidAsCatastrophic, CatastrophicFault));

    private static readonly PayerLayer CivilAffairs = new(AccountKind.Suspense, Account.Assistance, AccountKind.SettledAssistance, new PayerEvents(
        AssistanceDecided, AssistanceUnderpaid, ReimbursedByAssistance, AssistanceStaleData, StaleDataPaidAsAssistance, AssistanceFault));

    public static Payer Of(SettledFact fact)
    {
        var charged = ChargeOf(fact);
        if (charged == ChargedTo.PrivateIndicator)
        {
            return new Payer(charged, new PayerLayer(AccountKind.ProviderIndicator, fact.Institution, AccountKind.SettledPool, OfIndicator), Insurer, CivilAffairs);
        }
        if (charged == ChargedTo.LeadPackage)
        {
            return new Payer(charged, new PayerLayer(AccountKind.PackageBudget, Account.TheRegion, AccountKind.SettledPool, OfPackage), Insurer, CivilAffairs);
        }
        return fact.PoolingArea != fact.Region
            ? Advanced(
                charged, fact.PoolingArea, InboundCatastrophic, InboundAssistance,
                new PayerEvents(InboundDecided, InboundUnderpaid, ReimbursedOutOfSuspense, InboundStaleData, StaleDataPaid, InboundFault))
            : Advanced(
                charged, fact.InsuranceType, OtherSchemeCatastrophic, OtherSchemeAssistance,
                new PayerEvents(OtherSchemeDecided, OtherSchemeUnderpaid, ReimbursedOutOfSuspense, OtherSchemeStaleData, StaleDataPaid, OtherSchemeFault));
    }

    /// <summary>All three layers out of the Suspense envelope of the one whose money it is.</summary>
    private static Payer Advanced(ChargedTo charged, string owner, LedgerEvent catastrophic, LedgerEvent assistance, PayerEvents events) => new(
        charged,
        new PayerLayer(AccountKind.Suspense, owner, AccountKind.SettledPool, events),
        new PayerLayer(AccountKind.Suspense, owner, AccountKind.SettledCatastrophic, events with { Decided = catastrophic, StaleDataPaid = StaleDataPaidAsCatastrophic }),
        new PayerLayer(AccountKind.Suspense, owner, AccountKind.SettledAssistance, events with { Decided = assistance, StaleDataPaid = StaleDataPaidAsAssistance }));

    /// <summary>By the scope as it holds on the service day. A day before the scheme, or a visit type that its table does not
    /// know, is nobody's: it is suspended where people see it, and no budget is charged unasked.</summary>
    private static ChargedTo ChargeOf(SettledFact fact)
    {
        if (!VisitClasses.Shipped.ByCode.ContainsKey(fact.VisitType))
        {
            return ChargedTo.Nobody;
        }
        PackageScope scope;
        try
        {
            scope = PackageScope.From(Parameters.On(fact.ServiceDay, fact.KnownOn));
        }
        catch (RuleGap)
        {
            return ChargedTo.Nobody;
        }
        var facts = new PackageCase(fact.InsuranceType, fact.PoolingArea, fact.VisitType, ProviderOf(fact));
        return CountyPackageRules.ChargeOf(facts, scope, VisitClasses.Shipped).Value.ChargedTo;
    }

    /// <summary>A manual reimbursement is deducted from the package, whoever treated (Z20): it is nobody's own indicator.</summary>
    private static ProviderKind ProviderOf(SettledFact fact) =>
        fact.IsReimbursement ? ProviderKind.OutOfCounty
        : fact.Alliance == PrivateOfAlliance || fact.InstitutionType == PrivateHospital ? ProviderKind.Private
        : ProviderKind.Alliance;
}
