using EdgeHub.Hub;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Reporting;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>What a site paid out to a person is owed to it by the payers that owed it to the person (Z2, Z4): never all by the pool. Book:
/// deductible 100.00 a year, then 60 %, cap 400.00; catastrophic 50 % of the year's own pay above 200.00, assistance 40 % of the rest above 300.00.</summary>
public sealed class RefundsByPayerTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new(LabPolicy.Layered);
    private readonly LabSite _north;
    private readonly LabSite _south;
    private int _paid;

    public RefundsByPayerTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Refund_OfWhatCatastrophicInsuranceOwes_AtAnotherSite_IsNotThePools()
    {
        // 600 at north: 300 + 50. The second claims the same; right are 100 + 250 + 80: catastrophic insurance owes 80.00.
        _north.Settle(Ana, "2025-03-03", 600.00m);
        var second = _south.Settle(Ana, "2025-03-04", 600.00m);
        Deliver();
        Pay(_north, second.Settlement, 80_00);

        Assert.Equal((30_000, 5_000 + 8_000, 0), Got(_north));
        Assert.Equal("0 8000", Rollup());
        Assert.Equal("30000 13000", Due(_north));
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(100_00, 100_00, 0, 0)] // just what the fund owes
    [InlineData(100_01, 100_00, 1, 0)]
    [InlineData(350_00, 100_00, 250_00, 0)]
    [InlineData(350_01, 100_00, 250_00, 1)]
    [InlineData(430_00, 100_00, 250_00, 80_00)]
    public void Refund_OfAnInvoice_ThatAllThreeOwe_InPart(long paid, long pool, long catastrophic, long assistance)
    {
        // 600 paid in full after 600: fund 100 of the cap, own pay 500: 300 - 50 = 250; rest 500, above 300: 80.
        _north.Settle(Ana, "2025-03-03", 600.00m);
        var claim = _north.Claim(Ana, "2025-03-04", 600.00m, "2025-03-20", "INV-1");
        Deliver();
        Pay(_south, claim.Claim, paid);

        Assert.Equal((pool, catastrophic, assistance), Got(_south));
        Assert.Equal(FormattableString.Invariant($"{pool} {catastrophic + assistance}"), Rollup());
        Assert.Equal(43_000 - paid, _lab.Balance("PayableTo", Ana));
    }

    [Fact]
    public void Refund_PaidInPartsAtTwoSites_ByTheOrderOfTheRefunds_WhicheverComesFirst()
    {
        _north.Settle(Ana, "2025-03-03", 600.00m);
        var claim = _north.Claim(Ana, "2025-03-04", 600.00m, "2025-03-20", "INV-1");
        Deliver();
        Write(_south, 2, claim.Claim, 330_00);
        Deliver();
        Assert.Equal((10_000, 23_000, 0), Got(_south));

        // North's has the lower id: 100.00 of the fund's are its own, south's are all of the others'.
        Write(_north, 1, claim.Claim, 100_00);
        Deliver();

        Assert.Equal((0, 25_000, 8_000), Got(_south));
        Assert.Equal((30_000 + 10_000, 5_000, 0), Got(_north));
        Assert.Equal("10000 33000", Rollup());
        Assert.Equal("0 33000", Due(_south));
    }

    [Fact]
    public void Refund_PaidBeforeALateVisitChangedWhoOwes_IsCorrectedInTheOpenMonth()
    {
        // 150 paid in full: (150 - 100) x 60 % = 30 of the fund.
        var claim = _south.Claim(Ana, "2025-03-05", 150.00m, "2025-03-20", "INV-1");
        Deliver();
        Pay(_south, claim.Claim, 30_00);
        Assert.Equal((3_000, 0, 0), Got(_south));
        _lab.Store.Write(session => PeriodStore.Close(session, SettlementLab.Region, "2025-03", "clerk", _lab.Clock.Now));
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 8, 8, 0, 0, TimeSpan.Zero);

        // 1,000 before it: the cap is used up, own pay 600: 200; rest 400: 40. Of the 150 then 75 are catastrophic insurance's, 30 assistance's.
        _north.Settle(Ana, "2025-03-01", 1000.00m);
        Deliver();

        Assert.Equal((0, 3_000, 0), Got(_south));
        Assert.Equal(10_500 - 3_000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(["2025-03 3000 0", "2025-04 -3000 3000"], _lab.Query<string>(
            "select posting_month || ' ' || sum(refunded) || ' ' || sum(other_refunded) from public_decided_rollup where institution = @Code group by posting_month order by 1", new { _south.Code }));
        Assert.Equal(["2025-03", "2025-04 corrects"], _lab.Query<string>(
            "select posting_month || case when corrects is null then '' else ' corrects' end from ledger_set where cause like 'refund/%' order by posting_month"));
    }

    [Fact]
    public void Refund_OfAPayableThatShrankAfterwards_StaysWithThoseThatOwedIt()
    {
        var first = _north.Settle(Ana, "2025-03-03", 600.00m);
        var second = _south.Settle(Ana, "2025-03-04", 600.00m);
        Deliver();
        Pay(_south, second.Settlement, 80_00);
        Assert.Equal((10_000, 17_000 + 8_000, 8_000), Got(_south));

        // The second was right all along: 300 + 50.
        _north.Reverse(first, "2025-03-06");
        Deliver();

        Assert.Equal((30_000, 5_000 + 8_000, 0), Got(_south));
        Assert.Equal(-8_000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(["RefundOverpaid 8000 Open"], Cases());
        Assert.Equal(0, _lab.Balance("Suspense", _south.Code));
    }

    [Fact]
    public void Refund_ForWhatWasPartlyRefundedSince_IsBorneByThoseWhoOweForWhatRemains()
    {
        // The deductible is used. 150, claimed 30: right are 90 and, of own pay 60 more, 30: owed 60 and 30. Of the 100 that remain,
        // claimed 0: 60 and 20 of 40: owed 60 and 20. Ten were paid too much, which catastrophic insurance owed.
        _north.Settle(Ana, "2025-03-03", 600.00m);
        var south = _south.Settle(Ana, "2025-03-04", 150.00m);
        Deliver();
        Pay(_north, south.Settlement, 90_00);
        Assert.Equal((30_000 + 6_000, 5_000 + 3_000, 0), Got(_north));

        var left = _south.PartlyRefund(south, 100.00m, "2025-03-06").Now;
        Deliver();

        Assert.Equal("Adjusted  AccumulatorsStale 6000+2000+0/0/2000 Person", _lab.Decision(left.Settlement));
        Assert.Equal((30_000 + 6_000, 5_000 + 3_000, 0), Got(_north));
        Assert.Equal(-1_000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(["RefundOverpaid 1000 Open"], Cases());
    }

    [Fact]
    public void Refund_ForWhatWasReplaced_MovesToThePayerOfWhatReplacedIt()
    {
        // Paid when the fund owed 60.00. Then everything is given back, and the visit settled again after the cap was used up.
        _north.Settle(Ana, "2025-03-03", 150.00m);
        var south = _south.Settle(Ana, "2025-03-04", 150.00m, visit: "v7");
        Deliver();
        Pay(_north, south.Settlement, 60_00);
        Assert.Equal((3_000 + 6_000, 0, 0), Got(_north));

        _south.Reverse(south, "2025-03-05");
        _north.Settle(Ana, "2025-03-03", 1000.00m);
        _south.Settle(Ana, "2025-03-04", 150.00m, visit: "v7");
        Deliver();

        // 1,000 after 150: of the cap 370 are left, own pay 630 after 120: 275, rest 475: 70. Then own pay 150: 75, rest 75: 30; the patient
        // paid 120 and owes 45: 75, of which the fund, asked 30 too much, owes nothing, catastrophic insurance 75.
        Assert.Equal((3_000 + 37_000, 27_500 + 6_000, 7_000), Got(_north));
        Assert.Equal(1_500, _lab.Balance("PayableTo", Ana));
    }

    [Fact]
    public void Refund_OfAnotherInsurance_IsOwedByEachOfItsLayers()
    {
        const string cleo = "53092400000009";
        _lab.Person(cleo, insurance: "310");
        var claim = _north.Claim(cleo, "2025-03-04", 600.00m, "2025-03-20", "INV-1", tamper: body => body with { Cover = "310" });
        Deliver();
        Assert.Equal(-35_000, _lab.Balance("Suspense", "310"));
        Write(_south, 1, claim.Claim, 350_00, cleo);
        Deliver();

        Assert.Equal((30_000, 5_000, 0), Got(_south));
    }

    [Fact]
    public void Refund_CreditedByAnEarlierHub_IsDividedAtItsNextStep()
    {
        _north.Settle(Ana, "2025-03-03", 600.00m);
        var second = _south.Settle(Ana, "2025-03-04", 600.00m);
        Deliver();
        Pay(_north, second.Settlement, 80_00);
        _lab.Store.Write(session => session.Execute(TestServer.Planted(
            "drop trigger ledger_leg_update; update ledger_leg set event = 'RefundPaid', rule = 'Z2', article = '三(二)1' where event = 'RefundPaidForCatastrophic'; "
            + "update ledger_leg set account_no = (select account_no from ledger_account where kind = 'SettledPool' and owner = '530924100201') "
            + "where event = 'RefundPaid' and fen > 0; update ledger_balance set fen = (select cast(coalesce(sum(l.fen), 0) as bigint) from ledger_leg l where l.account_no = ledger_balance.account_no); "
            + "update decided_rollup set refunded = other_refunded, other_refunded = 0; "
            + "insert into year_again (region, person, scheme_year, why, since_ms) values ('530924', '" + Ana + "', 2025, 'refunds', 0)")));
        Assert.Equal((38_000, 5_000, 0), Got(_north));
        Assert.Equal("ledger of", Verify()?.Table);

        _lab.Store.Write(_lab.Settler.SettleOnce);

        Assert.Equal((30_000, 13_000, 0), Got(_north));
        Assert.Null(Verify());
    }

    [Theory]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set event = 'RefundPaid', "
        + "account_no = case when fen < 0 then account_no else (select account_no from ledger_account where kind = 'SettledPool' and owner = '530924100202') end "
        + "where event = 'RefundPaidForCatastrophic'", "ledger of")]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set fen = fen * 2 where event = 'RefundPaidForCatastrophic'", "refunds credited of")]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set fen = fen - 1 where event = 'RefundPaidForAssistance' and fen > 0", "refunds credited of")]
    [InlineData("update decided_rollup set other_refunded = other_refunded + 1 where institution = '530924100202'", "decided_rollup")]
    [InlineData("update decided_rollup set refunded = refunded + 1 where institution = '530924100202'", "decided_rollup")]
    [InlineData("update settlement_refund set posting_month = ''", "payable")]
    public void Verify_PlantedFault_IsFoundByName(string plant, string table)
    {
        Refund_OfAnInvoice_ThatAllThreeOwe_InPart(430_00, 100_00, 250_00, 80_00);
        Assert.Null(Verify());

        _lab.Store.Write(session => session.Execute(TestServer.Planted(plant)));

        Assert.Equal(table, Verify()?.Table);
    }

    private void Pay(LabSite site, Guid settlement, long amount)
    {
        Write(site, ++_paid, settlement, amount);
        Deliver();
    }

    private static void Write(LabSite site, int id, Guid settlement, long amount, string person = Ana) => site.Write(Kinds.RefundPaid, "2025-03-25", new RefundPaid(
        Guid.Parse(FormattableString.Invariant($"00000000-0000-7000-8000-{id:000000000000}")), $"k{id}", settlement, Guid.Empty, person, site.Code, "CNY", amount, "op"));

    private (long Pool, long Catastrophic, long Assistance) Got(LabSite site) =>
        (_lab.Balance("SettledPool", site.Code), _lab.Balance("SettledCatastrophic", site.Code), _lab.Balance("SettledAssistance", site.Code));

    private string Rollup() => _lab.Query<string>("select sum(refunded) || ' ' || sum(other_refunded) from public_decided_rollup").Single();

    /// <summary>What the monthly report says is due to a site: from the pool, and from the other payers.</summary>
    private string Due(LabSite site)
    {
        var report = _lab.Store.Read(session => SettlementReport.Of(session, SettlementLab.Region, "2025-03"));
        var at = report.Columns.Select((column, i) => (column.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        var rows = report.Rows.Where(row => (string)row[at["institution"]] == site.Code).ToList();
        return FormattableString.Invariant($"{rows.Sum(row => (long)row[at["due"]])} {rows.Sum(row => (long)row[at["otherDue"]])}");
    }

    private IReadOnlyList<string> Cases() => _lab.Query<string>("select kind || ' ' || amount || ' ' || status from public_recovery_case order by 1");

    private AuditDifference? Verify() => _lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First;

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(Verify());
    }
}
