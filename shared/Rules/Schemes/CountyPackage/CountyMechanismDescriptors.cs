using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageRules;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPaymentDescriptors;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>Assessment, clearing indicators, rates, warnings as a person can try them; the templates are the worked examples of
/// the requirements.</summary>
internal static class CountyMechanismDescriptors
{
    private const int MostCases = 1_000_000;
    private const long MostVisits = 1_000_000_000;

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("grade", new("年度考核等次", "Betyg i årets bedömning", "Grade of the annual assessment"), [Z22],
            [
                Points("score", "76.5"), From("excellentFrom", "90", "grade.excellentFrom"), From("goodFrom", "80", "grade.goodFrom"),
                From("passFrom", "70", "grade.passFrom"), From("basicPassFrom", "60", "grade.basicPassFrom"),
            ],
            i => RuleResult.Of("grade", Grade(i.Number("score"), new GradeThresholds(i.Count("excellentFrom"), i.Count("goodFrom"), i.Count("passFrom"), i.Count("basicPassFrom"))))),
        Rule("assessment-score", new("年度考核得分", "Poäng i årets bedömning", "Score of the annual assessment"), [Z33],
            [
                RuleInput.List("indicators", [RuleInput.Text("name", "satisfaction"), RuleInput.Number("weight", "of 1", "0.6", 1m), Points("points", "80")],
                    ["satisfaction", "0.6", "80"], ["in-county rate", "0.4", "95"]),
            ],
            i => RuleResult.Of("score", AssessmentScore(
                [.. i.List("indicators").Select(row => new AssessmentIndicator(row.Text("name"), row.Number("weight"), row.Number("points")))]))),
        Rule("quality-deposit", new("服务质量保证金", "Kvalitetsdeposition", "Quality deposit"), [Z23],
            [
                RuleInput.Money("quota", "3200000.00"), RuleInput.Word("grade", AssessmentGrade.BasicPass), RuleInput.Rate("depositShare", "0.05").Or("deposit.share"),
                RuleInput.Rate("basicPassShare", "0.5").Or("deposit.basicPassShare"),
            ],
            Deposit),
        Rule("surplus", new("结余留转", "Överskott", "Surplus of a private provider"), [Z28],
            [RuleInput.Money("surplus", "272000.00"), RuleInput.Rate("reserveShare", "0.5").Or("reserve.shareOfPrivateSurplus")], Surplus),
        Rule("net-transfer", new("净拨付", "Nettoutbetalning", "Net transfer"), [Z25],
            [
                RuleInput.Money("clearingPay", "108759299.45"), RuleInput.Money("retainedSurplus", "5000000.00"), RuleInput.Money("prepaid", "86406850.17"),
                RuleInput.Money("outOfCountyPaidByCity", "23600000.00"), RuleInput.Money("forfeitedDeposit", "0.00"),
            ],
            i => RuleResult.Of("net", NetTransfer(new NetTransferParts(
                i.Money("clearingPay"), i.Money("retainedSurplus"), i.Money("prepaid"), i.Money("outOfCountyPaidByCity"), i.Money("forfeitedDeposit"))))),
        Rule("overrun", new("超支分担", "Delning av underskott", "Overrun by epidemic or disaster"), [Z26],
            [
                RuleInput.Money("overrun", "1000000.00"), RuleInput.Count("cityWeight", "parts", "3", 100).Or("reserve.overrunCityWeight"),
                RuleInput.Count("countyWeight", "parts", "7", 100).Or("reserve.overrunCountyWeight"),
            ],
            Overrun),
        Rule("surplus-rate", new("基金结余率", "Fondens överskottsgrad", "Surplus rate of the fund"), [Z26],
            [RuleInput.Money("funding", "136950000.00"), RuleInput.Money("spent", "125000000.00"), RuleInput.Rate("limit", "0.1").Or("fund.highestSurplusRate")],
            i => Tested("surplus rate", SurplusRate(i.Money("funding"), i.Money("spent"), i.Rate("limit")))),
        Rule("clearing-indicators", new("年度清算评价指标", "Avdrag i avräkningen", "Clearing indicators"), [Z27], IndicatorInputs, Indicators),
        Rule("not-reimbursed-case", new("应报销未报销", "Utebliven ersättning", "Reimbursable, not reimbursed"), [Z27],
            [RuleInput.Money("cost", "100.00"), RuleInput.Money("from", "100.00").Or("indicators.notReimbursedFrom")],
            i => RuleResult.Of("counts", CountsAsNotReimbursed(i.Money("cost"), i.Money("from")))),
        Rule("referral-rate", new("县域外转诊转院率", "Remisser ut ur länet", "Out-of-county referral rate"), [Z30],
            [Visits("referredOut", "3800"), Visits("inpatients", "40000"), RuleInput.Rate("limit", "0.1").Or("rates.highestReferral")],
            i => Tested("referral rate", ReferralRate(i.Count("referredOut"), i.Count("inpatients"), i.Rate("limit")))),
        Rule("in-county-rate", new("县域内就诊率", "Besök inom länet", "In-county visit rate"), [Z30],
            [Visits("inCounty", "46200"), Visits("visits", "50000"), RuleInput.Rate("floor", "0.9").Or("rates.lowestInCounty")],
            i => Tested("in-county rate", InCountyRate(i.Count("inCounty"), i.Count("visits"), i.Rate("floor")))),
        Rule("primary-care-visits", new("乡村两级就诊率", "Besök i primärvården", "Township and village visits"), [Z30],
            [
                Visits("townshipAndVillage", "30800"), Visits("inCounty", "46200"), RuleInput.Rate("green", "0.65").Or("rates.primaryCareGreen"),
                RuleInput.Rate("amber", "0.6").Or("rates.primaryCareAmber"),
            ],
            PrimaryCare),
        Rule("quota-warning", new("基金运行预警", "Varning för anslaget", "Warning of the quota"), [Z31],
            [
                RuleInput.Money("annual", "3297127.68"), RuleInput.Count("months", "months", "1", 12) with { Lowest = 1 }, RuleInput.Money("used", "302236.71"),
                From("nearPercent", "90", "warning.nearPercent"), From("reachedPercent", "100", "warning.reachedPercent"),
                From("exceededPercent", "110", "warning.exceededPercent"), From("interviewPercent", "110", "warning.interviewPercent"),
            ],
            Warning),
        Rule("clawback", new("违规扣回", "Återkrav", "Clawback"), [Z32], [RuleInput.Money("amount", "500000.00"), RuleInput.Money("remaining", "350000.00")], Claw),
        Rule("supervision-coverage", new("监管覆盖率", "Tillsynens täckning", "Coverage of supervision"), [Z32], [Visits("supervised", "86"), Visits("providers", "86")],
            i => Tested("coverage", SupervisionCoverage(i.Count("supervised"), i.Count("providers")))),
    ];

    internal static IReadOnlyList<RuleInput> IndicatorInputs =>
    [
        RuleInput.Money("quota", "4000000.00"), Points("satisfaction", "76.6").Optional(), Cases("refusedOrNotInstant", "2"), RuleInput.Word("level", HospitalLevel.One),
        RuleInput.Money("outOfCatalogue", "76000.00"), RuleInput.Money("inpatient", "1000000.00"), Cases("notReimbursed", "3"), Cases("split", "4"),
        From("satisfactionFrom", "80", "indicators.satisfactionFrom"), RuleInput.Rate("perSatisfactionPoint", "0.005").Or("indicators.perSatisfactionPoint"),
        RuleInput.Rate("perRefusal", "0.01").Or("indicators.perRefusal"), From("limitOne", "5", "indicators.outOfCatalogueLevelOne"),
        From("limitTwo", "8", "indicators.outOfCatalogueLevelTwo"), From("limitTwoA", "9", "indicators.outOfCatalogueLevelTwoA"),
        From("limitThree", "10", "indicators.outOfCatalogueLevelThree"), RuleInput.Rate("perOutOfCataloguePoint", "0.005").Or("indicators.perOutOfCataloguePoint"),
        RuleInput.Rate("perNotReimbursed", "0.001").Or("indicators.perNotReimbursed"), RuleInput.Rate("perSplit", "0.001").Or("indicators.perSplit"),
        RuleInput.Rate("most", "1").Or("indicators.most"),
    ];

    private static RuleInput Points(string name, string example) => RuleInput.Number(name, "points", example, 100m);

    private static RuleInput From(string name, string example, string parameter) => RuleInput.Count(name, "points", example, 1_000).Or(parameter);

    private static RuleInput Cases(string name, string example) => RuleInput.Count(name, "cases", example, MostCases);

    private static RuleInput Visits(string name, string example) => RuleInput.Count(name, "number", example, MostVisits);

    private static RuleResult Tested(string step, Cited<RateTest> test) =>
        RuleResult.Of(step, test, new RuleValue("percent", test.Value.Percent), new RuleValue("holds", test.Value.Holds));

    private static RuleResult Deposit(RuleInputs i)
    {
        var deposit = QualityDeposit(i.Money("quota"), i.Rate("depositShare"));
        var release = ReleaseDeposit(deposit.Value, i.Word<AssessmentGrade>("grade"), i.Rate("basicPassShare"));
        return new RuleResult(
            [new("deposit", deposit.Value), new("paid", release.Value.Paid), new("toReserve", release.Value.ToReserve)],
            [deposit.As("quality deposit"), release.As("release of the deposit") with { Value = $"{release.Value.Paid}; {release.Value.ToReserve}" }]);
    }

    private static RuleResult Surplus(RuleInputs i)
    {
        var split = SplitSurplus(i.Money("surplus"), i.Rate("reserveShare"));
        return RuleResult.Of("surplus", split, new RuleValue("carry", split.Value.Carry), new RuleValue("toReserve", split.Value.ToReserve));
    }

    private static RuleResult Overrun(RuleInputs i)
    {
        var shared = ShareOverrun(i.Money("overrun"), (int)i.Count("cityWeight"), (int)i.Count("countyWeight"));
        return RuleResult.Of("overrun", shared, new RuleValue("city", shared.Value.City), new RuleValue("county", shared.Value.County));
    }

    internal static ClearingIndicatorTerms IndicatorTermsOf(RuleInputs i) => new(
        i.Count("satisfactionFrom"), i.Rate("perSatisfactionPoint"), i.Rate("perRefusal"), [i.Count("limitOne"), i.Count("limitTwo"), i.Count("limitTwoA"), i.Count("limitThree")],
        i.Rate("perOutOfCataloguePoint"), i.Rate("perNotReimbursed"), i.Rate("perSplit"), i.Rate("most"));

    internal static ClearingFindings FoundOf(RuleInputs i) => new(
        i.Has("satisfaction") ? i.Number("satisfaction") : null, (int)i.Count("refusedOrNotInstant"), i.Word<HospitalLevel>("level"), i.Money("outOfCatalogue"),
        i.Money("inpatient"), (int)i.Count("notReimbursed"), (int)i.Count("split"));

    private static RuleResult Indicators(RuleInputs i)
    {
        var made = DeductByIndicators(i.Money("quota"), FoundOf(i), IndicatorTermsOf(i));
        return RuleResult.Of("clearing indicators", made,
            new RuleValue("satisfaction", made.Value.Satisfaction), new RuleValue("refusals", made.Value.Refusals), new RuleValue("outOfCatalogue", made.Value.OutOfCatalogue),
            new RuleValue("notReimbursed", made.Value.NotReimbursed), new RuleValue("split", made.Value.Split), new RuleValue("total", made.Value.Total),
            new RuleValue("deducted", made.Value.Deducted), new RuleValue("adjusted", made.Value.Adjusted), new RuleValue("satisfactionMissing", made.Value.SatisfactionMissing));
    }

    private static RuleResult PrimaryCare(RuleInputs i)
    {
        var band = PrimaryCareVisits(i.Count("townshipAndVillage"), i.Count("inCounty"), i.Rate("green"), i.Rate("amber"));
        return RuleResult.Of("township and village visits", band, new RuleValue("percent", band.Value.Percent), new RuleValue("light", band.Value.Light));
    }

    private static RuleResult Warning(RuleInputs i)
    {
        var warned = WarnOfQuota(i.Money("annual"), (int)i.Count("months"), i.Money("used"), new WarningTerms(
            Rate.Percent(i.Count("nearPercent")), Rate.Percent(i.Count("reachedPercent")), Rate.Percent(i.Count("exceededPercent")), Rate.Percent(i.Count("interviewPercent"))));
        return RuleResult.Of("quota warning", warned,
            new RuleValue("quota", warned.Value.Quota), new RuleValue("usedPercent", warned.Value.UsedPercent), new RuleValue("level", warned.Value.Level), new RuleValue("interview", warned.Value.Interview));
    }

    private static RuleResult Claw(RuleInputs i)
    {
        var clawback = ClawBack(i.Money("amount"), i.Money("remaining"));
        return RuleResult.Of("clawback", clawback, new RuleValue("now", clawback.Value.Now), new RuleValue("nextYear", clawback.Value.NextYear));
    }
}
