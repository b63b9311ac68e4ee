using EdgeHub.Hub.Export;
using EdgeHub.Rules.Schemes.CountyPackage;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Reporting;

/// <summary>A month's settlement per institution by visit class: what was decided and posted in that month, with the month of
/// the service beside it. Columns of the county's form (monthly settlement). Catastrophic insurance and assistance settle separately
/// (Z4): they are shown as decided and are no part of what is due from the pool; what they owe the institution stands in a column of its own. The safety net is not settled here.</summary>
public static class SettlementReport
{
    private static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("institution", "机构 institution", CellKind.Text), new("name", "名称 name", CellKind.Text),
        new("visitClass", "就诊类别 visit class", CellKind.Text), new("visitType", "代码 type", CellKind.Text),
        new("serviceMonth", "就诊月份 service month", CellKind.Text), new("visits", "人次 visits", CellKind.Count),
        new("total", "总费用 total", CellKind.Amount), new("inScope", "政策范围 in scope", CellKind.Amount),
        new("fund", "统筹 pool", CellKind.Amount), new("catastrophic", "大病 catastrophic", CellKind.Amount),
        new("assistance", "救助 assistance", CellKind.Amount), new("safetyNet", "兜底 safety net", CellKind.Amount),
        new("account", "账户 account", CellKind.Amount), new("cash", "现金 cash", CellKind.Amount),
        new("adjustments", "调整 adjustments", CellKind.Amount), new("receivable", "应收机构 receivable", CellKind.Amount),
        new("due", "应拨 due from pool", CellKind.Amount), new("otherDue", "大病救助应付 due from the other payers", CellKind.Amount),
    ];

    public static ReportTable Of(StoreSession session, string region, string month)
    {
        var rows = ReportStore.Month(session, region, month).Select(Row).ToList();
        return ReportTable.WithTotals(
            "settlement", $"月结算 Settlement of {month}", [("region", region), ("month", month)], Columns, rows,
            [
                "total = pool + catastrophic + assistance + safety net + account + cash, as decided (Z2, Z4).",
                "due from pool = pool + adjustments; adjustments = offline differences - owed to patients + refunds paid out, all of the pool alone.",
                "due from the other payers = the same of catastrophic insurance and assistance together: each refund stands with the payers that owed it (Z4).",
            ]);
    }

    private static IReadOnlyList<object> Row(SettlementLine line) =>
    [
        line.Institution, line.Name, ClassOf(line.VisitType), line.VisitType, line.ServiceMonth, line.Visits, line.Total, line.InScope, line.Fund, line.Catastrophic,
        line.Assistance, 0L, line.Account, line.Cash, line.Adjustments, line.Receivable, checked(line.Fund + line.Adjustments), line.OtherDue,
    ];

    /// <summary>The form's class of a visit type; a code that the table does not know stands by itself.</summary>
    private static string ClassOf(string visitType) => VisitClasses.Shipped.ByCode.TryGetValue(visitType, out var known) ? known.ToString() : visitType;
}
