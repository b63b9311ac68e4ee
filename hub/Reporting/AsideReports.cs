using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Reporting;

/// <summary>Entries set aside, settlements that a limit of the bureau refused, and visits that were not settled on the spot: nothing is skipped silently.</summary>
public static class AsideReports
{
    private static readonly IReadOnlyList<ReportColumn> QuarantineColumns =
    [
        new("site", "机构 site", CellKind.Text), new("entry", "记录 entry", CellKind.Text), new("kind", "类型 kind", CellKind.Text),
        new("code", "代码 code", CellKind.Text), new("owner", "负责 owner", CellKind.Text), new("ageDays", "天数 age in days", CellKind.Count),
        new("detail", "说明 detail", CellKind.Text),
    ];

    private static readonly IReadOnlyList<ReportColumn> RefusalColumns =
    [
        new("site", "机构 site", CellKind.Text), new("day", "日期 day", CellKind.Text), new("visitType", "就诊类别 type", CellKind.Text),
        new("code", "代码 code", CellKind.Text), new("fundAsked", "申请统筹 fund asked", CellKind.Amount), new("limitLeft", "剩余限额 limit left", CellKind.Amount),
    ];

    private static readonly IReadOnlyList<ReportColumn> UnsettledColumns =
    [
        new("site", "机构 site", CellKind.Text), new("day", "日期 day", CellKind.Text), new("visit", "就诊号 visit", CellKind.Text),
        new("visitType", "就诊类别 type", CellKind.Text), new("reason", "原因 reason", CellKind.Text),
    ];

    /// <param name="nowMs">Ages are counted to it, in whole days.</param>
    public static ReportTable Quarantine(StoreSession session, string region, long nowMs) => new(
        "quarantine", "待处理 Entries set aside", [("region", region)], QuarantineColumns,
        [.. ReportStore.Quarantine(session, region).Select(line => (IReadOnlyList<object>)
            [line.Site, string.Create(CultureInfo.InvariantCulture, $"{line.DeviceNo}/{line.Epoch}/{line.Seq}"), line.Kind, line.Code, line.Owner, (nowMs - line.SinceMs) / 86_400_000, line.Detail])],
        null, []);

    public static ReportTable Refusals(StoreSession session, string region, string month) => new(
        "refusals", $"限额拒付 Refused by a limit of the bureau, {month}", [("region", region), ("month", month)], RefusalColumns,
        [.. ReportStore.Refusals(session, region, month).Select(line => (IReadOnlyList<object>)
            [line.Site, line.Day, line.VisitType, line.Code, line.FundAsked, line.LimitLeft])],
        null, ["Evidence that it was not the clinic's failure: none of these counts under Z27 rule 2."]);

    public static ReportTable Unsettled(StoreSession session, string region, string month) => new(
        "unsettled", $"未即时结算 Not settled on the spot, {month}", [("region", region), ("month", month)], UnsettledColumns,
        [.. ReportStore.Unsettled(session, region, month).Select(line => (IReadOnlyList<object>)[line.Site, line.Day, line.Visit, line.VisitType, line.Reason])],
        null, ["The reason is what the clinic said; whether a visit counts under Z27 rule 2 is for the bureau to find."]);
}
