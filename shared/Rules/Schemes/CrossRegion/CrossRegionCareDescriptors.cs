using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionAccessDescriptors;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionDescriptors;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionRules;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>C9 to C15 as a person can try them.</summary>
internal static class CrossRegionCareDescriptors
{
    private static readonly IReadOnlyList<RuleInput> RecordColumns =
        [RuleInput.Text("registration", "R1"), RuleInput.Text("settlement", "S1"), RuleInput.Money("total", "12000.00"), RuleInput.Money("fund", "5520.00")];

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("whose-rule", new("执行哪地政策", "Vems regler gäller", "Whose rule holds"), C09,
            [RuleInput.Word("element", PolicyElement.Deductible)], i => RuleResult.Of("whoseRule", WhoseRule(i.Word<PolicyElement>("element")))),
        Rule("admission", new("人卡一致", "Kort och person", "Card and person"), C09, [RuleInput.Yes("cardIsPersons", "yes")], i => RuleResult.Of("admission", AtAdmission(i.Yes("cardIsPersons")))),
        Rule("audit-correction", new("审核扣款更正", "Rättelse av avdrag", "Correction of an audit deduction"), C10,
            [
                RuleInput.Word("kind", AdjustmentKind.Deduction), RuleInput.Money("amount", "2000.00"), RuleInput.Money("rightAmount", "1500.00"), RuleInput.Day("originalCycle", "2025-03-01"),
                RuleInput.Day("uploaded", "2025-04-10"), RuleInput.Day("clearedThrough", "2025-03-01").Optional(), Days("uploadDay", "21", "clearing.uploadDay") with { Lowest = 1, Highest = 31 },
            ],
            Correction),
        Rule("audit-adjustment", new("审核扣款与补支符号", "Tecken på avdrag och tillägg", "Sign of an audit adjustment"), C10,
            [RuleInput.Word("kind", AdjustmentKind.Deduction), RuleInput.Money("amount", "2000.00")],
            i => RuleResult.Of("adjustment", SignedAdjustment(i.Word<AdjustmentKind>("kind"), i.Money("amount")))),
        Rule("discharge-bill", new("出院直接结算", "Avräkning vid utskrivning", "Settlement at discharge"), C11,
            [
                RuleInput.Money("total", "12000.00"), RuleInput.Money("fullSelfPay", "800.00"), RuleInput.Money("overPriceLimit", "150.00"), RuleInput.Money("preSelfPay", "650.00"),
                RuleInput.Money("deductible", "1200.00"), RuleInput.Rate("reimbursementRate", "0.6"), RuleInput.Money("capLeft", "").Optional(),
            ],
            Bill),
        Rule("category-totals", new("全国统一大类费用", "Kostnad per kategori", "Totals by national category"), C11,
            [
                RuleInput.List("lines", [RuleInput.Word("category", ExpenseCategory.Bed), RuleInput.Money("amount", "400.00")],
                    [nameof(ExpenseCategory.Bed), "400.00"], [nameof(ExpenseCategory.WesternDrugs), "120.50"], [nameof(ExpenseCategory.Bed), "80.00"]),
            ],
            Categories),
        Rule("fund-in-clearing", new("计入清算的基金支付", "Fondens del i avräkningen", "The fund's part in the clearing"), C12,
            [RuleInput.Word("payment", DischargePayment.PatientPaysAll), RuleInput.Money("fund", "5520.00")],
            i => RuleResult.Of("inClearing", FundInClearing(i.Word<DischargePayment>("payment"), i.Money("fund")))),
        Rule("details-upload", new("明细上传期限", "Sista dag för specifikationer", "Upload of details"), C12,
            [RuleInput.Day("dischargeSettled", "2025-10-01"), RuleInput.Day("uploaded", "2025-10-07"), Days("days", "5", "details.uploadDays")],
            i => OfDay("upload", DetailsUpload(i.Day("dischargeSettled"), i.Day("uploaded"), i.Whole("days")))),
        Rule("reconciliation", new("三方对账", "Trepartsavstämning", "Three-way reconciliation"), C13,
            [
                RuleInput.List("insured", RecordColumns, ["R1", "S1", "12000.00", "5520.00"], ["R2", "S1", "900.00", "400.00"]),
                RuleInput.List("treatment", RecordColumns, ["R1", "S1", "12000.00", "5520.00"], ["R2", "S1", "900.00", "400.01"]),
                RuleInput.List("nation", RecordColumns, ["R1", "S1", "12000.00", "5520.00"], ["R2", "S1", "900.00", "400.00"]),
                RuleInput.Money("tolerance", "0.00").Or("reconciliation.tolerance"),
            ],
            Reconciliation),
        Rule("violation", new("违规费用处理", "Felaktig kostnad", "Cost of a violation"), C14,
            [RuleInput.Money("fundPart", "3200.00"), RuleInput.Yes("isPaid", "yes"), RuleInput.Money("damages", "1000.00")],
            i =>
            {
                var effect = Violation(i.Money("fundPart"), i.Yes("isPaid"), i.Money("damages"));
                return RuleResult.Of("violation", effect, new RuleValue("notPaid", effect.Value.NotPaid), new RuleValue("deducted", effect.Value.Deducted),
                    new RuleValue("offInsuredPlace", effect.Value.OffInsuredPlace), new RuleValue("damagesOfTreatmentPlace", effect.Value.DamagesOfTreatmentPlace));
            }),
        Rule("hospital-confirmation", new("与医疗机构对账期限", "Bekräftelse med sjukhus", "Confirmation with hospitals"), C15,
            [RuleInput.Year("year", "2025"), Month("12"), Days("day", "20", "hospital.confirmDay") with { Lowest = 1, Highest = 31 }],
            i => RuleResult.Of("confirmBy", ConfirmWithHospitalsBy(MonthOf(i), i.Whole("day")))),
        Rule("settling-agency", new("由哪级经办机构结算", "Vem avräknar", "Which agency settles"), C15,
            [RuleInput.Word("level", HospitalLevel.Capital)], i => RuleResult.Of("settledBy", SettledBy(i.Word<HospitalLevel>("level")))),
    ];

    private static RuleResult Correction(RuleInputs i)
    {
        var original = new NettingRecord("original", 1, "insured place", "treatment place", SignedAdjustment(i.Word<AdjustmentKind>("kind"), i.Money("amount")).Value, YearMonth.Of(i.Day("originalCycle")));
        var right = SignedAdjustment(i.Word<AdjustmentKind>("kind"), i.Money("rightAmount")).Value;
        var corrected = CorrectAdjustment(original, right, "new", i.Day("uploaded"), i.Whole("uploadDay"), MonthOrNone(i, "clearedThrough"));
        return RuleResult.Of("correction", corrected, new RuleValue("isNewRecord", corrected.Value.IsNewRecord), new RuleValue("kind", corrected.Value.Kind),
            new RuleValue("amount", corrected.Value.Record.Amount), new RuleValue("cycle", corrected.Value.Record.Cycle.ToString()));
    }

    private static RuleResult Bill(RuleInputs i)
    {
        var eligible = EligibleAmount(i.Money("total"), i.Money("fullSelfPay"), i.Money("overPriceLimit"), i.Money("preSelfPay"));
        var bill = SettleDischarge(i.Money("total"), eligible.Value, new InsuredPlaceTerms(i.Money("deductible"), i.Rate("reimbursementRate"), i.MoneyOrNone("capLeft")));
        return new RuleResult(
            [new("eligible", bill.Value.Eligible), new("deductibleUsed", bill.Value.Deductible), new("fund", bill.Value.Fund), new("patient", bill.Value.Patient)],
            [eligible.As("eligible amount"), bill.As("fund pay") with { Value = Article.Written(bill.Value.Fund) }]);
    }

    private static RuleResult Categories(RuleInputs i)
    {
        var totals = CategoryTotals([.. i.List("lines").Select(row => new CategoryLine(row.Word<ExpenseCategory>("category"), row.Money("amount")))]);
        return RuleResult.Of("category totals", totals,
            new RuleValue("totals", totals.Value.Select(each => new RuleRow([new("category", each.Category), new("amount", each.Amount)])).ToList()));
    }

    private static RuleResult Reconciliation(RuleInputs i)
    {
        var reconciled = Reconcile(Records(i, "insured"), Records(i, "treatment"), Records(i, "nation"), i.Money("tolerance"));
        return RuleResult.Of("reconciliation", reconciled,
            new RuleValue("matched", string.Join(", ", reconciled.Value.Matched)), new RuleValue("fund", reconciled.Value.Fund),
            new RuleValue("mismatches", reconciled.Value.Mismatches.Select(each => new RuleRow(
                [new("key", each.Key), new("missingAt", string.Join(", ", each.MissingAt)), new("widest", each.Widest)])).ToList()));
    }

    private static IReadOnlyList<ReconciliationRecord> Records(RuleInputs i, string side) =>
        [.. i.List(side).Select(row => new ReconciliationRecord(row.Text("registration"), row.Text("settlement"), row.Money("total"), row.Money("fund")))];
}
