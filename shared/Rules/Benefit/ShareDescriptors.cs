using static EdgeHub.Rules.Benefit.BenefitArticles;
using static EdgeHub.Rules.Benefit.BenefitDescriptors;

namespace EdgeHub.Rules.Benefit;

/// <summary>Tiers, referral, caps by span and disease, the layers above the fund, a family member's account, refunds and manual
/// reimbursement, as a person can try them.</summary>
internal static class ShareDescriptors
{
    private static readonly RuleInput Tiers = RuleInput.Text("tiers", "5000:0.6;20000:0.7;*:0.8");
    private static readonly RuleInput UseAccount = RuleInput.Text("useAccount", "yes") with { Choices = ["yes", "no"] };

    private static readonly IReadOnlyList<RuleInput> SharesPaid =
        [RuleInput.Money("fund", "8000.00"), RuleInput.Money("catastrophic", "1200.00"), RuleInput.Money("assistance", "500.00"), RuleInput.Money("cash", "300.00")];

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("at-tiers", new("分段按比例支付", "Enligt ersättningstrappan", "At the tiers' rates"), [B26],
            [RuleInput.Money("eligible", "30000.00"), RuleInput.Money("deductible", "0.00"), Tiers],
            i => RuleResult.Of("share", ShareRules.AtTiers(i.Money("eligible"), Deductible(i), BillDescriptor.Tiers(i, "tiers")))),
        Rule("irregular-referral", new("未按规定转诊降低支付比例", "Lägre ersättning utan rätt remiss", "Irregular referral lowers the rate"), [Z30],
            [RuleInput.Money("eligible", "6000.00"), RuleInput.Money("deductible", "0.00"), RuleInput.Text("tiers", "5000:0.6;*:0.8"), RuleInput.Rate("points", "0.2")],
            i => RuleResult.Of("share", ShareRules.AfterReferral(i.Money("eligible"), Deductible(i), BillDescriptor.Tiers(i, "tiers"), i.Rate("points")))),
        Rule("span-cap", new("单次、月、季、机构年度封顶线", "Tak per besök, månad, kvartal, inrättning", "Cap of a visit, month, quarter, institution"), [B27],
            [RuleInput.Word("span", CapSpan.Month), RuleInput.Money("share", "80.00"), RuleInput.Money("cap", "500.00"), RuleInput.Money("paid", "450.00")],
            i => RuleResult.Of("share", ShareRules.SpanCap(i.Word<CapSpan>("span"), i.Money("share"), ShareRules.CapLeft(i.Money("cap"), i.Money("paid"))))),
        Rule("disease-cap", new("病种封顶线", "Tak per sjukdom", "Disease cap"), [B28],
            [RuleInput.Money("share", "300.00"), RuleInput.Money("cap", "2000.00"), RuleInput.Money("paid", "1800.00")],
            i => RuleResult.Of("share", ShareRules.DiseaseCap(i.Money("share"), ShareRules.CapLeft(i.Money("cap"), i.Money("paid"))))),
        Rule("catastrophic", new("大病保险支付", "Katastrofförsäkringens del", "Catastrophic insurance pay"), [B29],
            [
                RuleInput.Money("threshold", "10000.00"), RuleInput.Text("tiers", "50000:0.6;*:0.7"), RuleInput.Money("cap", "").Optional(),
                RuleInput.Money("ownPayThisYear", "9000.00"), RuleInput.Money("ownPay", "3000.00"), RuleInput.Money("paidThisYear", "0.00"),
            ],
            i => RuleResult.Of("catastrophic", LayerRules.Catastrophic(
                new CatastrophicTerms(i.Money("threshold"), BillDescriptor.Tiers(i, "tiers"), i.MoneyOrNone("cap")), i.Money("ownPayThisYear"), i.Money("ownPay"), i.Money("paidThisYear")))),
        Rule("assistance", new("医疗救助支付", "Medicinskt bistånd", "Medical assistance pay"), [B30],
            [
                RuleInput.Money("threshold", "3000.00"), RuleInput.Rate("rate", "0.7"), RuleInput.Money("cap", "").Optional(),
                RuleInput.Money("ownPayLeftThisYear", "2500.00"), RuleInput.Money("ownPayLeft", "1000.00"), RuleInput.Money("paidThisYear", "0.00"),
            ],
            i => RuleResult.Of("assistance", LayerRules.Assistance(
                new AssistanceTerms(i.Money("threshold"), i.Rate("rate"), i.MoneyOrNone("cap")), i.Money("ownPayLeftThisYear"), i.Money("ownPayLeft"), i.Money("paidThisYear")))),
        Rule("own-pay", new("政策范围内自付", "Egen betalning inom reglerna", "In-scope own pay"), [B31],
            [RuleInput.Money("eligible", "66.65"), RuleInput.Money("fund", "30.00")],
            i => RuleResult.Of("ownPay", LayerRules.OwnPay(i.Money("eligible"), AtMost(i, "fund", "eligible")))),
        Rule("family-account", new("家庭共济账户支付", "Ur en familjemedlems konto", "A family member's account pay"), [B32],
            [RuleInput.Money("patientShare", "38.50"), RuleInput.Money("balance", "50.00"), RuleInput.Money("spentThisYear", "11.50"), UseAccount, RuleInput.Text("owner", "P0001")],
            i => RuleResult.Of("account", ShareRules.FamilyAccount(
                i.Money("patientShare"), ShareRules.AccountLeft(i.Money("balance"), i.Money("spentThisYear")), i.Text("useAccount") == "yes", i.Text("owner")))),
        Rule("refund", new("部分退费差额", "Återbetalning av en del", "Partial refund by payer"), [B21],
            [RuleInput.Money("fundPaid", "90.00"), RuleInput.Money("cashPaid", "60.00"), RuleInput.Money("fundNow", "60.00"), RuleInput.Money("cashNow", "40.00")],
            Refund),
        Rule("package-charge", new("计入打包付费的金额", "Belastar paketet", "Charged to the package"), [Z04], SharesPaid,
            i => RuleResult.Of("charged", LayerRules.ChargedToPackage(Paid(i)))),
        Rule("reimbursement", new("零星报销应付", "Manuell ersättning", "Manual reimbursement owed"), [Z37], SharesPaid,
            i => RuleResult.Of("owed", ReimbursementRules.Owed(Paid(i)))),
        Rule("reimbursement-package", new("零星报销在包干中扣除", "Manuell ersättning ur paketet", "Manual reimbursement deducted from the package"), [Z20], SharesPaid,
            i => RuleResult.Of("fromPackage", ReimbursementRules.FromPackage(Paid(i)))),
    ];

    private static Shares Paid(RuleInputs i) => new(i.Money("fund"), i.Money("catastrophic"), i.Money("assistance"), Money.Zero(Currency.Cny), i.Money("cash"));

    private static RuleResult Refund(RuleInputs i)
    {
        var none = Money.Zero(Currency.Cny);
        var back = RefundRules.Difference(new Shares(i.Money("fundPaid"), none, i.Money("cashPaid")), new Shares(i.Money("fundNow"), none, i.Money("cashNow")));
        return RuleResult.Of("given back", back, new RuleValue("fund", back.Value.Fund), new RuleValue("cash", back.Value.Cash));
    }

    private static Money AtMost(RuleInputs i, string name, string bound) => i.Money(name) <= i.Money(bound)
        ? i.Money(name)
        : throw new FaultException(new Fault(Codes.BadAmount, name, i.Money(name).ToString(), $"at most the eligible amount, {i.Money(bound)}"));
}
