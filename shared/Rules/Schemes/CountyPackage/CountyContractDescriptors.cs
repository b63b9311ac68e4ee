using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyMechanismDescriptors;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageRules;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPaymentDescriptors;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>The contracts of a year as a person can try them; the templates are the worked examples of the clauses put together.</summary>
internal static class CountyContractDescriptors
{
    private const long MostActs = 10_000_000;

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("cost-by-method", new("按付费方式的费用", "Kostnad per ersättningssätt", "Cost by payment method"), [Z29],
            [
                RuleInput.List("costs",
                    [
                        RuleInput.Text("name", "items"), RuleInput.Word("method", PaymentMethod.PerItem), RuleInput.Count("count", "acts or cases", "10000", MostActs),
                        RuleInput.Money("price", "85.00") with { Highest = 10_000_000m },
                    ],
                    ["items", nameof(PaymentMethod.PerItem), "10000", "85.00"], ["appendicitis", nameof(PaymentMethod.PerDisease), "120", "4200.00"],
                    ["DRG GB2", nameof(PaymentMethod.Drg), "300", "6100.00"], ["acupuncture course", nameof(PaymentMethod.ChineseMedicine), "400", "790.00"]),
            ],
            i =>
            {
                var cost = CostByMethod(
                    [.. i.List("costs").Select(row => new MethodCost(row.Text("name"), row.Word<PaymentMethod>("method"), row.Count("count"), row.Money("price")))], Currency.Cny);
                return RuleResult.Of("cost", cost, ContractValues.Of(cost.Value));
            }),
        Rule("private-contract", new("民营机构年度合同", "Privat vårdgivares avtal för året", "A private provider's contract of a year"), [Z29, Z01, Z17, Z23, Z24, Z25, Z27, Z28],
            [.. YearInputs, RuleInput.Rate("reserveShare", "0.5").Or("reserve.shareOfPrivateSurplus")],
            i => Told(PrivateContract(YearOf(i), TermsOf(i, i.Rate("reserveShare"))))),
        Rule("lead-contract", new("总医院年度合同", "Ledande sjukhusets avtal för året", "The lead hospital's contract of a year"), [Z29, Z01, Z14, Z18, Z20, Z23, Z24, Z25, Z27, Z28],
            [
                .. YearInputs, RuleInput.Count("insured", "persons", "165000", 100_000_000), RuleInput.Money("reimbursed", "50000.00"),
                RuleInput.Money("outOfCountyPaidByCity", "500000.00"),
            ],
            i => Told(LeadContract(YearOf(i), new LeadCharges(i.Count("insured"), i.Money("reimbursed"), i.Money("outOfCountyPaidByCity")), TermsOf(i, Rate.Zero)))),
    ];

    private static IReadOnlyList<RuleInput> YearInputs =>
    [
        .. IndicatorInputs, RuleInput.Money("violations", "45000.00"), RuleInput.Money("actual", "3500000.00"), RuleInput.Word("grade", AssessmentGrade.BasicPass),
        RuleInput.Money("prepaid", "2400000.00"), RuleInput.Rate("depositShare", "0.05").Or("deposit.share"), RuleInput.Rate("basicPassShare", "0.5").Or("deposit.basicPassShare"),
    ];

    private static CountyContractYear YearOf(RuleInputs i) =>
        new(i.Money("quota"), FoundOf(i), i.Money("violations"), i.Money("actual"), i.Word<AssessmentGrade>("grade"), i.Money("prepaid"));

    private static CountyContractTerms TermsOf(RuleInputs i, Rate reserveShare) => new(IndicatorTermsOf(i), i.Rate("depositShare"), i.Rate("basicPassShare"), reserveShare);

    private static RuleResult Told(Cited<ContractBalance> contract) => RuleResult.Of("contract", contract, ContractValues.Of(contract.Value));
}
