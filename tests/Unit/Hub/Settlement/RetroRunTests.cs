using EdgeHub.Hub;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>A policy book that would hold for judged visits: reported first, let loose by a person, and then only differences, in the
/// open month. The first book pays 60 % above a yearly deductible of 100.00.</summary>
public sealed class RetroRunTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Bo = "53092400000002";
    private const string Cy = "53092400000003";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;
    private readonly LabSite _west;

    public RetroRunTests()
    {
        HubStore.OpenOrMake(_lab.Folder, TempHub.Settings, _lab.Clock, new SystemEntropy(), place: _lab.Words).Dispose();
        foreach (var person in (string[])[Ana, Bo, Cy])
        {
            _lab.Person(person);
        }
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
        _west = _lab.Site("530924100203", 3);
        // 150.00: (150 - 100) x 60 % = 30.00; 100.00: 60.00; 300.00: 120.00. Cy's visit was captured before the book became known.
        _north.Settle(Ana, "2025-03-12", 150.00m);
        _north.Settle(Ana, "2025-03-14", 100.00m);
        _south.Settle(Bo, "2025-03-12", 300.00m);
        _west.Settle(Cy, "2025-03-05", 200.00m);
        Deliver();
        _lab.Store.Write(session => PeriodStore.Close(session, SettlementLab.Region, "2025-03", "clerk", _lab.Clock.Now));
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 2, 8, 0, 0, TimeSpan.Zero);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Prepare_LowerRate_ReportsWhomItHits_AndChangesNothing()
    {
        var before = Everything();
        Assert.Contains("hub policy retro prepare", (await Run("load", "policy", Book("0.5"))).Errors, StringComparison.Ordinal);

        var prepared = await Run("policy", "retro", "prepare", "--file", Book("0.5"));
        var (code, report, _) = await Run("report", "retro", "--run", "1", "--format", "csv");

        Assert.Equal((0, 0), (prepared.Code, code));
        Assert.Equal(before, Everything());
        Assert.Equal(1, _lab.Number("select count(*) from policy_book"));
        Assert.Contains("settlement,53092400000001,530924100201,PackageBudget/*,", report, StringComparison.Ordinal);
        // Fund, catastrophic, assistance, account, cash, owed, borne, due: old and new.
        Assert.Contains("person,53092400000001,,,,,,2,90.00,75.00,0.00,0.00,0.00,0.00,0.00,0.00,160.00,175.00,0.00,0.00,0.00,15.00,0.00,0.00,CNY", report, StringComparison.Ordinal);
        Assert.Contains("institution,,530924100202,,,,,1,120.00,100.00,", report, StringComparison.Ordinal);
        Assert.Contains("payer,,,PackageBudget/*,,,,3,210.00,175.00,", report, StringComparison.Ordinal);
        Assert.Contains("total,,,,,,,3,210.00,175.00,", report, StringComparison.Ordinal);
        Assert.DoesNotContain(Cy, report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table", "应退个人")]
    [InlineData("json", "\"newOwed\"")]
    public async Task Report_InOtherFormats_IsGiven(string format, string words)
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));

        Assert.Contains(words, (await Run("report", "retro", "--run", "1", "--format", format)).Output, StringComparison.Ordinal);
    }

    /// <summary>The fund paid too much: 30 - 25 and 60 - 50 for Ana, 120 - 100 for Bo. Nobody is charged; the package bears 35.00.</summary>
    [Fact]
    public async Task Release_LowerRate_ThePackageBears_NobodyIsCharged()
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));

        var (code, output, errors) = await Release(1);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("3 decisions", output, StringComparison.Ordinal);
        Assert.Equal(
            ["Adjusted RetroactivePolicy 10000 Package 2025-04", "Adjusted RetroactivePolicy 2500 Package 2025-04", "Adjusted RetroactivePolicy 5000 Package 2025-04"],
            _lab.Query<string>("select status || ' ' || cause || ' ' || fund || ' ' || bears || ' ' || posting_month from decision where version = 2 order by 1"));
        Assert.Equal((0L, -27_000L), (_lab.Balance("PayableTo", Ana), _lab.Balance("PackageBudget", "*")));
        Assert.Equal((9_000L, 12_000L), (_lab.Balance("SettledPool", "530924100201"), _lab.Balance("SettledPool", "530924100202")));
        Assert.Equal(3_500, _lab.Number("select sum(offline_difference) from public_decided_rollup where posting_month = '2025-04' and service_month = '2025-03'"));
        Assert.Equal(0, (await Run("verify")).Code);
    }

    /// <summary>The persons paid too much: at 80 % 40, 80 and 160 are right, so 10 + 20 and 40 are owed.</summary>
    [Fact]
    public async Task Release_HigherRate_OwesThePersons_InTheOpenMonth()
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.8"));
        await Release(1);

        Assert.Equal((3_000L, 4_000L, 0L), (_lab.Balance("PayableTo", Ana), _lab.Balance("PayableTo", Bo), _lab.Balance("PayableTo", Cy)));
        Assert.Equal((9_000L, 12_000L), (_lab.Balance("SettledPool", "530924100201"), _lab.Balance("SettledPool", "530924100202")));
        Assert.Equal(["2025-04 2025-03 7000"], _lab.Query<string>(
            "select posting_month || ' ' || service_month || ' ' || sum(owed) from public_decided_rollup where posting_month = '2025-04' group by posting_month, service_month"));
        Assert.Equal(3, _lab.Number("select count(*) from ledger_set where corrects is not null and posting_month = '2025-04'"));
        Assert.Equal(2, _lab.Number("select book_version from public_policy_book order by version desc limit 1"));
        Assert.Equal(0, (await Run("verify")).Code);
        Assert.Contains("Released", (await Run("policy", "retro", "list")).Output, StringComparison.Ordinal);
    }

    /// <summary>Two clinics whose lines do not hold together: one had the right amounts all the same, and is not charged for the run;
    /// the other had given 60.00 where 54.00 were right: 6.00 are its own, and the package bears what the run makes of it beyond that.</summary>
    [Fact]
    public async Task Release_InstitutionsFault_IsNotMadeByTheRun()
    {
        var right = _west.Settle(Cy, "2025-03-16", 100.00m, tamper: body => body with { Policy = body.Policy with { Row = 9 } });
        var wrong = _west.Settle(Cy, "2025-03-17", 90.00m, tamper: body => body with
        {
            Policy = body.Policy with { Row = 9 }, Shares = body.Shares with { Fund = 6000, Cash = 3000 },
        });
        Deliver();
        Assert.Equal("Accepted   6000/0/4000 Nobody", _lab.Decision(right.Settlement));
        Assert.Equal("Adjusted  ComputedOtherwise 5400/0/3600 Institution", _lab.Decision(wrong.Settlement));

        await Run("policy", "retro", "prepare", "--file", Book("0.5"));
        await Release(1);

        Assert.Equal("Adjusted  RetroactivePolicy 5000/0/5000 Package", _lab.Decision(right.Settlement));
        Assert.Equal("Adjusted  ComputedOtherwise 4500/0/4500 Institution", _lab.Decision(wrong.Settlement));
        // Of the 15.00 that are too much now, 6.00 were its own before the run, too.
        Assert.Equal((-600L, 600L), (_lab.Balance("ReceivableFrom", _west.Code), _lab.Number("select own_fault from decision where version = 2 and own_fault > 0")));
        Assert.Equal(0, (await Run("verify")).Code);
    }

    /// <summary>A line from before the release that comes after it could not know of the book; one captured later is stale.</summary>
    [Fact]
    public async Task Release_LinesThatComeLater_AreJudgedByTheBook_WithTheirOwnCause()
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));
        await Release(1);
        var late = _west.Settle(Cy, "2025-03-20", 100.00m);
        var later = _west.Settle(Cy, "2025-04-03", 100.00m);
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 4, 8, 0, 0, TimeSpan.Zero);
        Deliver();

        Assert.Equal("Adjusted  RetroactivePolicy 5000/0/5000 Package", _lab.Decision(late.Settlement));
        Assert.Equal("Adjusted  PolicyStale 5000/0/5000 Package", _lab.Decision(later.Settlement));
        Assert.Equal(0, (await Run("verify")).Code);
    }

    [Fact]
    public async Task Release_WhatWasJudgedSinceChangesTheReport_IsRefusedAndNothingHappens()
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));
        _north.Settle(Ana, "2025-03-13", 50.00m);
        Deliver();
        var before = Everything();

        var (code, _, errors) = await Release(1);

        Assert.Equal(2, code);
        Assert.Contains("ReportChanged", errors, StringComparison.Ordinal);
        Assert.Equal(before, Everything());
        Assert.Equal(1, _lab.Number("select count(*) from policy_book"));
        Assert.Equal(0, (await Run("policy", "retro", "cancel", "--run", "1", "--why", "prepared again", "--operator", "Li Na")).Code);
        Assert.Equal(0, (await Run("policy", "retro", "prepare", "--file", Book("0.5"))).Code);
        Assert.Equal(0, (await Release(2)).Code);
        Assert.Equal(0, (await Run("verify")).Code);
    }

    [Fact]
    public async Task Release_WhatWasJudgedSinceLeavesTheReportAsItIs_GoesOn()
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));
        _west.Settle(Cy, "2025-03-06", 50.00m);
        Deliver();

        Assert.Equal(0, (await Release(1)).Code);
    }

    [Fact]
    public async Task Prepare_WhileAnotherIsPending_IsRefused_AndADoneRunIsNotDoneAgain()
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));

        var second = await Run("policy", "retro", "prepare", "--file", Book("0.8"));
        await Run("policy", "retro", "cancel", "--run", "1", "--why", "wrong rate", "--operator", "Li Na");
        var released = await Release(1);
        var unknown = await Release(7);

        Assert.Equal((2, 2, 2), (second.Code, released.Code, unknown.Code));
        Assert.Contains("release or cancel run 1", second.Errors, StringComparison.Ordinal);
        Assert.Contains("Cancelled", released.Errors, StringComparison.Ordinal);
        Assert.Equal(1, _lab.Number("select count(*) from policy_book"));
    }

    /// <summary>90 days after the year's end its scheme year is closed: the last open day, and the first one behind it.</summary>
    [Theory]
    [InlineData("2026-03-31", 0)]
    [InlineData("2026-04-01", 2)]
    public async Task Prepare_AnOlderSchemeYear_IsRefused(string today, int expected)
    {
        _lab.Clock.Now = new DateTimeOffset(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture).ToDateTime(new TimeOnly(2, 0)), TimeSpan.Zero);

        var (code, _, errors) = await Run("policy", "retro", "prepare", "--file", Book("0.5"));

        Assert.True(expected == code, errors);
        Assert.Equal(expected == 2, errors.Contains("case by case", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2025-03-13", "0.5", null, "known from 13 March it hits one visit")]
    [InlineData("2025-03-15", "0.5", "hub load policy takes it", "nothing is hit")]
    [InlineData("2025-03-10", "0.6", null, "the same rate: decisions only name the new book")]
    public async Task Prepare_ByItsKnownFrom_HitsWhatWasCapturedFromThenOn(string knownFrom, string rate, string? refused, string why)
    {
        var (code, _, errors) = await Run("policy", "retro", "prepare", "--file", Book(rate, knownFrom));

        Assert.True(refused is null == (code == 0), why + errors);
        Assert.Contains(refused ?? "", errors, StringComparison.Ordinal);
        Assert.Equal(refused is null && rate == "0.5" ? 1 : 0, _lab.Number("select count(*) from policy_run_line"));
        if (rate == "0.6")
        {
            Assert.Equal(3, _lab.Number("select renewed from policy_run"));
        }
    }

    [Theory]
    [InlineData("--operator", "policy", "retro", "release", "--run", "1", "--why", "x", "--operator", " ")]
    [InlineData("--why", "policy", "retro", "release", "--run", "1", "--why", "", "--operator", "Li Na")]
    [InlineData("--run", "report", "retro", "--run", "9")]
    [InlineData("version", "policy", "retro", "prepare", "--file", "FIRST")]
    public async Task Command_GivenWrongly_SaysWhat(string words, params string[] args)
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));
        var first = Path.Combine(_lab.Folder, "first.json");
        File.WriteAllText(first, LabPolicy.Yearly);

        var (code, _, errors) = await Run([.. args.Select(arg => arg == "FIRST" ? first : arg)]);

        Assert.Equal(2, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update policy_run set report_hash = 'x'", "policy_run")]
    [InlineData("update policy_run_line set new_fund = new_fund + 1 where device_no = 1 and seq = 1", "policy_run")]
    [InlineData("delete from policy_run_line where device_no = 2", "policy_run")]
    [InlineData("update policy_run_line set new_version = 1 where device_no = 2", "policy_run_line")]
    [InlineData("update policy_run set done_ms = done_ms + 1", "policy_run_line")]
    [InlineData("update policy_run set status = 'Cancelled'", "decision")]
    [InlineData("delete from policy_book where book_version = 2", "loaded")]
    public async Task Verify_PlantedFaultOfARun_IsFoundByName(string plant, string table)
    {
        await Run("policy", "retro", "prepare", "--file", Book("0.5"));
        await Release(1);
        Assert.Equal(0, (await Run("verify")).Code);

        _lab.Store.Write(session => session.Execute(plant));

        Assert.Equal(table, _lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First?.Table);
    }

    private Task<(int Code, string Output, string Errors)> Release(long run) =>
        Run("policy", "retro", "release", "--run", run.ToString(System.Globalization.CultureInfo.InvariantCulture), "--why", "county notice 7", "--operator", "Li Na");

    private string Book(string rate, string knownFrom = "2025-03-10")
    {
        var file = Path.Combine(_lab.Folder, $"book-{rate}.json");
        File.WriteAllText(file, LabPolicy.Of(2, knownFrom, "year", "100.00", rate, "", "400.00"));
        return file;
    }

    /// <summary>Decisions and money as they are.</summary>
    private string Everything() => string.Join(
        ';', _lab.Query<string>("select device_no || ' ' || seq || ' ' || version || ' ' || fund from decision order by 1"))
        + _lab.Number("select count(*) from ledger_leg") + string.Join(';', _lab.Query<string>("select account_no || ' ' || fen from ledger_balance order by 1"));

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _west.Send();
        _lab.SettleAll();
    }

    private async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var frame = new CommandFrame(_lab.Clock, new SystemEntropy(), output, errors);
        LoadCommands.Register(frame);
        PolicyRetroCommands.Register(frame);
        VerifyCommand.Register(frame);
        var code = await frame.Run([.. args, "--data", _lab.Folder]);
        return (code, output.ToString(), errors.ToString());
    }
}
