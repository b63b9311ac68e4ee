using EdgeHub.Hub.Ledger;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;
using static EdgeHub.Hub.Ledger.LedgerEvent;

namespace EdgeHub.Hub.Settlement;

/// <summary>The envelope that bears a settlement's pool-fund amount, and the events under which it does: the lead hospital's
/// package, a private provider's indicator, or, for whom neither pays, Suspense under the name of the pooling area (inbound
/// insured, Z19) or of the insurance type (other insurances, Z2) whose money it is. Source: Z2, Z3, Z19.</summary>
/// <param name="Decided">To the institution's settled pool.</param>
/// <param name="Underpaid">To a person who paid too much.</param>
/// <param name="StaleData">What the fund paid too much on stale data.</param>
/// <param name="Fault">What the institution owes back for what it ignored.</param>
public sealed record Payer(
    ChargedTo ChargedTo, AccountKind Kind, string Owner, LedgerEvent Decided, LedgerEvent Underpaid, LedgerEvent StaleData, LedgerEvent Fault)
{
    /// <summary>Institution type of a private designated provider, where the alliance column does not say it.</summary>
    public const string PrivateHospital = "private_hospital";

    /// <summary>The same in the alliance column of the institutions.</summary>
    public const string PrivateOfAlliance = "private";

    private static readonly SchemeParameters Parameters = SchemeParameters.Shipped(CountyPackageScheme.Name);

    public static Payer Of(SettledFact fact)
    {
        var charged = ChargeOf(fact);
        if (charged == ChargedTo.PrivateIndicator)
        {
            return new Payer(
                charged, AccountKind.ProviderIndicator, fact.Site,
                IndicatorCharged, PatientUnderpaidByIndicator, StaleDataChargedToIndicator, InstitutionFaultOfIndicator);
        }
        if (charged == ChargedTo.LeadPackage)
        {
            return new Payer(
                charged, AccountKind.PackageBudget, Account.TheRegion,
                SettlementDecided, PatientUnderpaidByFund, StaleDataCharged, InstitutionFault);
        }
        return fact.PoolingArea != fact.Region
            ? new Payer(charged, AccountKind.Suspense, fact.PoolingArea, InboundDecided, InboundUnderpaid, InboundStaleData, InboundFault)
            : new Payer(charged, AccountKind.Suspense, fact.InsuranceType, OtherSchemeDecided, OtherSchemeUnderpaid, OtherSchemeStaleData, OtherSchemeFault);
    }

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

    private static ProviderKind ProviderOf(SettledFact fact) =>
        fact.Alliance == PrivateOfAlliance || fact.InstitutionType == PrivateHospital ? ProviderKind.Private
        : fact.OutOfArea ? ProviderKind.OutOfCounty
        : ProviderKind.Alliance;
}
