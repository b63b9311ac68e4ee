using EdgeHub.Hub.Export;
using EdgeHub.Hub.Reporting;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

public sealed class SettlementReportTests : IDisposable
{
    private readonly SettlementLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Month_RowsFoot_AndWhatIsDueIsWhatTheLedgerHolds()
    {
        const string ana = "53092400000001";
        _lab.Person(ana);
        var (north, south) = (_lab.Site("530924100201", 1), _lab.Site("530924100202", 2));
        north.Settle(ana, "2025-03-03", 600.00m);
        var second = south.Settle(ana, "2025-03-04", 150.00m);
        var third = south.Settle(ana, "2025-03-05", 600.00m);
        north.Reverse(north.Settle(ana, "2025-03-06", 10.00m), "2025-03-06");
        north.Send();
        south.Send();
        _lab.SettleAll();
        north.Refund(second, 1000, "2025-03-07");
        north.Send();
        _lab.SettleAll();

        var report = _lab.Store.Read(session => SettlementReport.Of(session, SettlementLab.Region, "2025-03"));

        var at = report.Columns.Select((column, i) => (column.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        Assert.All(report.Rows.Append(report.Totals!), row => Assert.Equal(
            Of(row, "total"), Of(row, "fund") + Of(row, "catastrophic") + Of(row, "assistance") + Of(row, "safetyNet") + Of(row, "account") + Of(row, "cash")));
        Assert.All(report.Rows, row => Assert.Equal(
            _lab.Balance("SettledPool", (string)row[0]) + _lab.Balance("ReceivableFrom", (string)row[0]), Of(row, "due")));
        Assert.Equal(3, Of(report.Totals!, "visits"));
        Assert.Equal(135_000, Of(report.Totals!, "total"));
        // 600: 300.00; 150 on a used deductible: 90.00; 600: of the cap of 400.00 10.00 is left.
        Assert.Equal(40_000, Of(report.Totals!, "fund"));
        Assert.Equal("Outpatient", report.Rows[0][at["visitClass"]]);
        Assert.Contains("AccumulatorsStale", _lab.Decision(third.Settlement), StringComparison.Ordinal);

        long Of(IReadOnlyList<object> row, string key) => (long)row[at[key]];
    }

    [Fact]
    public void Month_CatastrophicInsuranceAndAssistance_AreShownAndNotDueFromThePool()
    {
        const string ana = "53092400000001";
        using var lab = new SettlementLab(LabPolicy.Layered);
        lab.Person(ana);
        var (north, south) = (lab.Site("530924100201", 1), lab.Site("530924100202", 2));
        north.Settle(ana, "2025-03-03", 600.00m);
        south.Settle(ana, "2025-03-04", 600.00m);
        north.Claim(ana, "2025-03-05", 100.00m, "2025-03-20", "INV-1");
        north.Send();
        south.Send();
        lab.SettleAll();

        var report = lab.Store.Read(session => SettlementReport.Of(session, SettlementLab.Region, "2025-03"));

        var at = report.Columns.Select((column, i) => (column.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        long Of(IReadOnlyList<object> row, string key) => (long)row[at[key]];
        // 600: 300 + 50; 600: 100 + 250 + 80; 100 with the cap used up: 0 + 50 + 20.
        Assert.Equal((40_000, 35_000, 10_000), (Of(report.Totals!, "fund"), Of(report.Totals!, "catastrophic"), Of(report.Totals!, "assistance")));
        Assert.All(report.Rows.Append(report.Totals!), row => Assert.Equal(
            Of(row, "total"), Of(row, "fund") + Of(row, "catastrophic") + Of(row, "assistance") + Of(row, "account") + Of(row, "cash")));
        Assert.All(report.Rows, row => Assert.Equal(lab.Balance("SettledPool", (string)row[0]), Of(row, "due")));
    }

    [Fact]
    public void Owed_ListsPayablesAndCases()
    {
        const string ana = "53092400000001";
        _lab.Person(ana);
        var (north, south) = (_lab.Site("530924100201", 1), _lab.Site("530924100202", 2));
        north.Settle(ana, "2025-03-03", 150.00m, visit: "v1");
        north.Settle(ana, "2025-03-03", 150.00m, visit: "v1");
        south.Settle(ana, "2025-03-04", 150.00m);
        north.Send();
        south.Send();
        _lab.SettleAll();

        var report = _lab.Store.Read(session => OwedReport.Of(session, SettlementLab.Region, _lab.Settings.Zone));

        Assert.Equal(["payable AccumulatorsStale 60.00", "case Duplicate 90.00"], report.Rows.Select(row => $"{row[0]} {row[4]} {ReportTable.Shown(row[8], CellKind.Amount)}"));
    }
}
