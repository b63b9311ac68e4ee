using EdgeHub.Hub;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Money is owed once, over a visit part with its partial refunds, over an invoice at all desks, over an invoice and the visit
/// that was settled on the spot. Book: deductible 100.00 a year, then 60 %, cap 400.00.</summary>
public sealed class PaidOnceTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    /// <summary>Takes the place of north's device.</summary>
    private readonly LabSite _spare;

    public PaidOnceTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
        _spare = _lab.Site(_north.Code, 3);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Claim_OfAVisitThatWasPartlyRefundedSince_StaysADouble()
    {
        var visit = _south.Settle(Ana, "2025-03-01", 300.00m);
        var claim = _north.Claim(Ana, "2025-03-01", 300.00m, "2025-03-20", "INV-1", institution: _south.Code);
        Deliver();

        _south.PartlyRefund(visit, 299.00m, "2025-03-21");
        Deliver();

        Assert.Equal("Refused PossibleDouble PossibleDouble 0/0/0 Nobody", _lab.Decision(claim.Claim));
        Assert.Equal(["PossibleDouble 30000 Open"], Cases());
    }

    [Fact]
    public void Claim_OfAVisitThatWasSettledAgainForLess_StaysADouble_UntilNothingOfItStands()
    {
        var visit = _south.Settle(Ana, "2025-03-01", 300.00m);
        var claim = _north.Claim(Ana, "2025-03-01", 300.00m, "2025-03-20", "INV-1", institution: _south.Code);
        _south.Reverse(visit, "2025-03-21");
        var again = _south.Settle(Ana, "2025-03-01", 299.00m);
        Deliver();
        Assert.StartsWith("Refused PossibleDouble", _lab.Decision(claim.Claim), StringComparison.Ordinal);

        _south.Reverse(again, "2025-03-22");
        Deliver();

        // (300 - 100) x 60 %
        Assert.Equal("Adjusted  ManualReimbursement 12000/0/18000 Person", _lab.Decision(claim.Claim));
        Assert.Equal(["PossibleDouble 30000 Closed"], Cases());
    }

    [Fact]
    public void Claim_OfAnotherTotalThanAnyOfTheDay_IsPaid()
    {
        _south.Settle(Ana, "2025-03-01", 300.00m);
        var claim = _north.Claim(Ana, "2025-03-01", 299.99m, "2025-03-20", "INV-1", institution: _south.Code);
        Deliver();

        Assert.StartsWith("Adjusted  ManualReimbursement", _lab.Decision(claim.Claim), StringComparison.Ordinal);
    }

    /// <summary>South paid the invoice out; north had taken it in before, and its line comes later.</summary>
    [Theory]
    [InlineData(300_00, 0)]
    [InlineData(200_00, 100_00)]
    public void Payable_InvoiceAtTwoDesks_PaidAtOne_IsOpenOnce(long paid, long open)
    {
        var early = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        var late = _south.Claim(Ana, "2025-03-01", 600.00m, "2025-03-21", "INV-1");
        _south.Send();
        _lab.SettleAll();
        Pay(late.Claim, paid);

        Deliver();

        Assert.Equal([$"{late.Claim} 0 0", $"{early.Claim} 30000 {open}"], Payables());
        Assert.Equal(open, _lab.Balance("PayableTo", Ana));
        Assert.DoesNotContain(Cases(), each => each.StartsWith("RefundOverpaid", StringComparison.Ordinal));
    }

    [Fact]
    public void Payable_PaidOutAndThenPartlyRefunded_IsNotOpenAgain_ButItsOverpaidPartIsACase()
    {
        // The deductible is used up: 90.00 of 150.00 are right where 30.00 were given; of 60.00 then 36.00 where 0 was given.
        _north.Settle(Ana, "2025-03-03", 150.00m);
        var south = _south.Settle(Ana, "2025-03-04", 150.00m);
        Deliver();
        _north.Refund(south, 60_00, "2025-03-05");
        var left = _south.PartlyRefund(south, 60.00m, "2025-03-06").Now;
        Deliver();

        Assert.Equal([$"{south.Settlement} 0 0", $"{left.Settlement} 3600 -2400"], Payables());
        Assert.Equal(-2400, _lab.Balance("PayableTo", Ana));
        Assert.Equal(["RefundOverpaid 2400 Open"], Cases());
    }

    [Fact]
    public void Payable_VisitPartOfTwoDevices_PaidForTheOneThatDoesNotStand_IsNotOpenAgain()
    {
        _south.Settle(Ana, "2025-03-01", 150.00m);
        _north.Settle(Ana, "2025-03-03", 150.00m, visit: "v1");
        _spare.Write(Kinds.CheckedIn, "2025-03-03", new { });
        var again = _spare.Settle(Ana, "2025-03-03", 150.00m, visit: "v1");
        _south.Send();
        _spare.Send();
        _lab.SettleAll();
        _south.Refund(again, 60_00, "2025-03-05");

        Deliver();

        Assert.All(_lab.Query<long>("select open from public_payable"), open => Assert.Equal(0, open));
        Assert.Equal(0, _lab.Balance("PayableTo", Ana));
    }

    [Fact]
    public void Reverse_WhatAnotherDeviceHadPartlyRefunded_IsACase()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m);
        Deliver();
        var left = _spare.PartlyRefund(visit, 300.00m, "2025-03-04").Now;
        _north.Reverse(visit, "2025-03-05");
        Deliver();

        Assert.Equal("Accepted   12000/0/18000 Nobody", _lab.Decision(left.Settlement));
        Assert.Equal(["AlreadyReversed 30000 Open"], Cases());
        Assert.Equal(["1/1/2"], _lab.Query<string>("select subject from public_recovery_case"));
    }

    [Fact]
    public void Reverse_SealedAgainInANewEpoch_IsNoCase_AndOneThatCameFirstLateClosesIt()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m);
        var reversed = _north.Reverse(visit, "2025-03-05");
        _north.NewEpoch();
        _north.Write(Kinds.VisitReversed, "2025-03-06", reversed, Kinds.SchemaOf(Kinds.VisitReversed));
        Deliver();
        Assert.Empty(Cases());
    }

    [Theory]
    [InlineData("update payable set carried = 0", "payable carried")]
    [InlineData("update payable set carried = carried + 1 where carried > 0", "payable carried")]
    [InlineData("update recovery_case set amount = amount + 1, kind = 'Unexpected', subject = 'x' where kind = 'RefundOverpaid'", "recovery_case")]
    [InlineData("update payable set person = '53092400000009' where amount = 9000", "payable open")]
    public void Verify_PlantedFaultInWhatIsOpen_IsFoundByName(string plant, string table)
    {
        Payable_PaidOutAndThenPartlyRefunded_IsNotOpenAgain_ButItsOverpaidPartIsACase();
        _south.Settle(Ana, "2025-03-07", 150.00m);
        _north.Forget(Ana);
        _south.Claim(Ana, "2025-03-07", 150.00m, "2025-03-20", "INV-9");
        Deliver();
        Assert.Null(Verify());

        _lab.Store.Write(session => session.Execute(TestServer.Planted(plant)));

        Assert.Equal(table, Verify()?.Table);
    }

    private void Pay(Guid settlement, long amount) => _south.Write(Kinds.RefundPaid, "2025-03-22", new RefundPaid(
        Guid.Parse("00000000-0000-7000-8000-000000000001"), "k", settlement, Guid.Empty, Ana, _south.Code, "CNY", amount, "op"));

    private IReadOnlyList<string> Payables() => _lab.Query<string>("select settlement || ' ' || amount || ' ' || open from public_payable order by amount");

    private IReadOnlyList<string> Cases() => _lab.Query<string>("select kind || ' ' || amount || ' ' || status from public_recovery_case where kind <> 'Duplicate' order by 1");

    private AuditDifference? Verify() => _lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First;

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _spare.Send();
        _lab.SettleAll();
        Assert.Null(Verify());
    }
}
