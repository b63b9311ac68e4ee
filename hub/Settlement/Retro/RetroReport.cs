using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement.Retro;

/// <summary>Whom a retroactive run hits: each settlement, then sums by person, by institution, by payer, and in all.</summary>
public static class RetroReport
{
    private static readonly (string Key, string Heading)[] Amounts =
    [
        ("Fund", "统筹 fund"), ("Catastrophic", "大病 catastrophic"), ("Assistance", "救助 assistance"), ("Account", "个账 account"), ("Cash", "现金 cash"),
        ("Owed", "应退个人 owed to person"), ("Borne", "由基金承担 borne"), ("Due", "应收机构 due from institution"),
    ];

    private static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("level", "层次 level", CellKind.Text), new("person", "人员 person", CellKind.Text), new("institution", "机构 institution", CellKind.Text),
        new("payer", "付费方 payer", CellKind.Text), new("settlement", "结算 settlement", CellKind.Text), new("serviceDay", "就诊日 service day", CellKind.Text),
        new("status", "状态 status", CellKind.Text), new("settlements", "笔数 settlements", CellKind.Count),
        .. Amounts.SelectMany(amount => new ReportColumn[]
        {
            new("old" + amount.Key, $"原{amount.Heading}, old", CellKind.Amount), new("new" + amount.Key, $"新{amount.Heading}, new", CellKind.Amount),
        }),
        new("currency", "币种 currency", CellKind.Text),
    ];

    private static readonly IReadOnlyList<ReportColumn> RunColumns =
    [
        new("run", "编号 run", CellKind.Text), new("status", "状态 status", CellKind.Text), new("book", "政策 book", CellKind.Text), new("knownFrom", "知晓日 known from", CellKind.Text),
        new("prepared", "准备时间 prepared", CellKind.Text), new("done", "完成时间 done", CellKind.Text), new("by", "经办人 by", CellKind.Text), new("why", "原因 why", CellKind.Text),
        new("reportHash", "报告校验值 report hash", CellKind.Text),
    ];

    /// <exception cref="FaultException">NotFound: there is no such run.</exception>
    public static ReportTable Of(StoreSession session, string region, long no)
    {
        var run = PolicyRunStore.Of(session, region, no)
            ?? throw new FaultException(new Fault(Codes.NotFound, "--run", no.ToString(CultureInfo.InvariantCulture), "the number of a run: hub policy retro list"));
        var lines = PolicyRunStore.Lines(session, region, no).Select(each => each.Line).ToList();
        List<IReadOnlyList<object>> rows = [.. lines.OrderBy(line => (line.Person, line.ServiceDay, line.DeviceNo, line.Epoch, line.Seq)).Select(line => Row("settlement", line, [line]))];
        rows.AddRange(Sums("person", lines, line => line.Person));
        rows.AddRange(Sums("institution", lines, line => line.Institution));
        rows.AddRange(Sums("payer", lines, line => line.Payer));
        rows.AddRange(Sums("total", lines, _ => ""));
        return new ReportTable(
            "retro", $"追溯政策影响 Whom run {run.No.ToString(CultureInfo.InvariantCulture)} hits",
            [
                ("region", region), ("run", run.No.ToString(CultureInfo.InvariantCulture)), ("status", run.Status), ("book", run.Book.Key), ("knownFrom", Day(run.Book.KnownFrom)),
                ("persons", lines.Select(line => line.Person).Distinct().Count().ToString(CultureInfo.InvariantCulture)),
                ("renewed", run.Renewed.ToString(CultureInfo.InvariantCulture)), ("reportHash", run.ReportHash),
            ],
            Columns, rows, null,
            [
                "Old: as decided when the run was prepared; new: as the book would have it. Renewed: decisions that only name the new book.",
                "Owed: to the person, paid out at any site. Borne: paid too much by the funds; the person is never charged. Due: from an institution that was at fault already; its fault is measured by the book that holds.",
            ]);
    }

    /// <summary>All runs.</summary>
    public static ReportTable All(StoreSession session, string region) => new(
        "retro-runs", "追溯政策 Retroactive runs", [("region", region)], RunColumns,
        [.. PolicyRunStore.All(session, region).Select(run => (IReadOnlyList<object>)
        [
            run.No.ToString(CultureInfo.InvariantCulture), run.Status, run.Book.Key, Day(run.Book.KnownFrom), Instant(run.PreparedMs), run.DoneMs == 0 ? "" : Instant(run.DoneMs),
            run.DoneBy, run.Why, run.ReportHash,
        ])],
        null, []);

    private static IEnumerable<IReadOnlyList<object>> Sums(string level, IReadOnlyList<HitLine> lines, Func<HitLine, string> of) =>
        lines.GroupBy(line => (Of: of(line), line.Currency)).OrderBy(group => group.Key).Select(group => Row(level, group.First(), [.. group]));

    private static IReadOnlyList<object> Row(string level, HitLine like, IReadOnlyList<HitLine> of)
    {
        var (old, now) = of.Aggregate((Old: HitSums.Zero, New: HitSums.Zero), (sum, line) => (sum.Old + line.Old, sum.New + line.New));
        var one = level == "settlement";
        return
        [
            level, one || level == "person" ? like.Person : "", one || level == "institution" ? like.Institution : "", one || level == "payer" ? like.Payer : "",
            one ? like.Settlement.ToString("D") : "", one ? Day(like.ServiceDay) : "", one ? like.OldStatus == like.NewStatus ? like.NewStatus : $"{like.OldStatus} > {like.NewStatus}" : "",
            (long)of.Count, .. old.Columns.Zip(now.Columns).SelectMany(pair => new object[] { pair.First, pair.Second }), like.Currency,
        ];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
