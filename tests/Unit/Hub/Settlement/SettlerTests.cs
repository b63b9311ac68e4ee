using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Hand arithmetic under the book of <see cref="LabPolicy.Yearly"/>: deductible 100.00 a year, then 60 %, cap 400.00 a year.</summary>
public sealed class SettlerTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public SettlerTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Settle_OneHonestVisit_IsAcceptedAndPosted()
    {
        // 150.00 - 100.00 = 50.00 x 0.6 = 30.00 fund, 120.00 cash.
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Send();

        var report = _lab.SettleAll();

        Assert.Equal((1, 0, 1), (report.Entries, report.Quarantined, report.Decisions));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(3000, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(-3000, _lab.Balance("PackageBudget", "*"));
        Assert.Equal(10000, _lab.Number("select amount from public_accumulator where accumulator = 'Deductible/Year/2025/*'"));
        Assert.Equal(3000, _lab.Number("select amount from public_accumulator where accumulator = 'FundPay/Year/2025/*'"));
        Assert.Equal(0, _lab.SettleAll().Entries);
    }

    [Fact]
    public void Settle_TwoClinicsApplyOneDeductibleOffline_SecondPatientIsOwed()
    {
        // Both take the whole deductible: each 150.00 -> fund 30.00. True: the second's deductible is 0, fund 90.00.
        var first = _north.Settle(Ana, "2025-03-03", 150.00m);
        var second = _south.Settle(Ana, "2025-03-04", 150.00m);
        _north.Send();
        _south.Send();

        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(first.Settlement));
        Assert.Equal("Adjusted  AccumulatorsStale 9000/0/6000 Person", _lab.Decision(second.Settlement));
        Assert.Equal(6000, _lab.Number("select open from public_payable where settlement = @id", new { id = second.Settlement }));
        Assert.Equal(6000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(3000, _lab.Balance("SettledPool", _south.Code));
        Assert.Equal(-12000, _lab.Balance("PackageBudget", "*"));
    }

    [Fact]
    public void Settle_LateEarlierVisit_RecomputesWhatFollowsAndPostsOnlyTheDifference()
    {
        var late = _north.Settle(Ana, "2025-03-03", 150.00m);
        var second = _south.Settle(Ana, "2025-03-04", 150.00m);
        _south.Send();
        _lab.SettleAll();
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(second.Settlement));
        Assert.Equal(-3000, _lab.Balance("PackageBudget", "*"));

        _north.Send();
        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(late.Settlement));
        Assert.Equal("Adjusted  AccumulatorsStale 9000/0/6000 Person", _lab.Decision(second.Settlement));
        Assert.Equal(2, _lab.Number("select count(*) from decision where seq = 1 and device_no = 2"));
        Assert.Equal(-12000, _lab.Balance("PackageBudget", "*"));
        Assert.Equal(3, _lab.Number("select count(*) from ledger_set"));
    }

    [Fact]
    public void Settle_YearlyCapBreachedAcrossSites_ThePackageBearsTheStaleDifference()
    {
        // 600.00: (600 - 100) x 0.6 = 300.00 at each site. True for the second: 600 x 0.6 = 360.00, of the cap 100.00 is left.
        var first = _north.Settle(Ana, "2025-03-03", 600.00m);
        var second = _south.Settle(Ana, "2025-03-04", 600.00m);
        _north.Send();
        _south.Send();

        _lab.SettleAll();

        Assert.Equal("Accepted   30000/0/30000 Nobody", _lab.Decision(first.Settlement));
        Assert.Equal("Adjusted  AccumulatorsStale 10000/0/50000 Package", _lab.Decision(second.Settlement));
        Assert.Equal(30000, _lab.Balance("SettledPool", _south.Code));
        Assert.Equal(0, _lab.Balance("OfflineDifference", _south.Code));
        Assert.Equal(20000, _lab.Number("select sum(fen) from ledger_leg where event = 'StaleDataPaid' and fen > 0"));
        Assert.Equal(-60000, _lab.Balance("PackageBudget", "*"));
        Assert.Equal(0, _lab.Balance("PayableTo", Ana));
    }

    [Fact]
    public void Settle_SecondOfAVisitPart_IsRefusedWithACase()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m, visit: "v1");
        var again = _north.Settle(Ana, "2025-03-03", 150.00m, visit: "v1");
        _north.Send();

        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal("Refused Duplicate Duplicate 0/0/0 Nobody", _lab.Decision(again.Settlement));
        Assert.Equal(3000, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(1, _lab.Number("select count(*) from public_recovery_case where kind = 'Duplicate' and status = 'Open'"));
    }

    [Fact]
    public void Settle_DuplicateWhoseFirstIsReversed_StandsAndItsCaseCloses()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m, visit: "v1");
        _north.Forget(Ana);
        var again = _north.Settle(Ana, "2025-03-03", 150.00m, visit: "v1");
        _north.Send();
        _lab.SettleAll();

        _north.Reverse(visit, "2025-03-04");
        _north.Send();
        _lab.SettleAll();

        Assert.Equal("Accepted  Reversed 0/0/0 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(again.Settlement));
        Assert.Equal(0, _lab.Number("select count(*) from public_recovery_case where status = 'Open'"));
        Assert.Equal(3000, _lab.Balance("SettledPool", _north.Code));
    }

    [Fact]
    public void Settle_SealedAgainInANewEpoch_IsCountedOnce()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.NewEpoch();
        _north.Write(Kinds.VisitSettled, "2025-03-03", visit);
        _north.Send();

        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(1, _lab.Number("select count(*) from settlement_fact where standing = 'Repeated'"));
        Assert.Equal(3000, _lab.Balance("SettledPool", _north.Code));
    }

    [Fact]
    public void Settle_SameSettlementIdAtAnotherSite_IsSetAside()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _south.Settle(Ana, "2025-03-04", 150.00m, tamper: body => body with { Settlement = visit.Settlement });
        _north.Send();
        _south.Send();

        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal("Duplicate", Assert.Single(_lab.Query<string>("select code from public_quarantine")));
        Assert.Equal(0, _lab.Balance("SettledPool", _south.Code));
    }

    [Fact]
    public void Settle_Reversal_TakesEverythingBack()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Reverse(visit, "2025-03-03");
        _north.Send();

        _lab.SettleAll();

        Assert.Equal("Accepted  Reversed 0/0/0 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(0, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(0, _lab.Balance("PackageBudget", "*"));
        Assert.Equal(0, _lab.Number("select cast(coalesce(sum(amount), 0) as bigint) from public_accumulator"));
    }

    [Fact]
    public void Settle_ReversalAcrossSites_AdjustsTheLaterVisitWithItsCause()
    {
        // South knew of north's visit: its deductible was used up, fund 90.00. North reverses: the deductible is south's, fund 30.00.
        var first = _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Send();
        _lab.SettleAll();
        _south.Pull(Ana);
        var second = _south.Settle(Ana, "2025-03-04", 150.00m);
        _north.Reverse(first, "2025-03-05");
        _north.Send();
        _south.Send();

        _lab.SettleAll();

        Assert.Equal("Adjusted  EarlierVisitReversed 3000/0/12000 Package", _lab.Decision(second.Settlement));
        Assert.Equal(9000, _lab.Balance("SettledPool", _south.Code));
        Assert.Equal(-9000, _lab.Balance("PackageBudget", "*"));
    }

    [Fact]
    public void Settle_ReversalBeforeItsSettlement_WaitsInQuarantineAndIsReleased()
    {
        // A restored device seals the reversal again first: its settlement came with the old epoch's tail.
        var visit = _south.Settle(Ana, "2025-03-03", 150.00m);
        _south.NewEpoch();
        _north.Reverse(visit, "2025-03-03");
        _north.Send();
        _lab.SettleAll();

        Assert.Equal(1, _lab.Number("select count(*) from public_quarantine where code = 'ReversedUnknown' and released_ms is null"));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
    }

    [Fact]
    public void Settle_HonestAfterPull_IsAccepted()
    {
        _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Send();
        _lab.SettleAll();
        _south.Pull(Ana);
        var second = _south.Settle(Ana, "2025-03-04", 50.00m);
        _south.Send();

        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/2000 Nobody", _lab.Decision(second.Settlement));
    }
}
