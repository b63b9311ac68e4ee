using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>A partial refund is the reversal of the old settlement and a new one at its place (B21), whatever comes first.
/// Book: deductible 100.00 a year, then 60 %, cap 400.00.</summary>
public sealed class PartRefundTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public PartRefundTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Settle_PartlyRefunded_TheRemainderStandsAtTheOldPlace()
    {
        // 600 -> fund 300; 300 remain -> fund 120. South, which was told of the 300, has 100 of the cap left; then 280 are right.
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        Deliver();
        _south.Pull(Ana);
        var south = _south.Settle(Ana, "2025-03-04", 600.00m);
        var refund = _north.PartlyRefund(old, 300.00m, "2025-03-05");

        Deliver();

        Assert.Equal("Accepted  Reversed 0/0/0 Nobody", _lab.Decision(old.Settlement));
        Assert.Equal("Accepted   12000/0/18000 Nobody", _lab.Decision(refund.Now.Settlement));
        Assert.Equal("Adjusted  EarlierVisitReversed 28000/0/32000 Person", _lab.Decision(south.Settlement));
        Assert.Equal(12_000, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(40_000, _lab.Number("select amount from public_accumulator where accumulator = 'FundPay/Year/2025/*'"));
        Assert.Equal(18_000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(["530924100201 Reversed", "530924100201 Stands", "530924100202 Stands"], _lab.Query<string>(
            "select site || ' ' || standing from settlement_fact order by service_day, place_ms, place_seq, seq"));
    }

    [Fact]
    public void Settle_RemainderOfARemainder_StandsAtTheFirstPlaceAndIsReversedLikeAnyOther()
    {
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        var once = _north.PartlyRefund(old, 300.00m, "2025-03-05");
        var twice = _north.PartlyRefund(once.Now, 200.00m, "2025-03-06");
        Deliver();
        Assert.Equal("Accepted   6000/0/14000 Nobody", _lab.Decision(twice.Now.Settlement));

        _north.Reverse(twice.Now, "2025-03-07");
        Deliver();

        Assert.Equal(0, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(0, _lab.Number("select amount from public_accumulator where accumulator = 'FundPay/Year/2025/*'"));
    }

    [Fact]
    public void Settle_RefundBeforeItsSettlement_WaitsAndIsReleased()
    {
        // The site's old device comes late: its new one has sent the refund before.
        var spare = _lab.Site(_north.Code, 3);
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        var refund = spare.PartlyRefund(old, 300.00m, "2025-03-05");
        spare.Refund(refund.Now, 100, "2025-03-05");
        spare.Send();
        _lab.SettleAll();
        Assert.Equal("", _lab.Decision(refund.Now.Settlement));
        Assert.Equal(2, _lab.Number("select count(*) from public_quarantine where released_ms is null"));
        Assert.Null(Verify());

        Deliver();

        Assert.Equal("Accepted   12000/0/18000 Nobody", _lab.Decision(refund.Now.Settlement));
        Assert.Equal(0, _lab.Number("select count(*) from public_quarantine where released_ms is null"));
        Assert.Equal(100, _lab.Number("select amount from public_recovery_case where kind = 'RefundOverpaid' and status = 'Open'"));
    }

    [Theory]
    [InlineData("shares")]
    [InlineData("visit")]
    [InlineData("day")]
    public void Settle_RefundThatDoesNotFitItsSettlement_WaitsAndTheOldOneStands(string what)
    {
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        var refund = _north.PartlyRefund(old, 300.00m, "2025-03-05", body => what switch
        {
            "shares" => body with { Difference = body.Difference with { Fund = body.Difference.Fund + 1, Cash = body.Difference.Cash - 1 } },
            "visit" => body with { Now = body.Now with { Visit = "another" } },
            _ => body with { Now = body.Now with { ServiceDay = new DateOnly(2025, 3, 4) } },
        });

        Deliver();

        Assert.Equal("Accepted   30000/0/30000 Nobody", _lab.Decision(old.Settlement));
        Assert.Equal("", _lab.Decision(refund.Now.Settlement));
        Assert.Equal("ReversedUnknown", Assert.Single(_lab.Query<string>("select code from public_quarantine where released_ms is null")));
    }

    [Fact]
    public void Settle_TwoRefundsOfOneSettlement_TheFirstCountsAndTheOtherIsACase()
    {
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        var first = _north.PartlyRefund(old, 300.00m, "2025-03-05");
        var other = _north.PartlyRefund(old, 200.00m, "2025-03-06");

        Deliver();

        Assert.Equal("Accepted   12000/0/18000 Nobody", _lab.Decision(first.Now.Settlement));
        Assert.Equal("Refused Duplicate Duplicate 0/0/0 Nobody", _lab.Decision(other.Now.Settlement));
    }

    [Fact]
    public void Settle_ReversedWholeBefore_NothingOfARefundStands()
    {
        var old = _north.Settle(Ana, "2025-03-03", 600.00m);
        _north.Reverse(old, "2025-03-04");
        var refund = _north.PartlyRefund(old, 300.00m, "2025-03-05");

        Deliver();

        Assert.Equal("Refused Duplicate Duplicate 0/0/0 Nobody", _lab.Decision(refund.Now.Settlement));
        Assert.Equal(0, _lab.Balance("SettledPool", _north.Code));
    }

    [Fact]
    public void Settle_RefundPaidForTheOldOne_CountsForTheRemainder()
    {
        _north.Settle(Ana, "2025-03-03", 150.00m);
        var south = _south.Settle(Ana, "2025-03-04", 150.00m);
        Deliver();
        _south.Refund(south, 6_000, "2025-03-05");
        var refund = _south.PartlyRefund(south, 120.00m, "2025-03-06");

        Deliver();

        // South's remainder claims 20 x 0.6 = 12.00; right are 72.00: 60.00 are owed, and were paid for what stands no more: they count for the remainder.
        Assert.Equal("Adjusted  AccumulatorsStale 7200/0/4800 Person", _lab.Decision(refund.Now.Settlement));
        Assert.Equal((0L, 0L), (_lab.Number("select count(*) from public_recovery_case where status = 'Open'"), _lab.Number("select count(*) from public_payable where open <> 0")));
        Assert.Equal(0, _lab.Balance("PayableTo", Ana));
    }

    [Fact]
    public void Settle_BookKnownBetweenSettlementAndRefund_DoesNotHoldForTheRemainder()
    {
        _lab.AddPolicy(LabPolicy.Lower, version: 5); // 50 %, known from 10 March
        var old = _north.Settle(Ana, "2025-03-09", 600.00m);
        var refund = _north.PartlyRefund(old, 300.00m, "2025-03-12");

        Deliver();

        Assert.Equal("Accepted   12000/0/18000 Nobody", _lab.Decision(refund.Now.Settlement));
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(Verify());
    }

    private EdgeHub.Hub.Jobs.AuditDifference? Verify() => _lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First;
}
