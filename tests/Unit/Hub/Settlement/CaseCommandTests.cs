using EdgeHub.Hub;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>What people close, release and try again by hand, through the command line; verify accepts it with its record and finds
/// it without. Book: deductible 100.00 a year, then 60 %, cap 400.00.</summary>
public sealed class CaseCommandTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public CaseCommandTests()
    {
        HubStore.OpenOrMake(_lab.Folder, TempHub.Settings, _lab.Clock, new SystemEntropy(), place: _lab.Words).Dispose();
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task CaseClose_StaysClosedUntilItsAmountChanges()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Refund(visit, 500, "2025-03-04");
        Deliver();
        var subject = visit.Settlement.ToString("D");
        Assert.Contains($"RefundOverpaid,{subject},{Ana}", (await Run("case", "list", "--format", "csv")).Output, StringComparison.Ordinal);

        Assert.Equal((0, $"RefundOverpaid {subject} is closed.\n"), Said(await Hand("case", "close", "RefundOverpaid", subject)));
        _south.Settle(Ana, "2025-03-05", 10.00m);
        Deliver();
        Assert.Equal("ClosedByHand", Status());
        Assert.DoesNotContain(subject, (await Run("case", "list", "--format", "csv")).Output, StringComparison.Ordinal);
        Assert.Contains(subject, (await Run("case", "list", "--closed", "--format", "csv")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Hand("case", "close", "RefundOverpaid", subject)).Code);

        _north.Refund(visit, 100, "2025-03-06");
        Deliver();
        Assert.Equal("Open", Status());

        string Status() => _lab.Query<string>("select status from recovery_case where kind = 'RefundOverpaid'").Single();
    }

    [Fact]
    public async Task CaseRelease_PossibleDouble_IsPaid()
    {
        var claim = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1", institution: _south.Code);
        _south.Settle(Ana, "2025-03-01", 600.00m);
        Deliver();
        var subject = _lab.Query<string>("select subject from recovery_case where kind = 'PossibleDouble'").Single();

        Assert.Equal((0, $"{subject} is released.\n"), Said(await Hand("case", "release", subject)));
        Deliver();

        // The visit on the spot took 300.00; of the cap 100.00 are left.
        Assert.Equal("Adjusted  ManualReimbursement 10000/0/50000 Person", _lab.Decision(claim.Claim));
        Assert.Equal("Closed", _lab.Query<string>("select status from recovery_case").Single());
        Assert.Equal("release PossibleDouble looked at it clerk", _lab.Query<string>("select action || ' ' || kind || ' ' || why || ' ' || done_by from settled_by_hand").Single());
        Assert.Equal(2, (await Hand("case", "release", "1/1/9")).Code);
    }

    [Fact]
    public async Task CaseWithdraw_WrongInvoice_IsOwedNothingAndTheRightOneIs()
    {
        var wrong = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        Deliver();
        var right = _north.Claim(Ana, "2025-03-01", 200.00m, "2025-03-21", "INV-1");
        Deliver();
        Assert.Equal("Refused Duplicate Duplicate 0/0/0 Nobody", _lab.Decision(right.Claim));
        var id = wrong.Claim.ToString("D");

        Assert.Equal((0, $"{id} is withdrawn.\n"), Said(await Hand("case", "withdraw", id)));
        Deliver();

        Assert.Equal("Refused Withdrawn Withdrawn 0/0/0 Nobody", _lab.Decision(wrong.Claim));
        Assert.Equal("Adjusted  ManualReimbursement 6000/0/14000 Person", _lab.Decision(right.Claim));
        Assert.Equal((6_000, 6_000), (_lab.Balance("PayableTo", Ana), _lab.Number("select cast(sum(open) as bigint) from public_payable")));
        Assert.Equal(0, _lab.Number("select count(*) from public_recovery_case where status = 'Open'"));
        Assert.Equal(2, (await Hand("case", "withdraw", id)).Code);

        _lab.Store.Write(session => session.Execute("delete from settled_by_hand"));
        Assert.Equal("settlement_fact withdrawn", Verify()?.Table);
    }

    [Fact]
    public async Task CaseWithdraw_OfWhatIsPaidOrNoInvoice_IsRefused()
    {
        var claim = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        Deliver();
        _south.Write(Kinds.RefundPaid, "2025-03-22", new RefundPaid(
            Guid.Parse("00000000-0000-7000-8000-000000000001"), "k", claim.Claim, Guid.Empty, Ana, _south.Code, "CNY", 100, "op"));
        Deliver();

        var (code, _, errors) = await Hand("case", "withdraw", "1/1/1");
        Assert.Equal(2, code);
        Assert.Contains(Codes.RefundAlreadyPaid, errors, StringComparison.Ordinal);
        Assert.Equal(2, (await Hand("case", "withdraw", visit.Settlement.ToString("D"))).Code);
        Assert.Equal(2, (await Hand("case", "withdraw", "nonsense")).Code);
    }

    [Fact]
    public async Task CaseAgain_CoverCorrectedSince_IsJudgedByIt()
    {
        const string late = "53092400000077";
        _lab.Person(Ana, coverEnd: "2025-02-01", version: 3);
        var claim = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        var visit = _north.Settle(late, "2025-03-03", 600.00m);
        Deliver();
        Assert.Equal(2, (await Hand("case", "again", "1/1/1")).Code);
        _lab.Person(Ana, version: 4);
        _lab.Person(late);

        Assert.Equal((0, "1/1/1 is judged again.\n"), Said(await Hand("case", "again", "1/1/1")));
        Assert.Equal(0, (await Hand("case", "again", visit.Settlement.ToString("D"))).Code);
        Deliver();

        Assert.Equal("Adjusted  ManualReimbursement 30000/0/30000 Person", _lab.Decision(claim.Claim));
        Assert.Equal("Accepted   30000/0/30000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(["again NotCovered 1/1/1", "again UnknownPerson 1/1/2"], _lab.Query<string>("select action || ' ' || kind || ' ' || subject from settled_by_hand order by subject"));
        Assert.Equal(2, (await Hand("case", "again", "1/1/1")).Code);
    }

    [Fact]
    public async Task CaseAgain_OfASettlementPartlyRefunded_JudgesWhatIsLeft()
    {
        _lab.Person(Ana, coverEnd: "2025-02-01", version: 3);
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m);
        var refund = _north.PartlyRefund(visit, 300.00m, "2025-03-05");
        Deliver();
        Assert.Contains("NotCovered 0/0/30000", _lab.Decision(refund.Now.Settlement), StringComparison.Ordinal);
        _lab.Person(Ana, version: 4);

        Assert.Equal(0, (await Hand("case", "again", visit.Settlement.ToString("D"))).Code);
        Deliver();

        Assert.Equal("Accepted   12000/0/18000 Nobody", _lab.Decision(refund.Now.Settlement));
    }

    [Fact]
    public async Task QuarantineRetry_OfWhatCanBeUsedNow_IsUsed()
    {
        _north.Write(Kinds.OfflineRefused, "2025-03-03", new OfflineRefused("k", "v", 0, Ana, "11", "OfflineAmountPerVisit", "CNY", 60_000, 50_000, "op"));
        _north.Settle(Ana, "2025-03-03", 150.00m, tamper: body => body with { Currency = "SEK" });
        _north.Send();
        _lab.Watch.FailsAt = "insert into offline_refusal";
        _lab.SettleAll();
        _lab.Watch.FailsAt = "";

        Assert.Equal(0, (await Hand("quarantine", "retry", "1/1/1")).Code);
        Assert.Equal(0, (await Hand("quarantine", "retry", "1/1/2")).Code);
        Deliver();

        Assert.Equal(1, _lab.Number("select count(*) from public_offline_refusal"));
        Assert.Equal(["1/1/2 BodyUnreadable"], _lab.Query<string>("select device_no || '/' || epoch || '/' || seq || ' ' || code from public_quarantine where released_ms is null"));
        Assert.Equal(0, _lab.Number("select count(*) from quarantine where retry_ms > 0"));
    }

    [Fact]
    public async Task QuarantineClose_IsNoLongerListedAndVerifyAsksForItsRecord()
    {
        _north.Write("NoSuchKind", "2025-03-03", new EvidenceKept("v", Ana, "r", "op"));
        Deliver();

        Assert.Equal((0, "1/1/1 is closed.\n"), Said(await Hand("quarantine", "close", "1/1/1")));
        Deliver();
        Assert.Equal(0, _lab.Number("select count(*) from public_quarantine where released_ms is null"));
        Assert.Equal(2, (await Hand("quarantine", "close", "1/1/1")).Code);

        _lab.Store.Write(session => session.Execute("delete from settled_by_hand"));
        Assert.Equal("settled_by_hand", Verify()?.Table);
    }

    [Fact]
    public async Task QuarantineRetry_OfWhatWaits_SaysWhatItWaitsFor()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _south.Refund(visit, 100, "2025-03-04");
        _south.Send();
        _lab.SettleAll();

        var (code, _, errors) = await Hand("quarantine", "retry", "2/1/1");

        Assert.Equal(2, code);
        Assert.Contains($"settlement/{visit.Settlement:D}", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1/1")]
    [InlineData("1/1/7")]
    public async Task Quarantine_EntryThatIsNone_IsRefused(string entry) => Assert.Equal(2, (await Hand("quarantine", "close", entry)).Code);

    [Fact]
    public async Task ByHand_WithoutAReason_IsRefused() =>
        Assert.Equal(2, (await Run("case", "close", Codes.Duplicate, "1/1/1", "--operator", "clerk", "--why", " ")).Code);

    private static (int Code, string Output) Said((int Code, string Output, string Errors) ran) => (ran.Code, ran.Output);

    private Task<(int Code, string Output, string Errors)> Hand(params string[] args) => Run([.. args, "--why", "looked at it", "--operator", "clerk"]);

    private async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var frame = new CommandFrame(_lab.Clock, new SystemEntropy(), output, errors);
        CaseCommands.Register(frame);
        var code = await frame.Run([.. args, "--data", _lab.Folder]);
        return (code, output.ToString(), errors.ToString());
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        _lab.Store.Write(_lab.Settler.SettleOnce);
        Assert.Null(Verify());
    }

    private AuditDifference? Verify() => _lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First;
}
