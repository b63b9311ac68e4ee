using System.Text.Json.Nodes;

namespace EdgeHub.Tests.Scenarios.Morning;

/// <summary>One test for each event of the morning: hub and five clinics as processes, the line cut and back.</summary>
public sealed class MorningTests(MorningRun run) : IClassFixture<MorningRun>
{
    [Fact]
    public void Morning_AllEventsRight_SaysOk() =>
        Assert.Single(run.Output.Split('\n'), line => line.StartsWith("OK:", StringComparison.Ordinal));

    /// <summary>With nothing but what is printed: the desk's address, the sample PIN, the page with the virtual cards. Then Ctrl-C.</summary>
    [Fact]
    public async Task Desk_StaysOpen_UntilItIsInterrupted_AndNothingIsLeft()
    {
        using (var desk = new StayingDesk(run.Output))
        {
            Assert.Contains("id=\"card\"", await desk.SignIn(), StringComparison.Ordinal);
            var holder = await desk.PutSecondCard();
            Assert.Contains(holder, await desk.Shows(holder), StringComparison.Ordinal);
        }
        // The code of the morning that had ended, as without --stay: everything was right.
        Assert.Equal(0, await run.Interrupt());
        Assert.Contains("Stopped. What was started has been ended", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.State, "pids")));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Select(CommandLine), line => line.Contains(run.State, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(run.Temporary));
    }

    [Fact]
    public void Visits_LineUp_AllSettled() => Assert.Equal(30, run.Right("VisitsOnline").Number("visits"));

    [Fact]
    public void Visits_LineCut_AllSettled()
    {
        Assert.Equal(5, run.Right("LineCut").Number("offlineSites"));
        Assert.Equal(15, run.Right("VisitsOffline").Number("visits"));
    }

    [Fact]
    public void BlacklistedCard_LineCut_IsRefused()
    {
        run.Right("BlacklistReaches");
        Assert.Equal("Blacklisted", run.Right("BlacklistedCard").Text("code"));
    }

    [Fact]
    public void OfflineLimit_Reached_IsRefusedWithEvidence()
    {
        Assert.StartsWith("Offline", run.Right("LimitReached").Text("code"), StringComparison.Ordinal);
        Assert.Equal("OfflineAmountPerVisit", run.Right("LimitReached").Text("amountCode"));
        Assert.Equal(2, run.Right("Recount").Number("offlineRefusals"));
    }

    [Fact]
    public void Reversal_Twice_SecondIsRefused()
    {
        Assert.Equal("AlreadyReversed", run.Right("Reversal").Text("secondTime"));
        Assert.Equal(1, run.Right("Recount").Number("reversals"));
    }

    [Fact]
    public void SameRequest_Twice_SameSettlement()
    {
        var same = run.Right("SameRequest");
        Assert.Equal(same.Text("first"), same.Text("second"));
    }

    [Fact]
    public void RequestKey_OtherContent_IsRefused() => Assert.Equal("RequestKeyReused", run.Right("SameRequest").Text("otherContent"));

    [Fact]
    public void Agent_KilledBetweenConfirmAndAnswer_KnowsTheOneSettlement() => Assert.Equal(1, run.Right("KilledAgent").Number("entriesInJournal"));

    [Fact]
    public void Deductible_TakenByTwoClinics_IsOwedAndPaidOnce()
    {
        var two = run.Right("TwoClinicsOneDeductible");
        Assert.True(two.Number("firstDeductibleFen") > 0 && two.Number("secondDeductibleFen") > 0);
        var paid = run.Right("PaidOut");
        // 60.00 yuan taken a second time at the county hospital, whose rate is 40 %.
        Assert.Equal(24_00, paid.Number("owedFen"));
        Assert.Equal(0, run.Right("NothingOwed").Number("leftFen"));
        Assert.Equal(paid.Number("owedFen"), run.Right("Recount").Number("refundsFen"));
    }

    [Fact]
    public void Line_Returns_EverythingIsAcknowledged() => Assert.True(run.Right("LineReturns").Number("heldEntries") > 15);

    [Fact]
    public void Hub_Recomputes_OneSettlementIsAdjusted()
    {
        var decided = run.Right("Decided");
        Assert.Equal(0, decided.Number("refused"));
        Assert.Equal(1, decided.Number("adjusted"));
        Assert.Equal(run.Right("PaidOut").Number("owedFen"), decided.Number("adjustedFen"));
    }

    [Fact]
    public void Settlement_OfTheMonth_EqualsTheRecount()
    {
        Assert.Equal(run.Right("Settlement").Number("groups"), run.Right("Recount").Number("groups"));
        Assert.True(run.Right("Settlement").Number("visits") >= 45);
    }

    [Fact]
    public void Verify_AfterTheMorning_FindsNothing() => Assert.Equal(0, run.Right("Verify").Number("exitCode"));

    [Fact]
    public void Calendar_OverTheTombSweepingDays_CountsWorkingDaysOnly() => Assert.Equal("2025-04-08", run.Right("Calendar").Text("lastDay"));

    [Fact]
    public async Task Recount_OfTheFilesAgain_IsOk()
    {
        var (exitCode, output) = await MorningRun.QuickstartAsync("recount", "--state", run.State);
        Assert.Equal((0, true), (exitCode, output.StartsWith("OK", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Recount_PlantedWrongSum_IsNotOk()
    {
        using var copy = new StateCopy(run.State);
        var file = Path.Combine(copy.Folder, "reports", "settlement.json");
        var report = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var row = report["rows"]!.AsArray()[0]!.AsObject();
        row["fund"] = row["fund"]!.GetValue<long>() + 1;
        await File.WriteAllTextAsync(file, report.ToJsonString());

        var (exitCode, output) = await MorningRun.QuickstartAsync("recount", "--state", copy.Folder);

        Assert.Equal((1, true), (exitCode, output.Contains("NOT OK", StringComparison.Ordinal)));
        Assert.Contains(row["institution"]!.ToString(), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recount_LineTakenFromAJournal_IsNotOk()
    {
        using var copy = new StateCopy(run.State);
        var file = Directory.EnumerateFiles(Path.Combine(copy.Folder, "journals")).Order(StringComparer.Ordinal).First();
        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllTextAsync(file, string.Concat(lines.Where((_, i) => i != 5).Select(line => line + "\n")));

        var (exitCode, output) = await MorningRun.QuickstartAsync("recount", "--state", copy.Folder);

        Assert.Equal((1, true), (exitCode, output.Contains("NOT OK", StringComparison.Ordinal)));
    }

    /// <summary>A process may end while its line is read.</summary>
    private static string CommandLine(string folder)
    {
        try
        {
            var file = Path.Combine(folder, "cmdline");
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Journals, decisions and reports of the morning, to be spoilt.</summary>
    private sealed class StateCopy : IDisposable
    {
        public StateCopy(string from)
        {
            foreach (var folder in new[] { "journals", "decisions", "reports" })
            {
                Directory.CreateDirectory(Path.Combine(Folder, folder));
                foreach (var file in Directory.EnumerateFiles(Path.Combine(from, folder)))
                {
                    File.Copy(file, Path.Combine(Folder, folder, Path.GetFileName(file)));
                }
            }
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("edgehub-recount-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
