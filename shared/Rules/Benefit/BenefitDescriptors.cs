using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>The benefit rules as a person can try them; the templates are the document's worked example (village clinic, 60 %,
/// daily cap 30.00) and the defaults of the offline limits.</summary>
public static class BenefitDescriptors
{
    private static readonly RuleInput Eligible = RuleInput.Money("eligible", "66.65");
    private static readonly RuleInput UseAccount = RuleInput.Text("useAccount", "yes") with { Choices = ["yes", "no"] };

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("bill", new("一张费用单的结算", "Avräkning av en räkning", "Settlement of a bill"), [B20, B02, B03, B04, B05, B06, B07, B08, B09, B10, B16, B17, B18, B26, B27, B28, B29, B30, B31, Z30],
            BillDescriptor.Inputs, BillDescriptor.Compute),
        Rule("line", new("一行费用的划分", "Delning av en rad", "Division of a fee line"), [B17, B10, B16, B18], BillDescriptor.LineInputs, BillDescriptor.ComputeLine),
        Rule("deductible-left", new("剩余起付线", "Kvar av självrisken", "Deductible left"), [B02],
            [RuleInput.Word("mode", DeductibleMode.Year), RuleInput.Money("deductible", "60.00"), RuleInput.Money("taken", "20.00")],
            i => RuleResult.Of("left", ShareRules.DeductibleLeft(BillDescriptor.Row(i.Word<DeductibleMode>("mode"), i.Money("deductible")), i.Money("taken")))),
        Rule("deductible", new("本次起付", "Självrisk denna gång", "Deductible taken"), [B03], [Eligible, RuleInput.Money("deductibleLeft", "40.00")],
            i => RuleResult.Of("deductible", ShareRules.Deductible(i.Money("eligible"), i.Money("deductibleLeft")))),
        Rule("at-rate", new("按比例支付", "Enligt ersättningsgraden", "At the reimbursement rate"), [B04],
            [Eligible, RuleInput.Money("deductible", "0.00"), RuleInput.Rate("fundRate", "0.6")],
            i => RuleResult.Of("share", ShareRules.AtRate(i.Money("eligible"), Deductible(i), i.Rate("fundRate")))),
        Rule("daily-cap", new("日封顶线", "Tak per dag", "Daily cap"), [B05], [RuleInput.Money("share", "39.99"), RuleInput.Money("left", "30.00").Optional()],
            i => RuleResult.Of("share", ShareRules.DailyCap(i.Money("share"), i.MoneyOrNone("left")))),
        Rule("annual-cap", new("年度封顶线", "Tak per år", "Annual cap"), [B06], [RuleInput.Money("share", "30.00"), RuleInput.Money("left", "2000.00").Optional()],
            i => RuleResult.Of("fund", ShareRules.AnnualCap(i.Money("share"), i.MoneyOrNone("left")))),
        Rule("account", new("个人账户支付", "Ur hushållskontot", "Household account pay"), [B07],
            [RuleInput.Money("patientShare", "38.50"), RuleInput.Money("accountLeft", "12.00"), UseAccount],
            i => RuleResult.Of("account", ShareRules.Account(i.Money("patientShare"), i.Money("accountLeft"), i.Text("useAccount") == "yes"))),
        .. ShareDescriptors.All,
        Rule("offline", new("断网结算限额", "Gränser utan linje", "Offline limits"), [B23], OfflineDescriptor.Inputs, OfflineDescriptor.Compute),
    ];

    internal static RuleDescriptor Rule(
        string name, LocalText title, IReadOnlyList<Article> articles, IReadOnlyList<RuleInput> inputs, Func<RuleInputs, RuleResult> compute) =>
        new("benefit." + name, title, articles, inputs, compute);

    /// <summary>The deductible, which the eligible amount holds.</summary>
    internal static Money Deductible(RuleInputs i) => i.Money("deductible") <= i.Money("eligible")
        ? i.Money("deductible")
        : throw new FaultException(new Fault(Codes.BadAmount, "deductible", i.Money("deductible").ToString(), $"at most the eligible amount, {i.Money("eligible")}"));
}
