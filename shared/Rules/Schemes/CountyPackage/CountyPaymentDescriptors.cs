using System.Globalization;
using EdgeHub.Rules.States;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageRules;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>The county's payment cycle as a person can try it; the templates are the worked examples of the requirements.</summary>
internal static class CountyPaymentDescriptors
{
    private const string LeadPackage = "114798429.90";
    private const string OutOfCounty = "22000000.00";
    private const int MostDays = 3_660;

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("payment-mode", new("付费方式", "Ersättningsform", "Mode of payment"), [Z01],
            [RuleInput.Word("provider", ProviderKind.Private) with { Choices = [nameof(ProviderKind.Alliance), nameof(ProviderKind.Private)] }, YesNo("allianceCoversAll", "no")],
            i => RuleResult.Of("mode", PaymentModeOf(i.Word<ProviderKind>("provider"), Yes(i, "allianceCoversAll")))),
        Rule("payment-cycle", new("支付周期", "Årets utbetalningar", "Payment cycle"), [Z14],
            [RuleInput.Year("year", "2025"), RuleInput.Text("halfYearDay", "07-31").Or("clearing.halfYearDay")], Cycle),
        Rule("prepayment", new("季度预拨", "Förskott per kvartal", "Quarterly prepayment"), [Z15],
            [
                RuleInput.Money("package", LeadPackage), RuleInput.Money("outOfCounty", OutOfCounty), RuleInput.Money("violations", "300000.00"),
                RuleInput.Count("quarter", "quarter", "2", 3) with { Lowest = 1 }, RuleInput.Money("prepaid", "19719666.35"),
                RuleInput.Rate("share", "0.85").Or("prepay.share"),
                (RuleInput.Word("basis", PrepaymentBasis.QuarterShare)).Or("prepay.basis"),
            ],
            i => RuleResult.Of("prepayment", Prepayment(
                new PrepaymentCase(i.Money("package"), i.Money("outOfCounty"), i.Money("violations"), (int)i.Count("quarter"), i.Money("prepaid")),
                i.Rate("share"), i.Word<PrepaymentBasis>("basis")))),
        Rule("fourth-quarter-month", new("第四季度按月结算", "Månad i fjärde kvartalet", "A month of the fourth quarter"), [Z14],
            [
                RuleInput.Money("audited", "9000000.00"), RuleInput.Money("package", LeadPackage), RuleInput.Money("outOfCounty", OutOfCounty),
                RuleInput.Money("violations", "300000.00"), RuleInput.Money("paid", "58903999.05"),
            ],
            i => RuleResult.Of("payment", FourthQuarterMonth(i.Money("audited"), i.Money("package"), i.Money("outOfCounty"), i.Money("violations"), i.Money("paid")))),
        Rule("pass-on", new("拨付成员机构的滞后", "Eftersläpning till medlemmarna", "Lag in passing money on"), [Z16],
            [
                RuleInput.Money("received", "19719666.35"), RuleInput.Day("receivedOn", "2025-01-20"), RuleInput.Money("passedOn", "15000000.00"),
                RuleInput.Day("judgedOn", "2025-02-25"), RuleInput.Count("passOnDays", "days", "30", MostDays).Or("passOn.days"),
            ],
            Lag),
        Rule("monthly-payment", new("民营机构按月拨付", "Månadsutbetalning till privat vårdgivare", "Monthly payment of a private provider"), [Z17],
            [RuleInput.Money("indicator", "3297127.68"), RuleInput.Count("month", "month", "1", 12) with { Lowest = 1 }],
            i => RuleResult.Of("payment", MonthlyPayment(i.Money("indicator"), (int)i.Count("month")))),
        Rule("out-of-county", new("县域外就医费用", "Vård utanför länet", "Out-of-county care"), [Z18],
            [RuleInput.Money("settledByCity", "23600000.00"), RuleInput.Money("keptForIt", OutOfCounty)], OutOfCountyCare),
        Rule("after-reimbursements", new("扣减零星报销后的指标", "Anslag efter manuella ersättningar", "Package after manual reimbursements"), [Z20],
            [RuleInput.Money("package", LeadPackage), RuleInput.Money("reimbursed", "1250000.00")],
            i => RuleResult.Of("package", PackageAfterReimbursements(i.Money("package"), i.Money("reimbursed")))),
        Rule("clearing-due", new("清算期限", "Sista dag för avräkningen", "Deadline of the clearing"), [Z21], [RuleInput.Year("year", "2025")],
            i => RuleResult.Of("due", ClearingDue((int)i.Count("year")))),
        Rule("prepayment-step", new("预拨状态", "Förskottets läge", "State of a prepayment"), [Z15], StateDescriptors.Inputs(PrepaymentState.Computed, PrepaymentState.Approved),
            i => StateDescriptors.Step<PrepaymentState>(i, CountyStates.Prepayment, PrepaymentGoes)),
        Rule("clearing-step", new("清算状态", "Avräkningens läge", "State of a year's clearing"), [Z14], StateDescriptors.Inputs(ClearingState.HalfYear, ClearingState.Assessed),
            i => StateDescriptors.Step<ClearingState>(i, CountyStates.Clearing, ClearingGoes)),
        Rule("inbound-step", new("县域外参保人员费用状态", "Läge för krav på andra län", "State of a claim for inbound insured"), [Z19],
            StateDescriptors.Inputs(InboundClaimState.Advanced, InboundClaimState.SettledByBureau),
            i => StateDescriptors.Step<InboundClaimState>(i, CountyStates.InboundClaim, InboundClaimGoes)),
        Rule("one-stop-step", new("一站式事项状态", "Ärendets läge", "State of a matter at a desk"), [Z34], StateDescriptors.Inputs(OneStopState.Received, OneStopState.Reviewed),
            i => StateDescriptors.Step<OneStopState>(i, CountyStates.OneStop, OneStopGoes)),
        Rule("desk", new("一站式服务事项", "Ärenden vid disken", "Matters of a desk"), [Z34, Z35, Z36], [RuleInput.Word("desk", OneStopDesk.LeadHospital)],
            i => Desk(i.Word<OneStopDesk>("desk"))),
        Rule("away", new("异地就医结算方式", "Betalning av vård borta", "Payment of care away from home"), [Z37],
            [RuleInput.Word("reason", AwayReason.WorkingAway), YesNo("instantPossible", "no")],
            i => RuleResult.Of("settlement", SettleAway(i.Word<AwayReason>("reason"), Yes(i, "instantPossible")))),
    ];

    internal static RuleDescriptor Rule(
        string name, LocalText title, IReadOnlyList<Article> articles, IReadOnlyList<RuleInput> inputs, Func<RuleInputs, RuleResult> compute) =>
        new("county." + name, title, articles, inputs, compute) { Scheme = CountyPackageScheme.Name };

    internal static RuleInput YesNo(string name, string example) => RuleInput.Text(name, example) with { Choices = ["yes", "no"] };

    internal static bool Yes(RuleInputs inputs, string name) => inputs.Text(name) == "yes";

    private static RuleResult Cycle(RuleInputs i)
    {
        var (year, text) = ((int)i.Count("year"), i.Text("halfYearDay"));
        var halfYear = DateOnly.TryParseExact(string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{text}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new FaultException(new Fault(Codes.BadDate, "halfYearDay", text, "month and day, for example 07-31"));
        var cycle = PaymentCycle(year, halfYear);
        return RuleResult.Of("payment cycle", cycle, new RuleValue("payments", cycle.Value.Select(due => new RuleRow(
            [new("step", due.Step), new("period", due.Period), new("from", due.From), new("through", due.Through)])).ToList()));
    }

    private static RuleResult Lag(RuleInputs i)
    {
        var lag = PassOn(i.Money("received"), i.Day("receivedOn"), i.Money("passedOn"), i.Day("judgedOn"), (int)i.Count("passOnDays"));
        return RuleResult.Of("lag", lag, new RuleValue("withheld", lag.Value.Withheld), new RuleValue("lastDay", lag.Value.LastDay), new RuleValue("daysLate", lag.Value.DaysLate));
    }

    private static RuleResult OutOfCountyCare(RuleInputs i)
    {
        var charge = ChargeOutOfCounty(i.Money("settledByCity"), i.Money("keptForIt"));
        return RuleResult.Of("out-of-county care", charge,
            new RuleValue("charged", charge.Value.Charged), new RuleValue("leftOfReserve", charge.Value.LeftOfReserve), new RuleValue("beyondReserve", charge.Value.BeyondReserve));
    }

    private static RuleResult Desk(OneStopDesk desk)
    {
        var matters = MattersOf(desk);
        return RuleResult.Of("matters of the desk", matters, new RuleValue("matters", matters.Value.Select(each => new RuleRow([new("matter", each)])).ToList()));
    }
}
