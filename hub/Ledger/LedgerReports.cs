using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>The ledger as people ask for it: the trial balance of a month, the sets of a cause or of an envelope, the table of postings.</summary>
public static class LedgerReports
{
    private static readonly IReadOnlyList<ReportColumn> TrialColumns =
    [
        new("kind", "账户 account", CellKind.Text), new("owner", "所有者 owner", CellKind.Text), new("scheme", "方案 scheme", CellKind.Text),
        new("period", "年度 period", CellKind.Text), new("currency", "币种 currency", CellKind.Text),
        new("opening", "期初 opening", CellKind.Amount), new("movement", "发生额 movement", CellKind.Amount), new("closing", "期末 closing", CellKind.Amount),
    ];

    private static readonly IReadOnlyList<ReportColumn> LegColumns =
    [
        new("posted", "记账日 posted", CellKind.Text), new("valueDate", "业务日 value date", CellKind.Text), new("cause", "事由 cause", CellKind.Text),
        new("event", "事件 event", CellKind.Text), new("account", "账户 account", CellKind.Text), new("amount", "金额 amount", CellKind.Amount),
        new("article", "条款 article", CellKind.Text), new("set", "分录组 set", CellKind.Text), new("corrects", "更正 corrects", CellKind.Text),
    ];

    private static readonly IReadOnlyList<ReportColumn> RuleColumns =
    [
        new("event", "事件 event", CellKind.Text), new("debit", "借 debit", CellKind.Text), new("credit", "贷 credit", CellKind.Text),
        new("rule", "规则 rule", CellKind.Text), new("clause", "条款 clause", CellKind.Text), new("document", "文件 document", CellKind.Text), new("means", "说明 what happens", CellKind.Text),
    ];

    private static readonly IReadOnlyList<ReportColumn> ClosingColumns =
    [
        new("month", "月份 month", CellKind.Text), new("closed", "关账时间 closed", CellKind.Text), new("by", "关账人 by", CellKind.Text),
        new("sets", "分录组数 sets", CellKind.Count), new("previous", "上次校验值 previous hash", CellKind.Text), new("hash", "校验值 hash", CellKind.Text),
    ];

    /// <summary>Opening, movement and closing of every envelope in a month of posting; each column sums to zero.</summary>
    public static ReportTable Trial(StoreSession session, string region, string month) => ReportTable.WithTotals(
        "ledger-balance", $"试算平衡 Trial balance of {month}", [("region", region), ("month", month), ("closed", ClosedBy(session, region, month))], TrialColumns,
        [.. LedgerViewStore.Trial(session, region, month).Select(line => (IReadOnlyList<object>)
            [line.Kind, line.Owner, line.Scheme, line.Period, line.Currency, line.Opening, line.Movement, line.Closing])],
        ["By month of posting. Below zero: taken out of the envelope. Each column sums to zero in each currency."]);

    public static ReportTable OfCause(StoreSession session, string region, string cause) =>
        Legs("cause", cause, region, LedgerViewStore.OfCause(session, region, cause));

    public static ReportTable OfAccount(StoreSession session, string region, AccountKind kind, string owner) =>
        Legs("account", $"{kind}/{owner}", region, LedgerViewStore.OfAccount(session, region, kind.ToString(), owner));

    /// <summary>The closed months in their order.</summary>
    public static ReportTable Closings(StoreSession session, string region) => new(
        "months", "已关账月份 Closed months", [("region", region)], ClosingColumns,
        [.. PeriodStore.Closings(session, region).Select(each => (IReadOnlyList<object>)
            [each.Month, DateTimeOffset.FromUnixTimeMilliseconds(each.ClosedMs).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), each.ClosedBy, each.Sets, each.Previous, each.Hash])],
        null, ["The hash seals the month's sets and the hash before it; hub verify computes it anew."]);

    public static ReportTable Table() => new(
        "posting-table", "记账规则表 The table of postings", [], RuleColumns,
        [.. PostingTable.Rules.Select(rule => (IReadOnlyList<object>)
            [rule.Event.ToString(), rule.Debit.ToString(), rule.Credit.ToString(), rule.Article.Rule, rule.Article.Clause, rule.Article.Document, rule.Means])],
        null, []);

    private static ReportTable Legs(string asked, string of, string region, IReadOnlyList<MonthLeg> legs) => ReportTable.WithTotals(
        "ledger", $"分录 Legs of {of}", [("region", region), (asked, of)], LegColumns,
        [.. legs.Select(leg => (IReadOnlyList<object>)
        [
            Day(leg.PostingDate), Day(leg.ValueDate), leg.Cause, leg.Event, $"{leg.Kind}/{leg.Owner}/{leg.Scheme}/{leg.Period}/{leg.Currency}", leg.Fen,
            $"{leg.Rule} {leg.Article}", leg.SetId.ToString("D"), leg.Corrects?.ToString("D") ?? "",
        ])],
        legs.Count < LedgerViewStore.MostLegs ? [] : [string.Create(CultureInfo.InvariantCulture, $"Only the first {LedgerViewStore.MostLegs} legs.")]);

    private static string ClosedBy(StoreSession session, string region, string month) =>
        PeriodStore.Closings(session, region).FirstOrDefault(each => each.Month == month) is not { } closing ? "no"
        : closing.ClosedBy.Length == 0 ? "yes" : $"by {closing.ClosedBy}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
