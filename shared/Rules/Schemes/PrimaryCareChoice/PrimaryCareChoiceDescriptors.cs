using EdgeHub.Rules.Payment;
using EdgeHub.Rules.States;
using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceArticles;
using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceRules;

namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>The rules of the care choice as a person can try them; each template is the rule's worked example.</summary>
public static class PrimaryCareChoiceDescriptors
{
    private const long MostPersons = 20_000_000;

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        .. PrimaryCareChoiceUnitDescriptors.All,
        Rule("contract-payment", new("合同付费组成", "Ersättning enligt avtal", "Payment by a contract"), O01,
            [
                RuleInput.List("parts",
                    [RuleInput.Text("name", "kapitation"), RuleInput.Word("model", PaymentModel.Capitation), RuleInput.Count("count", "units", "9850", MostPersons), Signed("price", "2190.00")],
                    ["kapitation", nameof(PaymentModel.Capitation), "9850", "2190.00"], ["jour", nameof(PaymentModel.BlockGrant), "1", "800000.00"], ["besök", nameof(PaymentModel.FeeForService), "360", "350.00"],
                    ["vårdkedja", nameof(PaymentModel.Episode), "40", "4100.00"], ["vite", nameof(PaymentModel.GoalRelated), "1", "-50000.00"]),
            ],
            Contract),
        Rule("capitation-share", new("按人头付费占比", "Kapitationens andel", "Share of capitation"), O02,
            [Kronor("capitation", "21600000.00"), Kronor("whole", "24500000.00"), RuleInput.Rate("lowest", "0.85").Or("capitation.lowestShare"), RuleInput.Rate("highest", "0.90").Or("capitation.highestShare")],
            i =>
            {
                var share = CapitationShare(i.Money("capitation"), i.Money("whole"), i.Rate("lowest"), i.Rate("highest"));
                return RuleResult.Of("share", share, new RuleValue("percent", share.Value.Percent), new RuleValue("band", share.Value.Band));
            }),
        Rule("visit-payment", new("门诊与视频就诊付费", "Ersättning för besök", "Payment of visits"), O03,
            [
                RuleInput.Count("physical", "visits", "320", 1_000), RuleInput.Count("videoReplacing", "visits", "40", 1_000), RuleInput.Count("videoOther", "visits", "15", 1_000),
                RuleInput.Day("visitDay", "2020-03-02"), Kronor("rate", "350.00").Or("visit.ratePerVisit"), RuleInput.Day("videoFrom", "2020-01-01").Or("visit.videoFrom"),
            ],
            Visits),
        Rule("project-grant", new("项目补助", "Projektbidrag", "Project grant"), O04,
            [RuleInput.Count("listed", "persons", "9850", MostPersons), Kronor("perListed", "25.00").Or("project.grantPerListed")],
            i => RuleResult.Of("grant", ProjectGrant(i.Count("listed"), i.Money("perListed")))),
        Steps("project-grant-step", new("项目补助状态", "Projektbidragets läge", "State of a project grant"), O04, PrimaryCareChoiceStates.Grant, GrantState.Proposed, GrantState.Agreed, GrantGoes),
        Rule("goal-payment", new("目标付费", "Målrelaterad ersättning", "Goal-related payment"), O05,
            [
                RuleInput.Number("value", "units of the indicator", "82.5", 1_000_000_000m), RuleInput.Number("target", "units of the indicator", "80", 1_000_000_000m), RuleInput.Yes("lowerIsBetter", "no"),
                Kronor("bonus", "100000.00"), Kronor("penalty", "50000.00"),
            ],
            i =>
            {
                var goal = Goal(i.Number("value"), i.Number("target"), i.Yes("lowerIsBetter"), i.Money("bonus"), i.Money("penalty"));
                return RuleResult.Of("goal", goal, new RuleValue("isReached", goal.Value.IsReached), new RuleValue("amount", goal.Value.Amount));
            }),
        Rule("is-visit", new("是否计为就诊", "Räknas som besök", "Whether a contact is a visit"), O06,
            [RuleInput.Word("channel", Channel.Video)], i => RuleResult.Of("isVisit", IsVisit(i.Word<Channel>("channel")))),
        Rule("answers-chat", new("谁应答在线门诊", "Vem svarar i chatten", "Who answers the chat clinic"), O06,
            [RuleInput.Word("profession", Profession.Psychologist)], i => RuleResult.Of("answers", AnswersChat(i.Word<Profession>("profession")))),
        Rule("self-check-in", new("自助签到", "Självincheckning", "Self check-in"), O07,
            [
                RuleInput.Moment("booked", "2025-03-12T10:00:00+01:00").Optional(), RuleInput.Moment("now", "2025-03-12T08:00:00+01:00"), RuleInput.Yes("isCheckedIn", "no"),
                RuleInput.Count("minutesBefore", "minutes", "120", 1_440).Or("checkIn.minutesBefore"), RuleInput.Count("minutesAfter", "minutes", "5", 1_440).Or("checkIn.minutesAfter"),
            ],
            i =>
            {
                var answer = CheckIn(i.MomentOrNone("booked"), i.Moment("now"), i.Yes("isCheckedIn"), i.Whole("minutesBefore"), i.Whole("minutesAfter"));
                return RuleResult.Of("answer", answer, new RuleValue("answer", answer.Value.Answer), new RuleValue("opensAt", answer.Value.OpensAt), new RuleValue("closesAt", answer.Value.ClosesAt));
            }),
        Steps("visit-step", new("就诊状态", "Besökets läge", "State of a booked visit"), O07, PrimaryCareChoiceStates.Visit, VisitState.Booked, VisitState.CheckedIn, VisitGoes),
        Rule("high-cost-protection", new("高费用保护", "Högkostnadsskydd", "High-cost protection"), O07,
            [
                RuleInput.List("earlier", [RuleInput.Day("day", "2025-03-03"), Kronor("fee", "300.00")], ["2025-03-03", "900.00"], ["2025-06-10", "400.00"]).Optional(),
                RuleInput.Day("visitDay", "2025-11-21"), Kronor("fee", "300.00"), Kronor("cap", "1450.00").Or("protection.cap"), RuleInput.Count("months", "months", "12", 120).Or("protection.months"),
            ],
            Protection),
        Rule("continuity-index", new("患者连续性指数", "Kontinuitetsindex för en patient", "Continuity index of a patient"), O09,
            [
                RuleInput.List("visits", [RuleInput.Text("provider", "A")], ["A"], ["A"], ["A"], ["A"], ["A"], ["B"], ["B"], ["C"]),
                RuleInput.Count("minimumVisits", "visits", "3", 1_000).Or("continuity.minimumVisits") with { Lowest = 2 }, RuleInput.Count("decimals", "decimals", "4", 20).Or("continuity.decimals"),
            ],
            Index),
        Rule("chronic-diagnosis", new("慢性病诊断组", "Kronisk diagnos", "Group of a chronic diagnosis"), O10,
            [RuleInput.Text("code", "I20.9")],
            i =>
            {
                var group = ChronicGroup(i.Text("code"));
                return RuleResult.Of("group", group, new RuleValue("isChronic", group.Value is not null), new RuleValue("group", group.Value));
            }),
        Rule("two-of-three", new("三次就诊中两次同一医生", "Två av tre besök hos samma läkare", "Two of three visits with one doctor"), O11,
            [RuleInput.List("patients", [RuleInput.Text("doctors", "A A B")], ["A A B"], ["A B A"], ["A B C"], ["B C C"], ["C B A"], ["A A"])],
            i =>
            {
                var share = TwoOfThree([.. i.List("patients").Select(row => row.Text("doctors").Split(' ', StringSplitOptions.RemoveEmptyEntries))]);
                return RuleResult.Of("share", share, new RuleValue("patients", share.Value.Patients), new RuleValue("continuous", share.Value.Continuous), new RuleValue("percent", PercentOf(share.Value.Share)));
            }),
        Rule("continuity-incentive", new("连续性激励", "Tillägg för kontinuitet", "Addition for continuity"), O12,
            [
                RuleInput.Count("continuous", "patients", "3", MostPersons), RuleInput.Count("patients", "patients", "5", MostPersons), Kronor("capitation", "12000000.00"),
                RuleInput.Rate("lower", "0.5").Or("incentive.lowerShare"), RuleInput.Rate("upper", "0.7").Or("incentive.upperShare"), RuleInput.Rate("perPoint", "0.01").Or("incentive.perPoint"),
            ],
            i =>
            {
                var share = i.Count("patients") == 0 ? null : new Fraction(i.Count("continuous"), i.Count("patients"));
                var incentive = Incentive(share, i.Money("capitation"), i.Rate("lower"), i.Rate("upper"), i.Rate("perPoint"));
                return RuleResult.Of("incentive", incentive, new RuleValue("points", incentive.Value.Points), new RuleValue("amount", incentive.Value.Amount));
            }),
        Rule("recall-list", new("慢病复诊与召回名单", "Återbesök vid kronisk sjukdom", "Return visits of chronic patients"), O13,
            [
                RuleInput.Day("measured", "2025-03-12"),
                RuleInput.List("patients",
                    [RuleInput.Text("patient", "P1"), RuleInput.Text("diagnosis", "I50"), RuleInput.Day("diagnosed", "2024-01-01"), RuleInput.Day("visit", "").Optional(), RuleInput.Word("profession", Profession.Doctor), RuleInput.Word("channel", Channel.Physical)],
                    ["P1", "I50", "2024-01-01", "2025-01-10", nameof(Profession.Doctor), nameof(Channel.Physical)], ["P2", "E11", "2023-05-01", "2023-09-12", nameof(Profession.Nurse), nameof(Channel.Physical)],
                    ["P3", "J44", "2022-05-01", "2023-09-13", nameof(Profession.Nurse), nameof(Channel.Home)]),
                RuleInput.Count("visitMonths", "months", "18", 120).Or("continuity.visitMonths"), RuleInput.Count("diagnosisYears", "years", "5", 50).Or("continuity.diagnosisYears"),
            ],
            RecallOf),
        Rule("change-since-year-before", new("与上年相比", "Förändring mot året före", "Change since the year before"), O14,
            [RuleInput.Year("year", "2022"), RuleInput.Number("value", "units of the figure", "0.52", 1_000_000m), RuleInput.Number("yearBefore", "units of the figure", "0.47", 1_000_000m).Optional(), RuleInput.Year("firstYear", "2021").Or("measures.firstYear")],
            i =>
            {
                var change = ChangeSinceYearBefore(i.Whole("year"), i.Number("value"), i.Has("yearBefore") ? i.Number("yearBefore") : null, i.Whole("firstYear"));
                return RuleResult.Of("change", change, new RuleValue("hasBaseline", change.Value is not null), new RuleValue("change", change.Value));
            }),
    ];

    internal static RuleDescriptor Rule(string name, LocalText title, Article article, IReadOnlyList<RuleInput> inputs, Func<RuleInputs, RuleResult> compute) =>
        new("care-choice." + name, title, [article], inputs, compute) { Scheme = PrimaryCareChoiceScheme.Name };

    private static RuleDescriptor Steps<TState>(
        string name, LocalText title, Article article, StateTable<TState> table, TState from, TState to, Func<TState, TState, Cited<TState>> goes)
        where TState : struct, Enum =>
        Rule(name, title, article, StateDescriptors.Inputs(from, to), i => StateDescriptors.Step(i, table, goes));

    private static RuleInput Kronor(string name, string example) => RuleInput.Money(name, example, Currency.Sek);

    private static RuleInput Signed(string name, string example) => Kronor(name, example) with { Lowest = -100_000_000_000m };

    private static decimal? PercentOf(Fraction? share) => share is null ? null : new Fraction(share.Numerator * 100, share.Denominator).Rounded(2);

    private static RuleResult Contract(RuleInputs i)
    {
        var paid = Pay([.. i.List("parts").Select(Part)], Currency.Sek);
        return RuleResult.Of("payment", paid,
            new RuleValue("total", paid.Value.Total), new RuleValue("capitationPercent", PercentOf(paid.Value.ShareOf(PaymentModel.Capitation))),
            new RuleValue("parts", paid.Value.Parts.Select(part => new RuleRow([new("name", part.Name), new("model", part.Model), new("amount", part.Amount)])).ToList()));
    }

    private static PaymentComponent Part(RuleInputs row)
    {
        var (name, count, price) = (row.Text("name"), row.Count("count"), row.Money("price"));
        return row.Word<PaymentModel>("model") switch
        {
            PaymentModel.BlockGrant => new PaymentComponent.BlockGrant(name, price.Times(count)),
            PaymentModel.Capitation => new PaymentComponent.Capitation(name, count, price),
            PaymentModel.Episode => new PaymentComponent.Episode(name, count, price),
            PaymentModel.FeeForService => new PaymentComponent.FeePerAct(name, count, price),
            _ => new PaymentComponent.GoalRelated(name, price.Times(count)),
        };
    }

    private static RuleResult Visits(RuleInputs i)
    {
        PaidVisit[] visits =
        [
            .. Enumerable.Repeat(new PaidVisit(Channel.Physical, i.Day("visitDay"), null), i.Whole("physical")),
            .. Enumerable.Repeat(new PaidVisit(Channel.Video, i.Day("visitDay"), "a physical visit"), i.Whole("videoReplacing")),
            .. Enumerable.Repeat(new PaidVisit(Channel.Video, i.Day("visitDay"), null), i.Whole("videoOther")),
        ];
        var paid = PayVisits(visits, i.Money("rate"), i.Day("videoFrom"));
        return RuleResult.Of("visits", paid, new RuleValue("paid", paid.Value.Paid), new RuleValue("unpaid", paid.Value.Unpaid), new RuleValue("amount", paid.Value.Amount));
    }

    private static RuleResult Protection(RuleInputs i)
    {
        var fee = FeeUnderProtection([.. i.List("earlier").Select(row => new PaidFee(row.Day("day"), row.Money("fee")))], i.Day("visitDay"), i.Money("fee"), i.Money("cap"), i.Whole("months"));
        return RuleResult.Of("fee", fee,
            new RuleValue("toPay", fee.Value.ToPay), new RuleValue("paidBefore", fee.Value.PaidBefore), new RuleValue("periodFirst", fee.Value.PeriodFirst),
            new RuleValue("periodEnd", fee.Value.PeriodEnd), new RuleValue("isFreeCard", fee.Value.IsFreeCard));
    }

    private static RuleResult Index(RuleInputs i)
    {
        List<string> visits = [.. i.List("visits").Select(row => row.Text("provider"))];
        var (least, decimals) = (i.Whole("minimumVisits"), i.Whole("decimals"));
        var coc = ContinuityOfPatient(visits, least);
        return RuleResult.Of("COC", coc,
            new RuleValue("coc", coc.Value?.Rounded(decimals)), new RuleValue("exact", coc.Value?.ToString()),
            new RuleValue("upc", Statistics.ContinuityIndices.UsualProvider(visits, least)?.Rounded(decimals)),
            new RuleValue("slicc", Statistics.ContinuityIndices.Sequential(visits, least)?.Rounded(decimals)),
            new RuleValue("mmci", Statistics.ContinuityIndices.ModifiedModified(visits, least)?.Rounded(decimals)));
    }

    private static RuleResult RecallOf(RuleInputs i)
    {
        const string Unit = "unit";
        var rows = i.List("patients");
        var contacts = rows.Where(row => row.Has("visit")).Select(row => new CareContact(
            row.Text("patient"), Unit, row.Day("visit"), 0, row.Word<Profession>("profession"), "", row.Word<Channel>("channel"), ContactPurpose.ReturnVisit)).ToList();
        var recall = Recall(Unit, i.Day("measured"), [.. rows.Select(row => row.Text("patient"))], [.. rows.Select(row => new DiagnosisFact(row.Text("patient"), row.Text("diagnosis"), row.Day("diagnosed")))],
            contacts, new ContinuityTerms(i.Whole("visitMonths"), i.Whole("diagnosisYears"), 2, 4));
        return RuleResult.Of("share", recall, new RuleValue("patients", recall.Value.Patients), new RuleValue("visited", recall.Value.Visited),
            new RuleValue("percent", PercentOf(recall.Value.Share)), new RuleValue("recall", string.Join(", ", recall.Value.Recall)));
    }
}
