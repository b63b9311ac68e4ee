using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;
using EdgeHub.Rules.Payment;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionDescriptors;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionRules;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>C16 to C24 as a person can try them.</summary>
internal static class CrossRegionMoneyDescriptors
{
    private static readonly RuleInput QuotaMonths = RuleInput.Count("quotaMonths", "months", "2", 24).Or("prepayment.months");
    private static readonly RuleInput Red = RuleInput.Rate("red", "0.9").Or("prepayment.redShare");
    private static readonly RuleInput UploadDay = RuleInput.Count("uploadDay", "day of the month", "21", 31).Or("clearing.uploadDay") with { Lowest = 1 };

    private static readonly RuleInput Settlements = RuleInput.List("settlements",
        [
            RuleInput.Text("key", "R1+S1"), RuleInput.Text("insuredPlace", "53"), RuleInput.Text("treatmentPlace", "31"), RuleInput.Word("fund", InsuredFund.Employee), RuleInput.Text("person", "P1"),
            RuleInput.Money("total", "300000.00"), RuleInput.Money("fundPay", "182400.00"), RuleInput.Day("uploaded", "2025-03-21"), RuleInput.Yes("isReconciled", "yes"), RuleInput.Yes("isConfirmed", "yes"),
        ],
        ["R1+S1", "53", "31", nameof(InsuredFund.Employee), "P1", "300000.00", "182400.00", "2025-03-21", "yes", "yes"],
        ["R2+S1", "53", "31", nameof(InsuredFund.Resident), "P2", "110000.00", "64250.50", "2025-03-20", "yes", "yes"],
        ["R3+S1", "53", "31", nameof(InsuredFund.Resident), "P3", "9000.00", "5000.00", "2025-03-22", "yes", "yes"]);

