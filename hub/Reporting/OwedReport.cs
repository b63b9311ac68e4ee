using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Reporting;

/// <summary>What is open: owed to persons, due from institutions, and cases that people must look at.</summary>
public static class OwedReport
{
    private static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("kind", "类别 kind", CellKind.Text), new("who", "对象 who", CellKind.Text), new("institution", "机构 institution", CellKind.Text),
        new("subject", "事项 subject", CellKind.Text), new("cause", "原因 cause", CellKind.Text), new("since", "自 since", CellKind.Text),
        new("amount", "金额 amount", CellKind.Amount), new("paid", "已付 paid", CellKind.Amount), new("open", "未付 open", CellKind.Amount),
    ];

    public static ReportTable Of(StoreSession session, string region, TimeZoneInfo zone)
    {
        List<OwedLine> lines = [.. ReportStore.Payables(session, region), .. ReportStore.Receivables(session, region), .. ReportStore.Cases(session, region)];
        return new ReportTable(
            "owed", "应付应收 Open payables, receivables and cases", [("region", region)], Columns, [.. lines.Select(line => Row(line, zone))], null,
            ["payable: to a person, paid out at any site; receivable: due from an institution; case: somebody must look at it. An open payable below zero was overpaid."]);
    }

    private static IReadOnlyList<object> Row(OwedLine line, TimeZoneInfo zone) =>
    [
        line.Kind, line.Who, line.Site, line.Subject, line.Cause,
        line.SinceMs == 0 ? "" : TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(line.SinceMs), zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        line.Amount, line.Paid, line.Open,
    ];
}
