using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using static EdgeHub.Hub.Ledger.AccountKind;
using static EdgeHub.Hub.Ledger.LedgerEvent;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Hub.Ledger;

/// <summary>One row of the table of postings: from which envelope (debit) to which (credit) an event moves money, and by which article.</summary>
/// <param name="Means">What happens, in a few words.</param>
public sealed record PostingRule(LedgerEvent Event, AccountKind Debit, AccountKind Credit, Article Article, string Means);

/// <summary>The one table of postings. An event that is not in it cannot be posted. README.md of this room shows it whole.</summary>
public static class PostingTable
{
    public static readonly IReadOnlyList<PostingRule> Rules =
    [
        // The year's budget.
        new(CityExtracted, Funding, CityExtraction, Z05, "the city's extraction of the year's funding"),
        new(CatastrophicPremiumPaid, Funding, CatastrophicPremium, Z05, "the premium of catastrophic insurance, by insured person"),
        new(ReserveExtracted, Funding, RiskReserve, Z07, "the county's extraction into the risk reserve"),
        new(PackageIssued, Funding, PackageBudget, Z12, "the lead hospital's indicator of the year"),
        new(IndicatorIssued, Funding, ProviderIndicator, Z10, "the indicator of one private provider"),
        new(FundingReceived, Bank, Funding, Z05, "the year's money arrives"),
        new(CityExtractionTransferred, CityExtraction, Bank, Z05, "the extraction goes to the city"),
        new(CatastrophicPremiumTransferred, CatastrophicPremium, Bank, Z05, "what is left of the premium goes to the insurer"),
        // The pooled fund's decisions; a private provider's indicator stands for the package where it has one (Z10).
        new(SettlementDecided, PackageBudget, SettledPool, Z02, "the fund's share of a decided settlement"),
        new(IndicatorCharged, ProviderIndicator, SettledPool, Z03, "the same at a provider with an indicator"),
        new(AccountShare, PersonalAccount, PersonalAccount, BenefitArticles.B07, "a person's account pays its share at an institution"),
        new(PatientUnderpaidByFund, PackageBudget, PayableTo, Z02, "the patient paid too much: the fund owes it"),
        new(PatientUnderpaidByIndicator, ProviderIndicator, PayableTo, Z03, "the same, out of an indicator"),
        new(LedgerEvent.RefundPaid, PayableTo, SettledPool, Z02, "a site paid out what was owed: the fund owes it to the site"),
        new(RefundPaidForCatastrophic, PayableTo, SettledCatastrophic, Z04, "the same, of what catastrophic insurance owed"),
        new(RefundPaidForAssistance, PayableTo, SettledAssistance, Z04, "the same, of what assistance owed"),
        new(RefundSuspended, PayableTo, Suspense, Z02, "a site paid out what was never owed: nobody is credited yet"),
        new(StaleDataCharged, PackageBudget, OfflineDifference, Z02, "the fund paid too much on stale data"),
        new(StaleDataChargedToIndicator, ProviderIndicator, OfflineDifference, Z03, "the same, out of an indicator"),
        new(StaleDataPaid, OfflineDifference, SettledPool, Z02, "the institution is made whole for it"),
        new(InstitutionFault, ReceivableFrom, PackageBudget, Z02, "the institution owes what it ignored a limit for"),
        new(InstitutionFaultOfIndicator, ReceivableFrom, ProviderIndicator, Z03, "the same, to an indicator"),
        // Inbound insured (Z19) and other insurances (Z2): advanced, and suspended until the one whose money it is pays it back.
        new(InboundDecided, Suspense, SettledPool, Z19, "the fund's share of an inbound insured person"),
        new(InboundUnderpaid, Suspense, PayableTo, Z19, "an inbound patient paid too much"),
        new(InboundStaleData, Suspense, OfflineDifference, Z19, "paid too much on stale data"),
        new(InboundFault, ReceivableFrom, Suspense, Z19, "the institution owes it"),
        new(OtherSchemeDecided, Suspense, SettledPool, Z02, "the fund's share of a person of another insurance"),
        new(OtherSchemeUnderpaid, Suspense, PayableTo, Z02, "a patient of another insurance paid too much"),
        new(OtherSchemeStaleData, Suspense, OfflineDifference, Z02, "paid too much on stale data"),
        new(OtherSchemeFault, ReceivableFrom, Suspense, Z02, "the institution owes it"),
        // The layers above the basic fund never touch an indicator or the package (Z4). Assistance is paid out of Suspense, owner "assistance".
        new(CatastrophicDecided, CatastrophicPremium, SettledCatastrophic, Z04, "catastrophic insurance's share of a decided settlement"),
        new(CatastrophicUnderpaid, CatastrophicPremium, PayableTo, Z04, "the patient paid too much: catastrophic insurance owes it"),
        new(CatastrophicStaleData, CatastrophicPremium, OfflineDifference, Z04, "catastrophic insurance paid too much on stale data"),
        new(CatastrophicFault, ReceivableFrom, CatastrophicPremium, Z04, "the institution owes it"),
        new(StaleDataPaidAsCatastrophic, OfflineDifference, SettledCatastrophic, Z04, "the institution is made whole for it"),
        new(AssistanceDecided, Suspense, SettledAssistance, Z04, "medical assistance's share of a decided settlement"),
        new(AssistanceUnderpaid, Suspense, PayableTo, Z04, "the patient paid too much: assistance owes it"),
        new(AssistanceStaleData, Suspense, OfflineDifference, Z04, "assistance paid too much on stale data"),
        new(AssistanceFault, ReceivableFrom, Suspense, Z04, "the institution owes it"),
        new(StaleDataPaidAsAssistance, OfflineDifference, SettledAssistance, Z04, "the institution is made whole for it"),
        new(InboundCatastrophic, Suspense, SettledCatastrophic, Z19, "catastrophic share of an inbound insured person"),
        new(InboundAssistance, Suspense, SettledAssistance, Z19, "assistance's share of an inbound insured person"),
        new(OtherSchemeCatastrophic, Suspense, SettledCatastrophic, Z04, "catastrophic share of another insurance"),
        new(OtherSchemeAssistance, Suspense, SettledAssistance, Z04, "assistance's share beside another insurance"),
        // Manual reimbursement: the patient paid all of it; each layer owes its share to the person.
        new(Reimbursed, PackageBudget, PayableTo, Z20, "the fund's share of a reimbursed invoice"),
        new(ReimbursedByIndicator, ProviderIndicator, PayableTo, Z20, "the same, at a provider with an indicator"),
        new(ReimbursedOutOfSuspense, Suspense, PayableTo, Z20, "the same, of another insurance or region"),
        new(ReimbursedByCatastrophic, CatastrophicPremium, PayableTo, Z20, "catastrophic insurance's share of it"),
        new(ReimbursedByAssistance, Suspense, PayableTo, Z20, "assistance's share of it"),
        // Prepayment, and payment of what was settled. Prepaid is below zero by what an institution holds in advance.
        new(PrepaymentPaid, Prepaid, Bank, Z15, "a quarter's prepayment"),
        new(PrepaymentPassedOn, Prepaid, Prepaid, Z16, "the lead hospital passes it on to a member"),
        new(PrepaymentCleared, SettledPool, Prepaid, Z14, "settled claims take up the prepayment"),
        new(PrepaymentReturned, Bank, Prepaid, Z24, "what no claim took up comes back"),
        new(SettlementPaid, SettledPool, Bank, Z14, "the monthly payment of what was settled"),
        new(ClearingPaid, SettledPool, Bank, Z24, "what is left to pay at the clearing"),
        new(CatastrophicPaid, SettledCatastrophic, Bank, Z04, "catastrophic insurance's payment"),
        new(AssistancePaid, SettledAssistance, Bank, Z04, "assistance's payment"),
        new(AccountPaid, PersonalAccount, Bank, BenefitArticles.B07, "what institutions received out of personal accounts"),
        new(AccountFunded, Bank, PersonalAccount, BenefitArticles.B07, "what persons' accounts spent is made up"),
        new(PayablePaid, PayableTo, Bank, Z20, "the bureau itself pays a person"),
        // Care out of the county.
        new(OutOfCountyReserved, PackageBudget, OutOfCountyReserve, Z14, "the year's out-of-county reserve, first of all"),
        new(OutOfCountySettled, OutOfCountyReserve, SettledPool, Z18, "what the city settled for the county, owed to the city"),
        new(OutOfCountyOverrun, PackageBudget, SettledPool, Z18, "the same beyond the reserve"),
        new(OutOfCountyReleased, OutOfCountyReserve, PackageBudget, Z24, "what is left of the reserve at the clearing"),
        // Deductions, quality deposit, clawback.
        new(ViolationDeducted, SettledPool, Deduction, Z24, "a confirmed violation lessens the pay"),
        new(ClearingIndicatorDeducted, PackageBudget, Deduction, Z27, "clearing indicators lessen a member's indicator"),
        new(ClearingIndicatorDeductedOfProvider, ProviderIndicator, Deduction, Z27, "the same of a private provider"),
        new(DeductionToReserve, Deduction, RiskReserve, Z08, "deductions go to the reserve"),
        new(DepositWithheld, SettledPool, QualityDeposit, Z23, "the quality deposit, within the payable"),
        new(DepositReturned, QualityDeposit, SettledPool, Z23, "returned by the assessment's grade"),
        new(DepositForfeited, QualityDeposit, RiskReserve, Z23, "forfeited by the grade, to the reserve"),
        new(ClawbackDemanded, ReceivableFrom, Clawback, Z32, "money paid out is demanded back"),
        new(ClawbackDeducted, PackageBudget, Clawback, Z32, "what the remaining package, or next year's, bears of it"),
        new(ClawbackDeductedOfProvider, ProviderIndicator, Clawback, Z32, "the same of a private provider"),
        new(ClawbackUsed, Clawback, PackageBudget, Z32, "used within the contracted institution"),
        new(ClawbackUsedByProvider, Clawback, ProviderIndicator, Z32, "the same at a private provider"),
        new(ReceivableCollected, Bank, ReceivableFrom, Z32, "an institution pays what it owes"),
        new(ReceivableSetOff, SettledPool, ReceivableFrom, Z32, "it is taken off what the institution is owed"),
        // The annual clearing, and what goes on.
        new(SurplusRetained, PackageBudget, CarryOver, Z28, "the lead hospital keeps its surplus"),
        new(SurplusOfProviderCarried, ProviderIndicator, CarryOver, Z28, "half of a private provider's surplus"),
        new(SurplusOfProviderToReserve, ProviderIndicator, RiskReserve, Z28, "the other half"),
        new(CarryOverUsed, CarryOver, ProviderIndicator, Z17, "carried into the next year's indicator"),
        new(CarryOverPaid, CarryOver, Bank, Z28, "the retained surplus is paid"),
        new(OverrunSelfBorne, SettledPool, PackageBudget, Z24, "an overrun is the lead hospital's own"),
        new(OverrunSelfBorneByProvider, SettledPool, ProviderIndicator, Z17, "an overrun is the private provider's own"),
        // The risk reserve.
        new(ReserveBroughtForward, RiskReserve, RiskReserve, Z07, "the balance of the year before"),
        new(ReserveToppedUp, Bank, RiskReserve, Z08, "the city tops it up"),
        new(ReserveReleased, RiskReserve, PackageBudget, Z26, "the county's part of an overrun by an epidemic or a disaster"),
        new(ReserveToNewProvider, RiskReserve, ProviderIndicator, Z26, "for a newly admitted private provider"),
        new(CityShareReceived, Bank, PackageBudget, Z26, "the city's part of that overrun"),
        // Suspense is cleared, and the bank's statement.
        new(SuspenseCollected, Bank, Suspense, Z19, "the one whose money it is pays an advance back"),
        new(AssistanceCollected, Bank, Suspense, Z04, "the civil affairs side pays assistance back"),
        new(SuspenseCredited, Suspense, SettledPool, Z02, "people decide that the site keeps what it paid out"),
        new(SuspenseChargedToPackage, PackageBudget, Suspense, Z02, "nobody else pays an advance back"),
        new(OverpaymentReturned, Bank, PayableTo, Z02, "a person returns what was paid too much"),
        new(BankUnmatched, Suspense, Bank, Z14, "a line of the statement without a cause yet"),
    ];

    private static readonly Dictionary<LedgerEvent, PostingRule> ByEvent = Rules.ToDictionary(rule => rule.Event);

    public static PostingRule Of(LedgerEvent happened) => ByEvent[happened];

    /// <summary>The table as README.md of this room has it, one line a row.</summary>
    public static IReadOnlyList<string> Markdown() =>
    [
        "| event | debit | credit | article | what happens |", "|---|---|---|---|---|",
        .. Rules.Select(rule => $"| {rule.Event} | {rule.Debit} | {rule.Credit} | {rule.Article} | {rule.Means} |"),
    ];
}
