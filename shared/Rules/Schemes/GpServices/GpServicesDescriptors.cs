using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesArticles;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesRules;

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>The rules of GP services as a person can try them; each template is the briefing's own figures.</summary>
public static class GpServicesDescriptors
{
    private const long Most = 100_000_000;

    internal static readonly RuleInput Claims = RuleInput.List("claims",
        [RuleInput.Text("role", "paramedic"), RuleInput.Word("budget", ArrsBudget.Roles), RuleInput.Day("month", "2024-11-01"), RuleInput.Number("wte", "wte", "2", 100_000), Pounds("salary", "8000.00"), Pounds("onCosts", "1900.00")],
        ["paramedic", nameof(ArrsBudget.Roles), "2024-11-01", "2.5", "10000.00", "2350.50"], ["GP", nameof(ArrsBudget.NewlyQualifiedGps), "2024-11-01", "1", "7000.00", "1700.00"]);

    internal static readonly RuleInput Declarations = RuleInput.List("declarations", [RuleInput.Word("domain", CaipDomain.Telephony), RuleInput.Day("declared", "2024-09-02"), RuleInput.Yes("allPracticesComply", "yes")],
        [nameof(CaipDomain.Telephony), "2024-09-02", "yes"], [nameof(CaipDomain.Navigation), "2025-03-31", "yes"]);

    internal static readonly RuleInput Indicators = RuleInput.List("indicators", [RuleInput.Text("code", "HYP008"), RuleInput.Yes("isSuspended", "no"), RuleInput.Number("achieved", "points", "9.5", 1_000), RuleInput.Number("protected", "points", "0", 1_000)],
        ["HYP008", "no", "9.5", "0"], ["DEM004", "yes", "3", "39"]);

