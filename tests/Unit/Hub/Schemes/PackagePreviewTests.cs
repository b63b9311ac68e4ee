using EdgeHub.Hub.Export;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Benefit;

namespace EdgeHub.Tests.Unit.Hub.Schemes;

/// <summary>Z24 on money that was charged: below, at and above the indicator, below zero, and where none was issued.</summary>
public sealed class PackagePreviewTests : IDisposable
{
    private const string Lead = "总医院 lead hospital's package";
    private const string Hospital = "530924100003";
    private const string Other = "530924100009";
    private readonly TempHub _hub = new();
    private int _posted;

    public PackagePreviewTests() =>
        YearBudgetFile.Load(_hub.Store, File.ReadAllText(BookText.Repository("installers/quickstart/data/budget-2025-sample.json")));

    public void Dispose() => _hub.Dispose();

    [Theory]
    [InlineData(3_500_00, 1, "3500.00", "3350100.00", "0.00")] // indicator 3,353,600.00
    [InlineData(3_353_599_99, 1, "3353599.99", "0.01", "0.00")]
    [InlineData(3_353_600_00, 2, "3353600.00", "0.00", "0.00")] // equality is the second case
    [InlineData(3_353_600_01, 2, "3353600.00", "0.00", "0.01")]
    [InlineData(4_000_000_00, 2, "3353600.00", "0.00", "646400.00")]
    public void Preview_OfAPrivateProvider_IsZ24(long actual, int which, string pay, string surplus, string overrun)
    {
        Charge(LedgerEvent.IndicatorCharged, AccountKind.ProviderIndicator, Hospital, actual);

        var rows = Rows();

        Assert.Equal(ReportTable.Shown(actual, CellKind.Amount) + " CNY", rows[$"{Hospital}: actual so far"]);
        Assert.Equal(pay + " CNY", rows[$"{Hospital}: pay, case {which}"]);
        Assert.Equal(surplus + " CNY", rows[$"{Hospital}: surplus"]);
        Assert.Equal(overrun + " CNY", rows[$"{Hospital}: overrun self-borne"]);
        Assert.Equal("0.00 CNY", rows[$"{Lead}: actual so far"]);
    }

    [Fact]
    public void Preview_OfTheLeadHospital_IsZ24()
    {
        Charge(LedgerEvent.SettlementDecided, AccountKind.PackageBudget, Account.TheRegion, 390_00);

        var rows = Rows();

        Assert.Equal("390.00 CNY", rows[$"{Lead}: pay, case 1"]);
        Assert.Equal("116853790.00 CNY", rows[$"{Lead}: surplus"]);
    }

    [Fact]
    public void Preview_ProviderWithoutAnIndicator_IsListedAndFlagged()
    {
        Charge(LedgerEvent.IndicatorCharged, AccountKind.ProviderIndicator, Other, 120_00);

        var rows = Rows();

        Assert.Equal("120.00 CNY", rows[$"{Other} (no budget in this currency): actual so far"]);
        Assert.Equal("120.00 CNY", rows[$"{Other} (no budget in this currency): overrun self-borne"]);
    }

    [Fact]
    public void Preview_OtherCurrency_IsListedByItself()
    {
        Charge(LedgerEvent.IndicatorCharged, AccountKind.ProviderIndicator, Hospital, 7_00, Currency.Parse("SEK"));

        var rows = Rows();

        Assert.Equal("0.00 CNY", rows[$"{Hospital}: actual so far"]);
        Assert.Equal("7.00 SEK", rows[$"{Hospital} (no budget in this currency): actual so far"]);
    }

    [Fact]
    public void Preview_BelowZero_IsShownAndNotPreviewed()
    {
        Charge(LedgerEvent.SettlementDecided, AccountKind.PackageBudget, Account.TheRegion, -5_00);

        var rows = Rows();

        Assert.Equal("-5.00 CNY", rows[$"{Lead}: actual so far, below zero: no preview"]);
        Assert.DoesNotContain($"{Lead}: surplus", rows.Keys);
    }

    private void Charge(LedgerEvent happened, AccountKind kind, string owner, long fen, Currency? currency = null)
    {
        var unit = currency ?? Currency.Cny;
        var day = new DateOnly(2025, 3, 3);
        _hub.Store.Write(session => LedgerStore.Post(session, new PostingSet(
            _hub.Store.Entropy.NewId(_hub.Clock.Now), TempHub.Region, $"settlement/test/{++_posted}", day, day,
            [
                new Movement(
                    happened, new Account(TempHub.Region, unit, kind, owner, "CountyPackage", "2025"),
                    new Account(TempHub.Region, unit, AccountKind.SettledPool, Hospital, "CountyPackage", "2025"), fen),
            ])));
    }

    private Dictionary<string, string> Rows() => _hub.Store.Read(session => PackageReport.Of(session, TempHub.Region, 2025)).Rows
        .Where(row => ((string)row[0]).Contains(": ", StringComparison.Ordinal))
        .ToDictionary(row => (string)row[0], row => $"{ReportTable.Shown(row[2], CellKind.Amount)} {row[3]}");
}
