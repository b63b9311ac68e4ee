using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using EdgeHub.Hub;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Reporting;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Benefit;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>The bureau's commands, run through the command line on a hub with judged visits: exit codes, words, files.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private const string Ana = "53092400000001";
    private static readonly string Budget = BookText.Repository("installers/quickstart/data/budget-2025-sample.json");
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public ReportCommandTests()
    {
        HubStore.OpenOrMake(_lab.Folder, TempHub.Settings, _lab.Clock, new SystemEntropy(), place: _lab.Words).Dispose();
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
        _north.Settle(Ana, "2025-03-03", 600.00m);
        _north.Write("NoSuchKind", "2025-03-03", new DeviceStarted("1", "test", "1"));
        _south.Settle(Ana, "2025-03-04", 150.00m);
        Deliver();
    }

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("table", "390.00")]
    [InlineData("csv", "合计 total,")]
    [InlineData("json", "\"fund\"")]
    public async Task SettlementReport_Printed_HoldsTheMonth(string format, string words)
    {
        var (code, output, _) = await Run("report", "settlement", "--month", "2025-03", "--format", format);

        Assert.Equal(0, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Contains("530924100202", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettlementReport_Json_SumsAreTheDecidedOnes()
    {
        var (_, output, _) = await Run("report", "settlement", "--month", "2025-03", "--format", "json");

        using var json = JsonDocument.Parse(output);
        var totals = json.RootElement.GetProperty("totals");
        // 600.00: (600 - 100) x 60 % = 300.00; 150.00 on a used deductible: 90.00, of which the site gave 30.00.
        Assert.Equal(39_000, totals.GetProperty("fund").GetInt64());
        Assert.Equal(75_000, totals.GetProperty("total").GetInt64());
        Assert.Equal(33_000, totals.GetProperty("due").GetInt64());
    }

    [Fact]
    public async Task SettlementReport_Xlsx_IsAValidWorkbookOfTheRealRows()
    {
        var file = Path.Combine(_lab.Folder, "out", "settlement.xlsx");

        var (code, output, _) = await Run("report", "settlement", "--month", "2025-03", "--format", "xlsx", "--out", file);

        Assert.Equal(0, code);
        Assert.Contains("2 rows", output, StringComparison.Ordinal);
        using var workbook = SpreadsheetDocument.Open(file, false);
        Assert.Empty(new OpenXmlValidator().Validate(workbook).Select(fault => fault.Description));
        Assert.Contains("300.00", workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.InnerText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--month", "report", "settlement", "--month", "2025-13")]
    [InlineData("--format", "report", "settlement", "--month", "2025-03", "--format", "pdf")]
    [InlineData("--out", "report", "settlement", "--month", "2025-03", "--format", "xlsx")]
    [InlineData("--year", "report", "package", "--year", "2025")]
    [InlineData("--month", "month", "close", "--month", "2025-03", "--operator", "clerk")]
    [InlineData("--month", "month", "close", "--month", "March", "--operator", "clerk")]
    [InlineData("--operator", "month", "close", "--month", "2025-02", "--operator", " ")]
    [InlineData("--account", "ledger", "show", "--account", "Nothing/1")]
    [InlineData("--cause", "ledger", "show")]
    public async Task Command_GivenWrongly_SaysWhatAndEndsWithTwo(string words, params string[] args)
    {
        var (code, _, errors) = await Run(args);

        Assert.Equal(2, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwedAndQuarantine_NameWhatIsOpen()
    {
        var (owedCode, owed, _) = await Run("report", "owed");
        var (asideCode, aside, _) = await Run("report", "quarantine", "--format", "csv");

        Assert.Equal((0, 0), (owedCode, asideCode));
        Assert.Contains("AccumulatorsStale", owed, StringComparison.Ordinal);
        Assert.Contains("60.00", owed, StringComparison.Ordinal);
        Assert.Contains("UnknownKind", aside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_WithCharges_ShowsWhatTheyCostOfTheIndicator()
    {
        Assert.Equal(0, (await Run("load", "budget", Budget)).Code);

        var (code, output, _) = await Run("report", "package", "--year", "2025", "--format", "csv");

        Assert.Equal(0, code);
        Assert.Contains("actual so far,Z24 (四(三)5),390.00,CNY", output, StringComparison.Ordinal);
        Assert.Contains("surplus,Z24 (四(三)5),116853790.00,CNY", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Clean_EndsWithZero_PlantedEndsWithOneAndNamesIt()
    {
        var (clean, words, _) = await Run("verify");
        _lab.Store.Write(session => session.Execute("update settlement_fact set disease = 'M01' where device_no = 1"));
        var (planted, _, errors) = await Run("verify");

        Assert.Equal((0, 1), (clean, planted));
        Assert.Contains("agrees", words, StringComparison.Ordinal);
        Assert.Contains("settlement_fact 1/1/1 disease", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MonthClose_WhenOver_TakesNoPostingMore_LaterVisitsStandInTheOpenMonth()
    {
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 2, 8, 0, 0, TimeSpan.Zero);
        Assert.StartsWith("2025-03 is closed.\n", (await Run("month", "close", "--month", "2025-03", "--operator", "clerk")).Output, StringComparison.Ordinal);
        Assert.Equal((0, "2025-03 was closed before.\n"), Said(await Run("month", "close", "--month", "2025-03", "--operator", "clerk")));

        _south.Settle(Ana, "2025-03-05", 10.00m);
        Deliver();

        Assert.Equal(["2025-03 2025-03", "2025-04 2025-03"], _lab.Query<string>(
            "select distinct posting_month || ' ' || service_month from public_decided_rollup order by 1"));
        Assert.Equal(0, (await Run("verify")).Code);
        Assert.Contains("2025-03", (await Run("report", "settlement", "--month", "2025-04")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MonthClose_WithEntriesThatWait_OrADifference_IsRefused()
    {
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 2, 8, 0, 0, TimeSpan.Zero);
        _south.Settle(Ana, "2025-03-05", 10.00m);
        _south.Send();
        var waiting = await Run("month", "close", "--month", "2025-03", "--operator", "clerk");
        _lab.SettleAll();
        _lab.Store.Write(session => session.Execute("update decided_rollup set visits = visits + 1"));
        var differs = await Run("month", "close", "--month", "2025-03", "--operator", "clerk");

        Assert.Equal((1, 1), (waiting.Code, differs.Code));
        Assert.Contains("wait to be judged", waiting.Errors, StringComparison.Ordinal);
        Assert.Contains("decided_rollup", differs.Errors, StringComparison.Ordinal);
        Assert.Equal(0, _lab.Number("select count(*) from ledger_period"));
    }

    [Fact]
    public async Task MonthClose_SaysEverythingThatStandsAgainstIt()
    {
        _lab.Clock.Now = new DateTimeOffset(2025, 5, 2, 8, 0, 0, TimeSpan.Zero);
        _south.Settle(Ana, "2025-03-05", 10.00m);
        _south.Send();
        _lab.Store.Write(session => session.Execute("update decided_rollup set visits = visits + 1"));

        var (code, _, errors) = await Run("month", "close", "--month", "2025-04", "--operator", "clerk");

        Assert.Equal(1, code);
        Assert.Contains("2025-03 has postings and is open", errors, StringComparison.Ordinal);
        Assert.Contains("wait to be judged", errors, StringComparison.Ordinal);
        Assert.Contains("look at: hub report settlement", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LedgerBalance_OfAMonth_OpensMovesAndClosesAndSumsToZero()
    {
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 2, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(0, (await Run("month", "close", "--month", "2025-03", "--operator", "clerk")).Code);
        _south.Settle(Ana, "2025-03-05", 10.00m);
        Deliver();

        var (code, output, _) = await Run("ledger", "balance", "--month", "2025-04", "--format", "csv");
        var (_, march, _) = await Run("ledger", "balance", "--month", "2025-03");
        var (_, months, _) = await Run("month", "list", "--format", "csv");

        Assert.Equal(0, code);
        Assert.Contains("PackageBudget,*,CountyPackage,2025,CNY,-390.00,-6.00,-396.00", output, StringComparison.Ordinal);
        Assert.Contains("合计 total,,,,,0.00,0.00,0.00", output, StringComparison.Ordinal);
        Assert.Contains("by clerk", march, StringComparison.Ordinal);
        Assert.Matches("2025-03,2025-04-02 08:00:00Z,clerk,2,0{64},[0-9a-f]{64}", months);
    }

    [Theory]
    [InlineData("--cause", "settlement/1/1/1", "SettlementDecided")]
    [InlineData("--account", "PackageBudget", "SettlementDecided")]
    [InlineData("--account", "SettledPool/530924100202", "Z2 三(二)1")]
    public async Task LedgerShow_OfACauseOrAnEnvelope_ListsLegsWithArticles(string option, string of, string words)
    {
        var (code, output, _) = await Run("ledger", "show", option, of, "--format", "csv");

        Assert.Equal(0, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LedgerTable_Printed_HasEveryEvent()
    {
        var (code, output, _) = await Run("ledger", "table", "--format", "csv");

        Assert.Equal(0, code);
        Assert.All(Enum.GetNames<LedgerEvent>(), name => Assert.Contains("\n" + name + ",", output, StringComparison.Ordinal));
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
    }

    private static (int, string) Said((int Code, string Output, string Errors) run) => (run.Code, run.Output);

    private async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var frame = new CommandFrame(_lab.Clock, new SystemEntropy(), output, errors);
        ReportCommands.Register(frame);
        PackageCommands.Register(frame);
        VerifyCommand.Register(frame);
        MonthCommand.Register(frame);
        LedgerCommands.Register(frame);
        var code = await frame.Run([.. args, "--data", _lab.Folder]);
        return (code, output.ToString(), errors.ToString());
    }
}
