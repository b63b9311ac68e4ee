using EdgeHub.Rules.Payment;
using EdgeHub.Rules.States;
using static EdgeHub.Rules.Schemes.OutcomeContracts.OutcomeContractsArticles;
using static EdgeHub.Rules.Schemes.OutcomeContracts.OutcomeContractsRules;

namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>The rules of outcome contracts as a person can try them; each template is the worked example.</summary>
public static class OutcomeContractsDescriptors
{
    private const long Most = 100_000_000;
    private static readonly RuleInput From = RuleInput.Rate("from", "0.1").Or("pay.from");
    private static readonly RuleInput To = RuleInput.Rate("to", "0.8").Or("pay.to");

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("panels", new("服务提供者的人群", "Utförarnas grupper", "The providers' panels"), P01,
            [
                RuleInput.Day("evaluated", "2027-12-31"), RuleInput.Count("below", "mmol/mol", "42", 200).Or("outcome.below"),
                RuleInput.List("assignments", [RuleInput.Text("prePatient", "A"), RuleInput.Text("provider", "hälsocoach"), RuleInput.Day("first", "2026-01-15")],
                    ["A", "hälsocoach", "2026-01-15"], ["B", "hälsocoach", "2026-02-01"], ["B", "apotek", "2027-03-01"]),
                RuleInput.List("evaluations", [RuleInput.Text("prePatient", "A"), RuleInput.Number("hbA1c", "mmol/mol", "40", 200).Optional()], ["A", "40"], ["B", "41.9"]),
            ],
            PanelsOf),
        Steps("contract-step", new("合同状态", "Kontraktets läge", "State of a contract"), P01, OutcomeContractsStates.Contract, ContractState.Running, ContractState.Evaluating, ContractGoes),
        Steps("enrolment-step", new("参与状态", "Deltagandets läge", "State of an enrolment"), P01, OutcomeContractsStates.Enrolment, EnrolmentState.Assigned, EnrolmentState.Evaluated, EnrolmentGoes),
        Rule("inclusion", new("纳入标准", "Inklusion", "Inclusion"), P02,
            [RuleInput.Number("hbA1c", "mmol/mol", "47", 200), RuleInput.Count("lowest", "mmol/mol", "42", 200).Or("inclusion.lowest"), RuleInput.Count("highest", "mmol/mol", "47", 200).Or("inclusion.highest")],
            i => RuleResult.Of("isIncluded", IsIncluded(i.Number("hbA1c"), i.Count("lowest"), i.Count("highest")))),
        Rule("evaluate-by", new("最终评估期限", "Sista dag för slututvärdering", "Last day of the final evaluation"), P02,
            [RuleInput.Day("enrolled", "2026-01-15"), RuleInput.Count("years", "years", "2", 20).Or("project.years")],
            i => RuleResult.Of("evaluateBy", EvaluateBy(i.Day("enrolled"), i.Whole("years")))),
        Rule("programme-payout", new("项目总额", "Programmets utfall", "The programme's payout"), P03,
            [RuleInput.Count("outcomes", "pre-patients", "9000", Most), RuleInput.Count("prePatients", "pre-patients", "30000", Most) with { Lowest = 1 }, Kronor("programme", "1000000000.00").Or("programme.amount"), From, To],
            i => RuleResult.Of("payout", ProgrammePayout(new Fraction(i.Count("outcomes"), i.Count("prePatients")), i.Money("programme"), Range(i)))),
        Rule("outcome-price", new("每例结果价格", "Pris per utfall", "Price of an outcome"), P04,
            [Kronor("programme", "1000000000.00").Or("programme.amount"), RuleInput.Count("participants", "pre-patients", "30000", Most).Or("programme.participants"), From, To],
            i =>
            {
                var price = PriceOfOutcome(i.Money("programme"), i.Count("participants"), Range(i));
                return RuleResult.Of("price", price, new RuleValue("payableOutcomes", price.Value.PayableOutcomes), new RuleValue("exact", price.Value.Exact),
                    new RuleValue("price", price.Value.Price), new RuleValue("forEvaluator", price.Value.ForEvaluator));
            }),
        Rule("provider-pay", new("服务提供者报酬", "Utförarens ersättning", "A provider's pay"), P04,
            [
                RuleInput.Count("prePatients", "pre-patients", "300", Most), RuleInput.Count("outcomes", "pre-patients", "96", Most), Kronor("price", "47000.00").Or("pay.price"), From, To,
                RuleInput.Word("reading", PayReading.AboveThreshold).Or("pay.reading"),
            ],
            i =>
            {
                var pay = PayProvider(i.Money("price"), new ProviderPanel("provider", i.Count("prePatients"), i.Count("outcomes")), Range(i), i.Word<PayReading>("reading"));
                return RuleResult.Of("pay", pay, new RuleValue("paidOutcomes", pay.Value.PaidOutcomes), new RuleValue("amount", pay.Value.Amount));
            }),
        Rule("evaluator-pay", new("评估者报酬", "Utvärderarens ersättning", "The evaluator's pay"), P05,
            [Kronor("programme", "1000000000.00").Or("programme.amount"), RuleInput.Count("participants", "pre-patients", "30000", Most).Or("programme.participants"), From, To],
            i => RuleResult.Of("pay", EvaluatorPay(PriceOfOutcome(i.Money("programme"), i.Count("participants"), Range(i)).Value))),
        Rule("contract", new("合同付费组成", "Ersättning enligt kontraktet", "Payment by the contract"), P04,
            [
                RuleInput.List("panels",
                    [RuleInput.Text("provider", "hälsocoach"), RuleInput.Count("prePatients", "pre-patients", "300", Most), RuleInput.Count("outcomes", "pre-patients", "96", Most)],
                    ["hälsocoach", "300", "96"], ["apotek", "300", "30"]),
                Kronor("price", "47000.00").Or("pay.price"), From, To, RuleInput.Word("reading", PayReading.AboveThreshold).Or("pay.reading"),
                Kronor("programme", "1000000000.00").Or("programme.amount"), RuleInput.Count("participants", "pre-patients", "30000", Most).Or("programme.participants"),
                RuleInput.Rate("yearly", "0.04").Or("interest.yearly"), RuleInput.Day("fromDay", "2026-01-01"), RuleInput.Day("paidOn", "2028-01-01"),
            ],
            ContractOf) with { Articles = [P04, P05, P06] },
        Rule("interest", new("利息", "Ränta", "Interest"), P06,
            [Kronor("pay", "3102000.00"), RuleInput.Rate("yearly", "0.04").Or("interest.yearly"), RuleInput.Day("fromDay", "2026-01-01"), RuleInput.Day("paidOn", "2028-01-01")],
            i =>
            {
                var due = Interest(i.Money("pay"), i.Rate("yearly"), i.Day("fromDay"), i.Day("paidOn"));
                return RuleResult.Of("interest", due, new RuleValue("days", due.Value.Days), new RuleValue("interest", due.Value.Interest), new RuleValue("total", due.Value.Total));
            }),
        Rule("authorisation", new("授权检查", "Auktorisation", "Authorisation"), P07,
            [
                RuleInput.List("checks", [RuleInput.Word("check", ProviderCheck.Finances), RuleInput.Yes("passed", "yes")],
                    [nameof(ProviderCheck.Lawful), "yes"], [nameof(ProviderCheck.Finances), "no"], [nameof(ProviderCheck.Seriousness), "yes"], [nameof(ProviderCheck.Documentation), "yes"]),
            ],
            i =>
            {
                var authorised = Authorise([.. i.List("checks").Select(row => (row.Word<ProviderCheck>("check"), row.Yes("passed")))]);
                return RuleResult.Of("authorisation", authorised, new RuleValue("isAuthorised", authorised.Value.IsAuthorised), new RuleValue("failed", string.Join(", ", authorised.Value.Failed)));
            }),
        Rule("consortium", new("联合体分配", "Delning i konsortium", "Division in a consortium"), P07,
            [Kronor("pay", "100.00"), RuleInput.List("members", [RuleInput.Text("member", "A"), RuleInput.Number("weight", "parts", "1", 1_000_000)], ["A", "1"], ["B", "1"], ["C", "1"])],
            i =>
            {
                var parts = DivideInConsortium(i.Money("pay"), [.. i.List("members").Select(row => (row.Text("member"), row.Number("weight")))]);
                return RuleResult.Of("parts", parts, new RuleValue("parts", parts.Value.Select(each => new RuleRow([new("member", each.Member), new("amount", each.Amount)])).ToList()));
            }),
        Rule("switch-by", new("更换截止日", "Sista dag för byte", "Last day to switch"), P08,
            [RuleInput.Day("finalEvaluation", "2027-12-31"), RuleInput.Yes("isIntroduction", "yes"), RuleInput.Count("months", "months", "6", 120).Or("switch.months")],
            i => RuleResult.Of("switchBy", SwitchBy(i.Day("finalEvaluation"), i.Yes("isIntroduction"), i.Whole("months")))),
        Rule("evaluator-independence", new("评估者独立性", "Oberoende utvärderare", "Independence of the evaluator"), P09,
            [RuleInput.List("links", [RuleInput.Word("link", EvaluatorLink.Platform)], [nameof(EvaluatorLink.Platform)], [nameof(EvaluatorLink.Provider)])],
            i => RuleResult.Of("isIndependent", IsIndependent([.. i.List("links").Select(row => row.Word<EvaluatorLink>("link"))]))),
        Rule("reference-cost", new("参照成本", "Referenskostnad", "Reference cost"), P11,
            [
                RuleInput.Count("atRisk", "persons", "400000", Most).Or("cost.atRisk"), RuleInput.Rate("yearlyRisk", "0.05").Or("cost.yearlyRisk"),
                Kronor("direct", "375000.00"), Kronor("indirect", "725000.00"), Kronor("socialInsurance", "400000.00"),
                Kronor("printedDirect", "7400000000.00"), Kronor("printedIndirect", "14700000000.00"), Kronor("printedSocialInsurance", "7900000000.00"),
            ],
            i =>
            {
                var cost = YearlyCost(i.Count("atRisk"), i.Rate("yearlyRisk"), new SocietyAmounts(i.Money("direct"), i.Money("indirect"), i.Money("socialInsurance")),
                    new SocietyAmounts(i.Money("printedDirect"), i.Money("printedIndirect"), i.Money("printedSocialInsurance")));
                return RuleResult.Of("cost", cost, [new("cases", cost.Value.Cases), .. Amounts(cost.Value.Computed), new("printedTotal", cost.Value.Printed.Total)]);
            }),
        Rule("saved-by-delay", new("推迟发病的节省", "Besparing vid senare insjuknande", "Saved by a delay"), P11,
            [RuleInput.Count("persons", "persons", "1000", Most), Kronor("direct", "40000.00"), Kronor("indirect", "125000.00"), Kronor("socialInsurance", "75000.00")],
            i =>
            {
                var saved = SavedByDelay(i.Count("persons"), new SocietyAmounts(i.Money("direct"), i.Money("indirect"), i.Money("socialInsurance")));
                return RuleResult.Of("saved", saved, [.. Amounts(saved.Value)]);
            }),
        Rule("savings", new("社会节省", "Samhällsbesparing", "Savings of society"), P12,
            [RuleInput.Rate("attainment", "0.4")],
            i =>
            {
                var saved = Savings(i.Rate("attainment"), SavingsTable.Shipped);
                return RuleResult.Of("savings", saved, [.. Amounts(saved.Value)]);
            }),
        Rule("phase", new("阶段", "Steg", "Phase"), P13,
            [RuleInput.Day("askedDay", "2026-01-01"), RuleInput.Day("preparation", "2025-07-01").Or("phase.preparation"), RuleInput.Day("pilot", "2026-01-01").Or("phase.pilot"), RuleInput.Day("final", "2028-01-01").Or("phase.final")],
            i => RuleResult.Of("phase", PhaseOn(i.Day("askedDay"), i.Day("preparation"), i.Day("pilot"), i.Day("final")))),
    ];

    private static RuleDescriptor Rule(string name, LocalText title, Article article, IReadOnlyList<RuleInput> inputs, Func<RuleInputs, RuleResult> compute) =>
        new("outcome." + name, title, [article], inputs, compute) { Scheme = OutcomeContractsScheme.Name };

    private static RuleDescriptor Steps<TState>(
        string name, LocalText title, Article article, StateTable<TState> table, TState from, TState to, Func<TState, TState, Cited<TState>> goes)
        where TState : struct, Enum =>
        Rule(name, title, article, StateDescriptors.Inputs(from, to), i => StateDescriptors.Step(i, table, goes));

    private static RuleInput Kronor(string name, string example) => RuleInput.Money(name, example, Currency.Sek);

    private static PayRange Range(RuleInputs i) => new(i.Rate("from"), i.Rate("to"));

    private static RuleValue[] Amounts(SocietyAmounts amounts) =>
        [new("direct", amounts.Direct), new("indirect", amounts.Indirect), new("socialInsurance", amounts.SocialInsurance), new("total", amounts.Total)];

    private static RuleResult ContractOf(RuleInputs i)
    {
        var contract = Contract(
            [.. i.List("panels").Select(row => new ProviderPanel(row.Text("provider"), row.Count("prePatients"), row.Count("outcomes")))],
            new OutcomePay(i.Money("price"), Range(i), i.Word<PayReading>("reading"), i.Money("programme"), i.Count("participants"), i.Rate("yearly")), i.Day("fromDay"), i.Day("paidOn"));
        return RuleResult.Of("contract", contract, ContractValues.Of(contract.Value));
    }

    private static RuleResult PanelsOf(RuleInputs i)
    {
        var panels = Panels(
            [.. i.List("assignments").Select(row => new Assignment(row.Text("prePatient"), row.Text("provider"), row.Day("first")))],
            [.. i.List("evaluations").Select(row => new FinalEvaluation(row.Text("prePatient"), row.Has("hbA1c") ? row.Number("hbA1c") : null))], i.Day("evaluated"), i.Count("below"));
        return RuleResult.Of("panels", panels,
            new RuleValue("panels", panels.Value.Select(each => new RuleRow([new("provider", each.Provider), new("prePatients", each.PrePatients), new("outcomes", each.Outcomes)])).ToList()));
    }
}
