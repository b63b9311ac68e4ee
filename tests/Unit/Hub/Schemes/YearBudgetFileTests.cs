using EdgeHub.Hub.Export;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Benefit;

namespace EdgeHub.Tests.Unit.Hub.Schemes;

/// <summary>The worked year of the requirements (Z5, Z7, Z10, Z12): 165,000 persons at 830.00, one private provider.</summary>
public sealed class YearBudgetFileTests : IDisposable
{
    private static readonly string Sample = File.ReadAllText(BookText.Repository("installers/quickstart/data/budget-2025-sample.json"));
    private readonly TempHub _hub = new();

    public void Dispose() => _hub.Dispose();

    [Fact]
    public void Load_Sample_IssuesTheWholeFundingAndNothingElse()
    {
        var (budget, changed) = YearBudgetFile.Load(_hub.Store, Sample);

        Assert.True(changed);
        Assert.Equal((136_950_000_00, 120_207_780_00, 116_854_180_00), (budget.Funding, budget.Package, budget.LeadIndicator));
        Assert.Equal(
            ["CatastrophicPremium * 1155000000", "CityExtraction * 273900000", "Funding * -13695000000", "PackageBudget * 11685418000", "ProviderIndicator 530924100003 335360000", "RiskReserve * 245322000"],
            Balances());
    }

    [Fact]
    public void Load_SameFileAgain_ChangesNothing()
    {
        YearBudgetFile.Load(_hub.Store, Sample);
        var sets = _hub.Count("select count(*) from ledger_set");

        var (budget, changed) = YearBudgetFile.Load(_hub.Store, Sample);

        Assert.False(changed);
        Assert.Equal(1, budget.Version);
        Assert.Equal(sets, _hub.Count("select count(*) from ledger_set"));
    }

    [Fact]
    public void Load_ReserveAlmostFull_TakesOnlyTheRoomAndPostsOnlyTheDifference()
    {
        // Cap 13,695,000; balance 12,500,000: the reserve takes 1,195,000 and P is 121,466,000 (Z7).
        YearBudgetFile.Load(_hub.Store, Sample);

        var (budget, _) = YearBudgetFile.Load(_hub.Store, Sample.Replace("\"reserveBalanceYuan\": \"0.00\"", "\"reserveBalanceYuan\": \"12500000.00\"", StringComparison.Ordinal));

        Assert.Equal((2, 1_195_000_00, 121_466_000_00), (budget.Version, budget.ReserveExtraction, budget.Package));
        Assert.Contains("RiskReserve * 119500000", Balances());
        Assert.Contains("Funding * -13695000000", Balances());
        Assert.Equal(2, _hub.Count("select count(*) from ledger_set"));
        Assert.Equal(0, _hub.Count("select sum(fen) from ledger_leg"));
    }

    [Fact]
    public void Load_WrongValue_IsRefusedByNameAndNothingIsStored()
    {
        var wrong = Assert.Throws<FaultException>(() => YearBudgetFile.Load(_hub.Store, Sample.Replace("\"0.048\"", "\"4.8\"", StringComparison.Ordinal)));

        Assert.Contains("growth", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(0, _hub.Count("select count(*) from county_budget"));
    }

    [Fact]
    public void Report_BeforeAnyVisit_ShowsTheStepsAndAnUntouchedPackage()
    {
        YearBudgetFile.Load(_hub.Store, Sample);

        var report = _hub.Store.Read(session => PackageReport.Of(session, TempHub.Region, 2025));

        var rows = report.Rows.ToDictionary(row => (string)row[0], row => $"{row[1]} {ReportTable.Shown(row[2], CellKind.Amount)}");
        Assert.Equal("Z12 (四(二)2) 116854180.00", rows["lead hospital's indicator"]);
        Assert.Equal("Z24 (四(三)5) 0.00", rows["总医院 lead hospital's package: actual so far"]);
        Assert.Equal("Z24 (四(三)5) 116854180.00", rows["总医院 lead hospital's package: surplus"]);
        Assert.Equal("Z24 (四(三)5) 3353600.00", rows["530924100003: surplus"]);
    }

    [Fact]
    public void Report_YearWithoutABudget_IsRefusedByName() =>
        Assert.Contains("--year", Assert.Throws<FaultException>(() => _hub.Store.Read(session => PackageReport.Of(session, TempHub.Region, 2031))).Message, StringComparison.Ordinal);

    private IReadOnlyList<string> Balances() => _hub.Store.Read(session => session.Query<string>(
        "select kind || ' ' || owner || ' ' || fen from public_balance where fen <> 0 order by 1"));
}
