using EdgeHub.Hub;
using EdgeHub.Hub.Jobs;
using EdgeHub.Tests.Unit.Hub.Lab;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>A fault planted in what layers, partial refunds, invoices, family accounts and decisions by hand keep is found, by name.
/// Devices: 1 north, 2 south. 1/1/1 visit, 1/1/2 its partial refund, 1/1/3 invoice; 2/1/1 visit with Cleo's account, 2/1/2 set aside.</summary>
public sealed class PlantedFaultTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Cleo = "53092400000003";
    private readonly SettlementLab _lab = new(LabPolicy.Layered);

    public PlantedFaultTests()
    {
        _lab.Person(Cleo, account: 10_000);
        _lab.Person(Ana, account: 10_000, owner: Cleo);
        var north = _lab.Site("530924100201", 1);
        var south = _lab.Site("530924100202", 2);
        south.KnowsAccount(Cleo, 10_000);
        var visit = north.Settle(Ana, "2025-03-03", 700.00m);
        north.PartlyRefund(visit, 600.00m, "2025-03-04");
        north.Claim(Ana, "2025-03-01", 300.00m, "2025-03-20", "INV-1");
        south.Settle(Ana, "2025-03-05", 200.00m, useAccount: true, owner: Cleo);
        south.Settle(Ana, "2025-03-06", 20.00m, tamper: body => body with { Currency = "SEK" });
        north.Send();
        south.Send();
        _lab.SettleAll();
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Verify_NothingPlanted_Agrees() => Assert.Null(Verify());

    [Theory]
    [InlineData("update settlement_fact set kind = 'Settled' where seq = 2", "settlement_fact")]
    [InlineData("update settlement_fact set institution = site where seq = 3", "settlement_fact")]
    [InlineData("update settlement_fact set key_site = site where seq = 3", "settlement_fact")]
    [InlineData("update settlement_fact set replaces = null where seq = 2", "settlement_fact")]
    [InlineData("update settlement_fact set claimed_catastrophic = claimed_catastrophic + 1, claimed_cash = claimed_cash - 1 where seq = 1 and device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set claimed_assistance = claimed_assistance + 1, claimed_cash = claimed_cash - 1 where seq = 1 and device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set referral = 'Irregular' where seq = 1 and device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set admitted = '2025-03-01' where seq = 1 and device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set account_owner = '' where device_no = 2", "settlement_fact")]
    [InlineData("update settlement_fact set known_by = 'index' where device_no = 2", "settlement_fact")]
    [InlineData("update settlement_fact set feed_parameters = 7 where device_no = 2", "settlement_fact")]
    [InlineData("update settlement_fact set offline = false where device_no = 2", "settlement_fact")]
    [InlineData("update settlement_fact set civil_day = '2025-03-09' where device_no = 2", "settlement_fact")]
    [InlineData("update settlement_fact set place_ms = place_ms + 1 where seq = 2", "settlement_fact standing")]
    [InlineData("update settlement_fact set place_seq = 2 where seq = 2", "settlement_fact standing")]
    [InlineData("update settlement_fact set standing = 'Waits' where seq = 2", "settlement_fact standing")]
    [InlineData("update settlement_fact set reversed_ms = 7 where seq = 1 and device_no = 1", "settlement_fact standing")]
    [InlineData("update settlement_fact set double_released = true where seq = 3", "settlement_fact double_released")]
    [InlineData("update settlement_reversal set catastrophic = catastrophic + 1", "settlement_reversal")]
    [InlineData("update settlement_reversal set assistance = assistance + 1", "settlement_reversal")]
    [InlineData("update settlement_reversal set remainder = false", "settlement_reversal")]
    [InlineData("delete from settlement_reversal", "settlement_reversal")]
    [InlineData("update decision set catastrophic = catastrophic + 1 where device_no = 2", "decision")]
    [InlineData("update decision set assistance = assistance + 1 where device_no = 2", "decision")]
    [InlineData("update decision set catastrophic = catastrophic - 1, fund = fund + 1 where seq = 2", "decision")]
    [InlineData("update person_accumulator set amount = amount + 1 where accumulator like 'AccountSpent%'", "person_accumulator")]
    [InlineData("insert into person_accumulator values ('530924', '53092400000009', 2025, 'FundPay/Year/2025/*', 7, 1)", "person_accumulator")]
    [InlineData("delete from person_accumulator where accumulator like 'CatastrophicPay%'", "person_accumulator")]
    [InlineData("update payable set amount = amount + 1 where settlement = (select settlement from settlement_fact where seq = 3)", "payable")]
    [InlineData("update decided_rollup set catastrophic = catastrophic + 1 where institution = '530900200001'", "decided_rollup")]
    [InlineData("update decided_rollup set assistance = assistance + 1 where institution = '530900200001'", "decided_rollup")]
    [InlineData("update decided_rollup set other_owed = other_owed + 1 where institution = '530900200001'", "decided_rollup")]
    [InlineData("update decided_rollup set other_difference = other_difference + 1 where institution = '530900200001'", "decided_rollup")]
    [InlineData("update decided_rollup set other_receivable = other_receivable + 1 where institution = '530900200001'", "decided_rollup")]
    [InlineData("update quarantine set closed_by_hand = true, released_ms = 1", "settled_by_hand")]
    [InlineData("insert into recovery_case select region, 'Duplicate', 'x', settlement, person, site, currency, 7, 'bureau', 'ClosedByHand', 0, 1 from settlement_fact where seq = 3", "settled_by_hand")]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set fen = fen * 2 where event in ('CatastrophicDecided', 'ReimbursedByCatastrophic')", "ledger of")]
    public void Verify_PlantedFault_IsFoundByName(string plant, string table)
    {
        Assert.Equal((1, 3, 1), (
            _lab.Number("select count(*) from settlement_reversal"), _lab.Number("select count(*) from decided_rollup where visits > 0"),
            _lab.Number("select count(*) from quarantine")));

        _lab.Store.Write(session => session.Execute(TestServer.Planted(plant)));

        var first = Verify();
        Assert.NotNull(first);
        Assert.Equal(table, first.Table);
        Assert.NotEqual(first.Expected, first.Found);
    }

    private AuditDifference? Verify() => _lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First;
}
