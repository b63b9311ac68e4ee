using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>A settlement is judged by the cover, insurance and account of its own day and year, whatever was loaded before it arrived.
/// Book: deductible 100.00 a year, then 60 %, cap 400.00.</summary>
public sealed class MemberOnTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;

    public MemberOnTests()
    {
        _lab.Person(Ana, account: 10_000);
        _north = _lab.Site("530924100201", 1);
        _north.KnowsAccount(Ana, 10_000);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Settle_DecemberVisitAfterTheNewYearsList_IsCoveredByItsOwnYear()
    {
        // 600 - 100 = 500 x 60 % = 300
        var visit = _north.Settle(Ana, "2025-12-30", 600.00m);
        NewYear("cover_first = '2026-01-01', cover_end = '2027-01-01'");
        Deliver();
        Assert.Equal("Accepted   30000/0/30000 Nobody", _lab.Decision(visit.Settlement));
    }

    [Fact]
    public void Settle_DecemberInvoiceHandedInInJanuary_IsOwed()
    {
        NewYear("cover_first = '2026-01-01', cover_end = '2027-01-01'");
        _north.Claim(Ana, "2025-12-20", 600.00m, "2026-01-10", "INV-1");
        Deliver();
        Assert.Equal(30_000, _lab.Balance("PayableTo", Ana));
    }

    [Fact]
    public void Settle_DecemberAccountAfterTheNewBalance_IsPaidOfItsOwnYears()
    {
        var visit = _north.Settle(Ana, "2025-12-30", 80.00m, useAccount: true);
        NewYear("account = 3000");
        Deliver();
        Assert.Equal("Accepted   0/8000/0 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(0, _lab.Balance("PackageBudget", "*"));
    }

    [Theory]
    [InlineData("2025-03-20", "Accepted   30000/0/30000 Nobody")] // the day of the removal is covered still
    [InlineData("2025-03-21", "Adjusted  NotCovered 0/0/60000 Package")]
    public void Settle_RemovedLater_IsCoveredUntilThen(string day, string decision)
    {
        var visit = _north.Settle(Ana, day, 600.00m);
        Keep(new DateTimeOffset(2025, 3, 20, 4, 0, 0, TimeSpan.Zero));
        _lab.Store.Write(session => session.Execute("update member set removed = true, version = 9 where person = @Ana", new { Ana }));
        Deliver();
        Assert.Equal(decision, _lab.Decision(visit.Settlement));
    }

    [Theory]
    [InlineData("insurance_type = '310'")]
    [InlineData("removed = true")]
    [InlineData("cover_end = '2025-03-02'")]
    public void Settle_RemainderAfterTheMemberChanged_IsJudgedAsWhatItRemainsOf(string change)
    {
        // 300 remain: 300 - 100 = 200 x 60 % = 120
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        Deliver();
        _lab.Store.Write(session => session.Execute($"update member set {change}, version = 9 where person = @Ana", new { Ana }));
        var refund = _north.PartlyRefund(old, 300.00m, "2025-03-20");
        Deliver();
        Assert.Equal("Accepted   12000/0/18000 Nobody", _lab.Decision(refund.Now.Settlement));
        Assert.Equal(-12_000, _lab.Balance("PackageBudget", "*"));
    }

    [Fact]
    public void Settle_ReversalOfAClosedYear_IsSetAsideLikeARefund()
    {
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        Deliver();
        _lab.Clock.Now = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero); // 2025 is closed: 91 days after its end
        _north.Reverse(old, "2026-04-01");
        Deliver();
        Assert.Equal(30_000, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(["BadDate"], _lab.Query<string>("select code from public_quarantine"));
    }

    [Fact]
    public void Settle_ReversalOnTheLastOpenDay_IsTaken()
    {
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        Deliver();
        _lab.Clock.Now = new DateTimeOffset(2026, 3, 31, 4, 0, 0, TimeSpan.Zero);
        _north.Reverse(old, "2026-03-31");
        Deliver();
        Assert.Equal(0, _lab.Balance("SettledPool", _north.Code));
    }

    private void NewYear(string changed)
    {
        Keep(new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero));
        _lab.Store.Write(session => session.Execute($"update member set {changed}, version = 9 where person = @Ana", new { Ana }));
        _lab.Clock.Now = new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);
    }

    /// <summary>As a load does before it replaces the row.</summary>
    private void Keep(DateTimeOffset until) => _lab.Store.Write(session => session.Execute("""
        insert into member_past (region, person, version, birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, until_ms)
        select region, person, version, birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, @until
        from member where person = @Ana
        """, new { Ana, until = until.ToUnixTimeMilliseconds() }));

    private void Deliver()
    {
        _north.Send();
        _lab.SettleAll();
    }
}
