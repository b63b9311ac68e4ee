using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Schemes.CountyPackage;
using static EdgeHub.Hub.Ledger.AccountKind;
using static EdgeHub.Hub.Ledger.LedgerEvent;

namespace EdgeHub.Hub.Ledger;

/// <summary>One row of the table of postings: from which envelope (debit) to which (credit) an event moves money, and by which article.</summary>
public sealed record PostingRule(LedgerEvent Event, AccountKind Debit, AccountKind Credit, Article Article);

/// <summary>The one table of postings. An event that is not in it cannot be posted.</summary>
public static class PostingTable
{
    /// <summary>Where a private designated provider has an indicator of its own (Z10), it stands for the package.</summary>
    public static readonly IReadOnlyList<PostingRule> Rules =
    [
        new(CityExtracted, Funding, CityExtraction, CountyPackageArticles.Z05),
        new(CatastrophicPremiumPaid, Funding, CatastrophicPremium, CountyPackageArticles.Z05),
        new(ReserveExtracted, Funding, RiskReserve, CountyPackageArticles.Z07),
        new(PackageIssued, Funding, PackageBudget, CountyPackageArticles.Z12),
        new(IndicatorIssued, Funding, ProviderIndicator, CountyPackageArticles.Z10),
        new(SettlementDecided, PackageBudget, SettledPool, CountyPackageArticles.Z02),
        new(IndicatorCharged, ProviderIndicator, SettledPool, CountyPackageArticles.Z03),
        new(AccountShare, PersonalAccount, PersonalAccount, BenefitArticles.B07),
        new(PatientUnderpaidByFund, PackageBudget, PayableTo, CountyPackageArticles.Z02),
        new(PatientUnderpaidByIndicator, ProviderIndicator, PayableTo, CountyPackageArticles.Z03),
        new(LedgerEvent.RefundPaid, PayableTo, SettledPool, CountyPackageArticles.Z02),
        new(RefundSuspended, PayableTo, Suspense, CountyPackageArticles.Z02),
        new(StaleDataCharged, PackageBudget, OfflineDifference, CountyPackageArticles.Z02),
        new(StaleDataChargedToIndicator, ProviderIndicator, OfflineDifference, CountyPackageArticles.Z03),
        new(StaleDataPaid, OfflineDifference, SettledPool, CountyPackageArticles.Z02),
        new(InstitutionFault, ReceivableFrom, PackageBudget, CountyPackageArticles.Z02),
        new(InstitutionFaultOfIndicator, ReceivableFrom, ProviderIndicator, CountyPackageArticles.Z03),
        // Inbound insured (Z19) and other insurances (Z2): advanced, and suspended until the one whose money it is pays it back.
        new(InboundDecided, Suspense, SettledPool, CountyPackageArticles.Z19),
        new(InboundUnderpaid, Suspense, PayableTo, CountyPackageArticles.Z19),
        new(InboundStaleData, Suspense, OfflineDifference, CountyPackageArticles.Z19),
        new(InboundFault, ReceivableFrom, Suspense, CountyPackageArticles.Z19),
        new(OtherSchemeDecided, Suspense, SettledPool, CountyPackageArticles.Z02),
        new(OtherSchemeUnderpaid, Suspense, PayableTo, CountyPackageArticles.Z02),
        new(OtherSchemeStaleData, Suspense, OfflineDifference, CountyPackageArticles.Z02),
        new(OtherSchemeFault, ReceivableFrom, Suspense, CountyPackageArticles.Z02),
        // The layers above the basic fund never touch an indicator or the package (Z4). Assistance is paid out of Suspense, owner
        // "assistance", until the civil-affairs side pays it back; what was paid too much may be any layer's.
        new(CatastrophicDecided, CatastrophicPremium, SettledCatastrophic, CountyPackageArticles.Z04),
        new(CatastrophicUnderpaid, CatastrophicPremium, PayableTo, CountyPackageArticles.Z04),
        new(CatastrophicStaleData, CatastrophicPremium, OfflineDifference, CountyPackageArticles.Z04),
        new(CatastrophicFault, ReceivableFrom, CatastrophicPremium, CountyPackageArticles.Z04),
        new(StaleDataPaidAsCatastrophic, OfflineDifference, SettledCatastrophic, CountyPackageArticles.Z04),
        new(AssistanceDecided, Suspense, SettledAssistance, CountyPackageArticles.Z04),
        new(AssistanceUnderpaid, Suspense, PayableTo, CountyPackageArticles.Z04),
        new(AssistanceStaleData, Suspense, OfflineDifference, CountyPackageArticles.Z04),
        new(AssistanceFault, ReceivableFrom, Suspense, CountyPackageArticles.Z04),
        new(StaleDataPaidAsAssistance, OfflineDifference, SettledAssistance, CountyPackageArticles.Z04),
        // The same layers of those whose money it is not: advanced and suspended like their basic fund.
        new(InboundCatastrophic, Suspense, SettledCatastrophic, CountyPackageArticles.Z19),
        new(InboundAssistance, Suspense, SettledAssistance, CountyPackageArticles.Z19),
        new(OtherSchemeCatastrophic, Suspense, SettledCatastrophic, CountyPackageArticles.Z04),
        new(OtherSchemeAssistance, Suspense, SettledAssistance, CountyPackageArticles.Z04),
        // Manual reimbursement: the patient paid all of it; each layer owes its share to the person.
        new(Reimbursed, PackageBudget, PayableTo, CountyPackageArticles.Z20),
        new(ReimbursedByIndicator, ProviderIndicator, PayableTo, CountyPackageArticles.Z20),
        new(ReimbursedOutOfSuspense, Suspense, PayableTo, CountyPackageArticles.Z20),
        new(ReimbursedByCatastrophic, CatastrophicPremium, PayableTo, CountyPackageArticles.Z20),
        new(ReimbursedByAssistance, Suspense, PayableTo, CountyPackageArticles.Z20),
    ];

    private static readonly Dictionary<LedgerEvent, PostingRule> ByEvent = Rules.ToDictionary(rule => rule.Event);

    public static PostingRule Of(LedgerEvent happened) => ByEvent[happened];
}