    private static readonly RuleInput Adjustments = RuleInput.List("adjustments",
        [RuleInput.Text("key", "A1"), RuleInput.Text("insuredPlace", "53"), RuleInput.Text("treatmentPlace", "31"), RuleInput.Word("fund", InsuredFund.Employee), Signed("amount", "-3200.00")],
        ["A1", "53", "31", nameof(InsuredFund.Employee), "-3200.00"]).Optional();

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("prepayment-quota", new("预付金额度", "Förskottets storlek", "Prepayment quota"), C16,
            [RuleInput.Money("priorCost", "36000000.00"), RuleInput.Count("monthsOpen", "months", "12", 12) with { Lowest = 1 }, QuotaMonths],
            i => RuleResult.Of("quota", PrepaymentQuota(i.Money("priorCost"), i.Whole("monthsOpen"), i.Whole("quotaMonths")))),
        Rule("prepayment-interest", new("预付金利息归属", "Förskottets ränta", "Interest on the prepayment"), C16,
            [RuleInput.Money("interest", "15000.00")], i => RuleResult.Of("belongsTo", InterestBelongsTo(i.Money("interest")))),
        Rule("prepayment-year", new("预付金年度调整期限", "Årlig justering", "Days of the yearly adjustment"), C17,
            [RuleInput.Year("year", "2024"), RuleInput.Count("setByMonth", "month", "1", 12).Or("prepayment.setByMonth") with { Lowest = 1 }, RuleInput.Count("doneByMonth", "month", "2", 12).Or("prepayment.doneByMonth") with { Lowest = 1 }],
            i =>
            {
                var year = YearlyAdjustment(i.Whole("year"), i.Whole("setByMonth"), i.Whole("doneByMonth"));
                return RuleResult.Of("yearly adjustment", year, new RuleValue("setBy", year.Value.SetBy), new RuleValue("doneBy", year.Value.DoneBy));
            }),
        Rule("prepayment-table", new("全国预付金明细表", "Nationell förskottstabell", "National prepayment detail table"), C17,
            [
                RuleInput.Year("year", "2025"), QuotaMonths,
                RuleInput.List("pairs",
                    [RuleInput.Text("insuredPlace", "53"), RuleInput.Text("treatmentPlace", "31"), RuleInput.Money("present", "5000000.00"), RuleInput.Money("priorCost", "36000000.00"), RuleInput.Count("monthsOpen", "months", "12", 12) with { Lowest = 1 }],
                    ["53", "31", "5000000.00", "36000000.00", "12"], ["31", "53", "900000.00", "3000000.00", "12"]),
            ],
            Table),
        Rule("prepayment-usage", new("预付金使用率预警", "Förskottets utnyttjande", "Use of the prepayment"), C18,
            [RuleInput.Money("used", "4200000.00"), RuleInput.Money("quota", "6000000.00"), RuleInput.Rate("yellow", "0.7").Or("prepayment.yellowShare"), Red],
            i =>
            {
                var usage = Usage(i.Money("used"), i.Money("quota"), i.Rate("yellow"), i.Rate("red"));
                return RuleResult.Of("usage", usage, new RuleValue("warning", usage.Value.Warning), new RuleValue("yellowFrom", usage.Value.YellowFrom), new RuleValue("redFrom", usage.Value.RedFrom));
            }),
        Rule("emergency-increase", new("预付金紧急调增额", "Akut ökning av förskottet", "Emergency increase"), C18,
            [RuleInput.Money("used", "5400000.00"), RuleInput.Money("quota", "6000000.00"), Red, RuleInput.Rate("restoreTo", "0.7").Or("prepayment.restoreToShare")],
            i => RuleResult.Of("increase", EmergencyIncrease(i.Money("used"), i.Money("quota"), i.Rate("red"), i.Rate("restoreTo")))),
        Steps("emergency-step", new("紧急调增状态", "Akut ökning: läge", "State of an emergency increase"), C18, CrossRegionStates.Emergency, EmergencyState.Applied, EmergencyState.Reviewed, EmergencyGoes),
        Rule("transfer-days", new("资金划拨期限", "Överföringens dagar", "Days of a transfer"), C19,
            [
                RuleInput.Day("noticed", "2025-09-30"), RuleInput.Day("reviewed", "").Optional(), RuleInput.Day("paid", "").Optional(),
                Days("submitDays", "5", "finance.submitWorkingDays"), Days("payDays", "10", "finance.payWorkingDays"), Days("reportDays", "5", "finance.reportWorkingDays"),
            ],
            Transfer),
        Steps("transfer-step", new("资金划拨状态", "Överföringens läge", "State of a transfer"), C19, CrossRegionStates.Transfer, TransferState.Paid, TransferState.ReportedBack, TransferGoes),
        Rule("upload-cycle", new("上传计入哪个清算期", "Avräkningsmånad för uppgifter", "Cycle of an upload"), C20,
            [RuleInput.Day("uploaded", "2025-03-22"), UploadDay, RuleInput.Day("clearedThrough", "").Optional()],
            i =>
            {
                var cycle = CycleOfUpload(i.Day("uploaded"), i.Whole("uploadDay"), MonthOrNone(i, "clearedThrough"));
                return RuleResult.Of("cycle", cycle, new RuleValue("cycle", cycle.Value.ToString()));
            }),
        Rule("confirmation", new("清算金额确认期", "Bekräftelse av belopp", "Confirmation of the amounts"), C21,
            [RuleInput.Year("year", "2025"), Month("3"), RuleInput.Count("queryDay", "day of the month", "21", 31).Or("clearing.queryDay") with { Lowest = 1 }, RuleInput.Count("confirmDay", "day of the month", "25", 31).Or("clearing.confirmDay") with { Lowest = 1 }],
            i =>
            {
                var window = Confirmation(MonthOf(i), i.Whole("queryDay"), i.Whole("confirmDay"));
                return RuleResult.Of("confirmation", window, new RuleValue("queryFrom", window.Value.QueryFrom), new RuleValue("confirmBy", window.Value.ConfirmBy));
            }),
        Rule("tables-to-confirm", new("尚未确认的清算表", "Tabeller kvar att bekräfta", "Tables not confirmed yet"), C21,
            [RuleInput.List("confirmed", [RuleInput.Text("table", "payable")], ["national-clearing"], ["payable"])],
            i =>
            {
                var left = NotConfirmedYet([.. i.List("confirmed").Select(row => row.Text("table"))]);
                return RuleResult.Of("not confirmed", left, new RuleValue("count", left.Value.Count), new RuleValue("tables", string.Join(", ", left.Value.Select(form => form.Name))));
            }),
        Rule("cycle-calendar", new("清算月历", "Avräkningens månadskalender", "Month calendar of the clearing"), C22,
            [
                RuleInput.Year("year", "2025"), Month("9"), Days("providerConfirmDay", "20", "hospital.confirmDay") with { Lowest = 1, Highest = 31 }, UploadDay,
                RuleInput.Count("queryDay", "day of the month", "21", 31).Or("clearing.queryDay") with { Lowest = 1 }, RuleInput.Count("confirmDay", "day of the month", "25", 31).Or("clearing.confirmDay") with { Lowest = 1 },
                Days("submitDays", "5", "finance.submitWorkingDays"), Days("payDays", "10", "finance.payWorkingDays"), Days("reportDays", "5", "finance.reportWorkingDays"), Days("withinDays", "5", "clearing.withinProvinceWorkingDays"),
            ],
            Calendar),
        Rule("within-province-by", new("省内清算期限", "Avräkning inom provinsen", "Clearing within the province"), C23,
            [RuleInput.Day("cleared", "2025-10-27"), Days("workingDays", "5", "clearing.withinProvinceWorkingDays")],
            i => RuleResult.Of("clearBy", ClearWithinProvinceBy(i.Day("cleared"), i.Whole("workingDays"), WorkingDayCalendar.China))),
        Rule("within-province", new("省内各统筹区之和", "Områdenas summa", "Pooling areas' sum"), C23,
            [Signed("whole", "5000.00"), RuleInput.List("areas", [RuleInput.Text("area", "530900"), Signed("amount", "7000.00")], ["530900", "7000.00"], ["530100", "-2000.00"])],
            i => RuleResult.Of("sum", WithinProvince(i.Money("whole"), [.. i.List("areas").Select(row => (row.Text("area"), row.Money("amount")))]))),
        Rule("payable", new("应付医疗费用", "Att betala", "Payable"), C24,
            [RuleInput.Money("employeeFund", "182400.00"), RuleInput.Money("residentFund", "64250.50"), Signed("adjustments", "-3200.00")],
            i => RuleResult.Of("payable", Payable(i.Money("employeeFund"), i.Money("residentFund"), i.Money("adjustments")))),
        Rule("clear-cycle", new("月度清算", "Månadens avräkning", "Clearing of a month"), C24,
            [
                RuleInput.Year("year", "2025"), Month("3"), UploadDay,
                Settlements, Adjustments,
            ],
            Clear),
        Rule("pair-contract", new("两地合同", "Avtal mellan två provinser", "Contract of a pair"), C24,
            [
                RuleInput.Year("year", "2025"), Month("3"), UploadDay, Settlements, Adjustments,
                RuleInput.Text("ofInsuredPlace", "53"), RuleInput.Text("atTreatmentPlace", "31"), RuleInput.Money("prepayment", "6000000.00"),
            ],
            i =>
            {
                var contract = PairContract(Cleared(i).Value, i.Text("ofInsuredPlace"), i.Text("atTreatmentPlace"), i.Money("prepayment"));
                return RuleResult.Of("contract", contract, ContractValues.Of(contract.Value));
            }) with { Articles = [C24, C09, C10, C16] },
    ];

    private static RuleResult Table(RuleInputs i)
    {
        var pairs = i.List("pairs").Select(row => new PrepaymentPair(row.Text("insuredPlace"), row.Text("treatmentPlace"), row.Money("present"), row.Money("priorCost"), row.Whole("monthsOpen"))).ToList();
        var table = PrepaymentTable(i.Whole("year"), pairs, i.Whole("quotaMonths"), Currency.Cny);
        return RuleResult.Of("prepayment table", table,
            new RuleValue("rows", table.Value.Rows.Select(row => new RuleRow([new("insuredPlace", row.InsuredPlace), new("treatmentPlace", row.TreatmentPlace), new("quota", row.Quota), new("change", row.Change)])).ToList()),
            new RuleValue("provinces", Positions(table.Value.Provinces)));
    }

    private static RuleResult Transfer(RuleInputs i)
    {
        var days = TransferBy(i.Day("noticed"), i.DayOrNone("reviewed"), i.DayOrNone("paid"), (i.Whole("submitDays"), i.Whole("payDays"), i.Whole("reportDays")), WorkingDayCalendar.China);
        return RuleResult.Of("transfer", days, new RuleValue("submitBy", days.Value.SubmitBy), new RuleValue("payBy", days.Value.PayBy), new RuleValue("reportBy", days.Value.ReportBy));
    }

    private static RuleResult Calendar(RuleInputs i)
    {
        var days = new ClearingDays(
            i.Whole("providerConfirmDay"), i.Whole("uploadDay"), i.Whole("queryDay"), i.Whole("confirmDay"), i.Whole("submitDays"), i.Whole("payDays"), i.Whole("reportDays"), i.Whole("withinDays"));
        var cited = CycleCalendar(MonthOf(i), days, WorkingDayCalendar.China);
        var month = cited.Value;
        return RuleResult.Of("cycle", cited,
            new RuleValue("careMonth", month.CareMonth.ToString()), new RuleValue("confirmWithHospitalsBy", month.ProviderConfirm.LastDay), new RuleValue("uploadBy", month.Upload.LastDay),
            new RuleValue("queryFrom", month.QueryFrom), new RuleValue("confirmBy", month.Confirm.LastDay), new RuleValue("notices", month.Notices), new RuleValue("toFinanceBy", month.ToFinance.LastDay),
            new RuleValue("paidBy", month.FinancePays.LastDay), new RuleValue("reportedBackBy", month.Feedback.LastDay), new RuleValue("withinProvinceBy", month.Within.LastDay));
    }

    private static Cited<ClearingTables> Cleared(RuleInputs i)
    {
        var cycle = MonthOf(i);
        var entries = i.List("settlements").Select(row => new ClearingEntry(
            row.Text("key"), row.Text("insuredPlace"), row.Text("treatmentPlace"), row.Word<InsuredFund>("fund"), row.Text("person"), FundParts.OfPool(row.Money("fundPay")), row.Money("total"),
            row.Day("uploaded"), row.Yes("isReconciled"), row.Yes("isConfirmed"))).ToList();
        var adjustments = i.List("adjustments").Select(row => new ClearingAdjustment(
            new NettingRecord(row.Text("key"), 1, row.Text("insuredPlace"), row.Text("treatmentPlace"), row.Money("amount"), cycle), row.Word<InsuredFund>("fund"))).ToList();
        return ClearCycle(cycle, Currency.Cny, entries, adjustments, i.Whole("uploadDay"));
    }

    private static RuleResult Clear(RuleInputs i)
    {
        var cleared = Cleared(i);
        return RuleResult.Of("cleared", cleared,
            new RuleValue("total", cleared.Value.Sheet.Total),
            new RuleValue("rows", cleared.Value.Rows.Select(row => new RuleRow(
            [
                new("number", row.Number), new("insuredPlace", row.InsuredPlace), new("treatmentPlace", row.TreatmentPlace), new("persons", row.Persons), new("visits", row.Visits),
                new("totalCost", row.TotalCost), new("fundTotal", row.FundTotal), new("deduction", row.Deduction), new("supplement", row.Supplement), new("cleared", row.Cleared),
            ])).ToList()),
            new RuleValue("provinces", Positions(cleared.Value.Sheet.Parties)));
    }

    private static List<RuleRow> Positions(IReadOnlyList<PartyPosition> parties) =>
        [.. parties.Select(each => new RuleRow([new("province", each.Party), new("payable", each.Payable), new("receivable", each.Receivable), new("net", each.Net)]))];
}