    internal static readonly RuleInput PerPoint = Pounds("perPoint", "220.00") with { Highest = 1_000_000m };

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("hierarchy", new("机构层级", "Organisationens nivåer", "The hierarchy"), K01,
            [
                RuleInput.List("practices", [RuleInput.Text("code", "G1"), RuleInput.Text("partnership", "West Kent"), RuleInput.Text("network", "ABC").Optional()],
                    ["G1", "West Kent", "ABC"], ["G2", "West Kent", "Athena"], ["G3", "West Kent", ""]),
            ],
            i =>
            {
                var counts = CountHierarchy([.. i.List("practices").Select(row => new Practice(row.Text("code"), row.Text("partnership"), row.Has("network") && row.Text("network").Length > 0 ? row.Text("network") : null))]);
                return RuleResult.Of("hierarchy", counts, new RuleValue("partnerships", counts.Value.Partnerships), new RuleValue("networks", counts.Value.Networks),
                    new RuleValue("practices", counts.Value.Practices), new RuleValue("orphans", counts.Value.Orphans));
            }),
        Rule("network-size", new("网络规模", "Nätverkets storlek", "Size of a network"), K01,
            [RuleInput.Count("population", "persons", "52000", Most), RuleInput.Count("lowest", "persons", "30000", Most).Or("network.lowestSize"), RuleInput.Count("highest", "persons", "50000", Most).Or("network.highestSize")],
            i => RuleResult.Of("size", SizeOf(i.Count("population"), i.Count("lowest"), i.Count("highest")))),
        Rule("ratings", new("质量评级占比", "Andel med gott betyg", "Rated good or better"), K02,
            [
                RuleInput.List("ratings", [RuleInput.Word("rating", CqcRating.Good), RuleInput.Count("practices", "practices", "132", Most)],
                    [nameof(CqcRating.Outstanding), "8"], [nameof(CqcRating.Good), "132"], [nameof(CqcRating.RequiresImprovement), "16"], [nameof(CqcRating.Unrated), "21"]),
            ],
            i => Shared("good or better", GoodOrBetter([.. i.List("ratings").Select(row => (row.Word<CqcRating>("rating"), row.Count("practices")))]), 0)),
        Rule("rolling-year", new("十二个月门诊量", "Besök under tolv månader", "Twelve months of appointments"), K03,
            [
                RuleInput.Day("lastMonth", "2024-11-01"),
                RuleInput.List("figures", [RuleInput.Day("month", "2024-11-01"), RuleInput.Word("mode", AppointmentMode.FaceToFace), RuleInput.Count("count", "appointments", "900000", Most)],
                    [.. Enumerable.Range(0, 36).Select(i => (IReadOnlyList<string>)[Article.Written(new DateOnly(2021, 12, 1).AddMonths(i)), nameof(AppointmentMode.FaceToFace), Article.Written(840_000 + (2_000 * i))])]),
            ],
            i =>
            {
                var year = RollingTwelveMonths([.. i.List("figures").Select(row => new MonthlyAppointments(YearMonth.Of(row.Day("month")), row.Word<AppointmentMode>("mode"), row.Count("count")))], YearMonth.Of(i.Day("lastMonth")));
                return RuleResult.Of("rolling year", year, new RuleValue("total", year.Value.Total), new RuleValue("changeOnYear", year.Value.ChangeOnYear),
                    new RuleValue("changeOnTwoYears", year.Value.ChangeOnTwoYears), new RuleValue("inPersonPercent", year.Value.InPerson.Percent(1)));
            }),
        Rule("published-count", new("公开报告中的小数值", "Små tal i öppna rapporter", "Small counts in public reports"), K03,
            [RuleInput.Count("count", "count", "4", Most), RuleInput.Count("threshold", "count", "5", Most).Or("report.suppressBelow")],
            i =>
            {
                var shown = Published(i.Count("count"), i.Count("threshold"));
                return RuleResult.Of("published", shown, new RuleValue("isSuppressed", shown.Value is null), new RuleValue("shown", shown.Value));
            }),
        Rule("workforce", new("人力合计", "Personal, summa", "The workforce whole"), K04,
            [
                RuleInput.List("groups", [RuleInput.Word("group", WorkforceGroup.Gp), RuleInput.Number("fte", "FTE", "946", Most), RuleInput.Number("yearBefore", "FTE", "939", Most)],
                    [nameof(WorkforceGroup.Gp), "946", "939"], [nameof(WorkforceGroup.Nurse), "560", "528"], [nameof(WorkforceGroup.DirectPatientCare), "686", "629"], [nameof(WorkforceGroup.NonClinical), "2610", "2466"]),
                RuleInput.Number("printedTotal", "FTE", "4802", Most), RuleInput.Number("printedYearBefore", "FTE", "4562", Most),
            ],
            i =>
            {
                var total = Workforce([.. i.List("groups").Select(row => new WorkforceLine(row.Word<WorkforceGroup>("group"), row.Number("fte"), row.Number("yearBefore")))], i.Number("printedTotal"), i.Number("printedYearBefore"));
                return RuleResult.Of("workforce", total, new RuleValue("fte", total.Value.Fte), new RuleValue("change", total.Value.Change));
            }),
        Rule("additional-roles", new("附加岗位报销", "Ersättning för extra roller", "Additional roles"), K05,
            [
                Pounds("budgetRoles", "900000.00"), Pounds("budgetNewGps", "90000.00"),
                Claims,
                RuleInput.Day("gpsFrom", "2024-10-01").Or("arrs.newlyQualifiedGpsFrom"),
            ],
            Roles),
        Rule("full-time-equivalent", new("全职当量", "Heltidsekvivalent", "Full-time equivalent"), K04,
            [RuleInput.Number("hours", "hours a week", "37", 168), RuleInput.Number("fullWeekHours", "hours a week", "37.5", 168).Or("workforce.fullWeekHours") with { Lowest = 0.5m }],
            i =>
            {
                var fte = FullTimeEquivalent(i.Number("hours"), i.Number("fullWeekHours"));
                return RuleResult.Of("full-time equivalent", fte, new RuleValue("fte", fte.Value.Rounded(4)), new RuleValue("exact", fte.Value.ToString()));
            }),
        Rule("backdated-uplift", new("追溯上调", "Retroaktiv höjning", "Backdated uplift"), K05,
            [Pounds("oldMonthly", "1000.00"), Pounds("newMonthly", "1050.00"), RuleInput.Day("from", "2024-04-01").Or("arrs.upliftFrom"), RuleInput.Day("firstNewMonth", "2024-10-01")],
            i => RuleResult.Of("uplift", BackdatedUplift(i.Money("oldMonthly"), i.Money("newMonthly"), YearMonth.Of(i.Day("from")), YearMonth.Of(i.Day("firstNewMonth"))))),
        Rule("training-counts", new("培训登记汇总", "Utbildningsregister, antal", "Training register counted"), K06,
            [RuleInput.List("entries", [RuleInput.Text("network", "ABC"), RuleInput.Word("kind", TrainingKind.Mentor), RuleInput.Count("count", "persons", "3", Most)], ["ABC", nameof(TrainingKind.Mentor), "3"], ["Athena", nameof(TrainingKind.Mentor), "2"])],
            i =>
            {
                var counts = CountTraining([.. i.List("entries").Select(row => new TrainingEntry(row.Text("network"), row.Word<TrainingKind>("kind"), row.Count("count")))]);
                return RuleResult.Of("counts", counts, new RuleValue("counts", counts.Value.Select(each => new RuleRow([new("kind", each.Kind), new("count", each.Count)])).ToList()));
            }),
        Rule("training-register", new("培训登记", "Utbildningsregister", "Training register"), K06,
            [RuleInput.List("entries", [RuleInput.Text("network", "ABC"), RuleInput.Word("kind", TrainingKind.Mentor), RuleInput.Count("count", "persons", "3", Most)], ["ABC", nameof(TrainingKind.Mentor), "3"], ["Athena", nameof(TrainingKind.Mentor), "0"]), RuleInput.Word("kind", TrainingKind.Mentor), RuleInput.Count("networks", "networks", "43", Most)],
            i => Shared("networks", NetworksWith(i.Word<TrainingKind>("kind"), [.. i.List("entries").Select(row => new TrainingEntry(row.Text("network"), row.Word<TrainingKind>("kind"), row.Count("count")))], i.Count("networks")), 1)),
        Rule("app-share", new("应用使用占比", "Andel med appen", "Share with the app"), K07,
            [RuleInput.Count("part", "persons", "1015000", Most), RuleInput.Count("whole", "persons", "1862505", Most)], i => Shared("share", AppShare(i.Count("part"), i.Count("whole")), 1)),
        Rule("self-referral", new("自行转诊达成", "Egna remisser mot mål", "Self-referrals against target"), K08,
            [
                RuleInput.List("referrals", [RuleInput.Word("service", SelfReferralPathway.Podiatry), RuleInput.Count("count", "referrals", "10777", Most)],
                    [nameof(SelfReferralPathway.Musculoskeletal), "9000"], [nameof(SelfReferralPathway.Podiatry), "1777"]),
                RuleInput.Count("target", "referrals", "8450", Most),
            ],
            i =>
            {
                var attained = SelfReferrals([.. i.List("referrals").Select(row => (row.Word<SelfReferralPathway>("service"), row.Count("count")))], i.Count("target"));
                return RuleResult.Of("attainment", attained, new RuleValue("total", attained.Value.Total), new RuleValue("isReached", attained.Value.IsReached), new RuleValue("percent", attained.Value.Percent));
            }),
        Rule("population-rate", new("每十万人口率", "Antal per 100 000", "Rate per 100,000"), K09,
            [
                RuleInput.Count("observed", "events", "10775", 1_000_000_000), RuleInput.Count("population", "persons", "1862505", 10_000_000_000) with { Lowest = 1 }, RuleInput.Count("per", "persons", "100000", 10_000_000).Or("rate.per"),
                RuleInput.Count("decimals", "decimals", "1", 10).Or("rate.decimals"), RuleInput.Number("z", "standard deviations", "1.959964", 10m).Or("rate.z") with { Lowest = 0.1m }, RuleInput.Rate("tail", "0.025").Or("rate.tail") with { Lowest = 0.0001m, Highest = 0.4m },
                RuleInput.Number("regionPrinted", "per 100,000", "323.9", 10_000_000).Optional(),
            ],
            RateOf),
        Rule("pharmacy-first", new("药房首诊", "Pharmacy First", "Pharmacy First"), K10,
            [
                RuleInput.List("routes", [RuleInput.Word("route", PharmacyRoute.WalkIn), RuleInput.Count("count", "referrals", "107458", Most)], [nameof(PharmacyRoute.Practice), "64049"], [nameof(PharmacyRoute.WalkIn), "43409"]),
                RuleInput.Count("consultations", "consultations", "43409", Most),
            ],
            i =>
            {
                var activity = PharmacyFirst([.. i.List("routes").Select(row => (row.Word<PharmacyRoute>("route"), row.Count("count")))], i.Count("consultations"));
                return RuleResult.Of("activity", activity, new RuleValue("referrals", activity.Value.Referrals), new RuleValue("consultationPercent", activity.Value.Consultations.Percent(1)));
            }),
        Rule("pharmacies-signed-up", new("参加服务的药房", "Anslutna apotek", "Pharmacies signed up"), K10,
            [RuleInput.Count("signedUp", "pharmacies", "291", Most), RuleInput.Count("pharmacies", "pharmacies", "300", Most)], i => Shared("signed up", PharmaciesSignedUp(i.Count("signedUp"), i.Count("pharmacies")), 0)),
        Rule("blood-pressure-check", new("血压检查", "Blodtryckskontroll", "Blood pressure check"), K10,
            [RuleInput.Count("age", "years", "41", 130), RuleInput.Yes("hasHypertension", "no"), RuleInput.Yes("hasRiskFactor", "no"), RuleInput.Yes("isReferredByPractice", "no"), RuleInput.Count("over", "years", "40", 130).Or("bloodPressure.over")],
            i => RuleResult.Of("check", CheckOfBloodPressure(i.Whole("age"), i.Yes("hasHypertension"), i.Yes("hasRiskFactor"), i.Yes("isReferredByPractice"), i.Whole("over")))),
        Rule("telephony", new("电话系统目标", "Telefoni mot mål", "Telephony against goal"), K11,
            [RuleInput.Count("practices", "practices", "16", Most), RuleInput.Count("all", "practices", "23", Most), RuleInput.Word("operator", GoalOperator.Above), RuleInput.Rate("goal", "0.9")],
            i =>
            {
                var test = Telephony(i.Count("practices"), i.Count("all"), i.Word<GoalOperator>("operator"), i.Rate("goal"));
                return RuleResult.Of("telephony", test, new RuleValue("isReached", test.Value.IsReached), new RuleValue("percent", test.Value.Percent));
            }),
        Rule("capacity-and-access", new("能力与可及性付费", "Ersättning för kapacitet och tillgänglighet", "Capacity and access payment"), K13,
            [
                Pounds("available", "60000.00"),
                Declarations,
                RuleInput.Day("lastDay", "2025-03-31").Or("caip.lastDay"),
            ],
            CaipOf),
        Rule("capacity-and-access-pool", new("重新定向激励基金", "Omriktad stimulansfond", "Retargeted incentive fund"), K13,
            [Pounds("retargetedFund", "200000.00"), RuleInput.Rate("share", "0.3").Or("caip.shareOfFund")], i => RuleResult.Of("pool", CaipPool(i.Money("retargetedFund"), i.Rate("share")))),
        Rule("online-registration", new("网上登记", "Registrering på nätet", "Online registration"), K14,
            [RuleInput.Yes("livesInCatchment", "yes"), RuleInput.Yes("isMatched", "no")], i => RuleResult.Of("outcome", RegisterOnline(i.Yes("livesInCatchment"), i.Yes("isMatched")))),
        Rule("enrolment", new("登记服务参加率", "Anslutna mottagningar", "Practices enrolled"), K14,
            [RuleInput.Count("enrolled", "practices", "163", Most), RuleInput.Count("practices", "practices", "182", Most), RuleInput.Number("regionPercent", "%", "73.8", 100).Optional()],
            i =>
            {
                var enrolled = Enrolment(i.Count("enrolled"), i.Count("practices"), i.Has("regionPercent") ? i.Number("regionPercent") : null);
                return RuleResult.Of("enrolment", enrolled, new RuleValue("percent", enrolled.Value.Share.Percent(2)), new RuleValue("differenceToRegion", enrolled.Value.DifferenceToRegion));
            }),
        Rule("interface", new("医院衔接评估", "Gränssnitt mot sjukhus", "Interface with trusts"), K15,
            [
                RuleInput.List("scores", [RuleInput.Text("trust", "A"), RuleInput.Word("area", InterfaceArea.FitNotes), RuleInput.Count("level", "level", "2", 2)],
                    ["A", nameof(InterfaceArea.OnwardReferrals), "2"], ["A", nameof(InterfaceArea.FitNotes), "0"], ["A", nameof(InterfaceArea.DischargeSummaries), "1"], ["A", nameof(InterfaceArea.CallAndRecall), "1"], ["A", nameof(InterfaceArea.ContactPoints), "2"]),
            ],
            i =>
            {
                var assessed = AssessInterface([.. i.List("scores").Select(row => new InterfaceScore(row.Text("trust"), row.Word<InterfaceArea>("area"), row.Whole("level")))]);
                return RuleResult.Of("interface", assessed,
                    new RuleValue("trusts", assessed.Value.Trusts.Select(each => new RuleRow([new("trust", each.Trust), new("sum", each.Sum)])).ToList()),
                    new RuleValue("areas", assessed.Value.Areas.Select(each => new RuleRow([new("area", each.Area), new("percent", each.Coverage.Percent(1))])).ToList()));
            }),
        Rule("qof-pay", new("质量指标付费", "Ersättning för kvalitetspoäng", "Pay for quality points"), K16, [Indicators, PerPoint],
            i =>
            {
                var pay = QofPay(IndicatorsOf(i), i.Money("perPoint"));
                return RuleResult.Of("pay", pay, new RuleValue("protected", pay.Value.Protected), new RuleValue("measured", pay.Value.Measured), new RuleValue("total", pay.Value.Total));
            }),
        GpContractDescriptor.Descriptor,
        Rule("qof", new("质量指标得分", "Kvalitetspoäng", "Quality and outcomes points"), K16,
            [Indicators],
            i =>
            {
                var points = Qof(IndicatorsOf(i));
                return RuleResult.Of("points", points, new RuleValue("points", points.Value.Points), new RuleValue("suspended", points.Value.Suspended));
            }),
    ];

    internal static RuleDescriptor Rule(string name, LocalText title, Article article, IReadOnlyList<RuleInput> inputs, Func<RuleInputs, RuleResult> compute) =>
        new("gp." + name, title, [article], inputs, compute) { Scheme = GpServicesScheme.Name };

    internal static RuleInput Pounds(string name, string example) => RuleInput.Money(name, example, Currency.Gbp);

    internal static IReadOnlyList<ArrsClaim> ClaimsOf(RuleInputs i) =>
    [
        .. i.List("claims").Select(row => new ArrsClaim(
            row.Text("role"), row.Word<ArrsBudget>("budget"), YearMonth.Of(row.Day("month")), row.Number("wte"), row.Money("salary"), row.Money("onCosts"))),
    ];

    internal static IReadOnlyList<CaipDeclaration> DeclarationsOf(RuleInputs i) =>
        [.. i.List("declarations").Select(row => new CaipDeclaration(row.Word<CaipDomain>("domain"), row.Day("declared"), row.Yes("allPracticesComply")))];

    internal static IReadOnlyList<QofIndicator> IndicatorsOf(RuleInputs i) =>
        [.. i.List("indicators").Select(row => new QofIndicator(row.Text("code"), row.Yes("isSuspended"), row.Number("achieved"), row.Number("protected")))];

    private static RuleResult Shared(string step, Cited<CountedShare> share, int decimals) => RuleResult.Of(step, share,
        new RuleValue("numerator", share.Value.Numerator), new RuleValue("denominator", share.Value.Denominator), new RuleValue("percent", share.Value.Percent(decimals)));

    private static RuleResult Roles(RuleInputs i)
    {
        var positions = ArrsPositions(ClaimsOf(i), i.Money("budgetRoles"), i.Money("budgetNewGps"), YearMonth.Of(i.Day("gpsFrom")));
        return RuleResult.Of("positions", positions, new RuleValue("positions", positions.Value.Select(each => new RuleRow(
            [new("budget", each.Budget), new("claimed", each.Claimed), new("payable", each.Payable), new("left", each.Left), new("wte", each.Wte)])).ToList()));
    }

    private static RuleResult RateOf(RuleInputs i)
    {
        var rate = Rate(i.Count("observed"), i.Count("population"), i.Count("per"), i.Whole("decimals"), i.Number("z"), i.Rate("tail").Value, i.Has("regionPrinted") ? i.Number("regionPrinted") : null);
        return RuleResult.Of("rate", rate, new RuleValue("rate", rate.Value.Printed.Value), new RuleValue("lower", rate.Value.Printed.Lower),
            new RuleValue("upper", rate.Value.Printed.Upper), new RuleValue("differenceToRegion", rate.Value.DifferenceToRegion));
    }

    private static RuleResult CaipOf(RuleInputs i)
    {
        var paid = Caip(i.Money("available"), DeclarationsOf(i), i.Day("lastDay"));
        return RuleResult.Of("payment", paid, new RuleValue("total", paid.Value.Total),
            new RuleValue("parts", paid.Value.Parts.Select(part => new RuleRow([new("domain", part.Domain), new("amount", part.Amount), new("payableFrom", part.PayableFrom)])).ToList()));
    }
}
