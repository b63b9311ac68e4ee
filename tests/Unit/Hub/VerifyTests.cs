using EdgeHub.Hub;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Benefit;
using EdgeHub.Tests.Unit.Hub.Lab;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>A fault planted in each thing that the hub keeps is found, by name.</summary>
public sealed class VerifyTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();

    public VerifyTests()
    {
        _lab.Person(Ana);
        var north = _lab.Site("530924100201", 1);
        var south = _lab.Site("530924100202", 2);
        north.Settle(Ana, "2025-03-03", 150.00m);
        var second = south.Settle(Ana, "2025-03-04", 150.00m);
        var third = south.Settle(Ana, "2025-03-05", 20.00m, item: "B1");
        south.Reverse(third, "2025-03-05");
        north.Write("NoSuchKind", "2025-03-05", new DeviceStarted("1", "test", "1"));
        north.Send();
        south.Send(1);
        south.Send();
        _lab.SettleAll();
        north.Refund(second, 6000, "2025-03-06");
        north.Settle(Ana, "2025-03-07", 30.00m, visit: "530924100201-v1");
        north.Send();
        _lab.SettleAll();
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Verify_NothingPlanted_AgreesAndCountsWhatItCompared()
    {
        var notes = Verify();

        Assert.Null(notes.First);
        Assert.Equal(7, notes.Counts["entry"]);
        Assert.Equal(4, notes.Counts["decision"]);
        Assert.Equal(4, notes.Counts["settlement_fact"]);
    }

    /// <summary>A hub of before counted neither layers nor invoices: what it received is not missed, what came since is.</summary>
    [Fact]
    public void Verify_SegmentsOfBeforeTheLayersWereCounted_AreNotMissed()
    {
        _lab.Store.Write(session => session.Execute("insert into claimed_since (region, segment_id) select region, max(segment_id) from segment where true group by region"));
        Assert.Null(Verify().First);
        _lab.Store.Write(session => session.Execute("update claimed_rollup set invoiced = invoiced + 1"));
        Assert.Equal("claimed_rollup", Verify().First?.Table);
    }

    [Theory]
    [InlineData("update entry set kind = 'CheckedIn' where seq = 1", "entry")]
    [InlineData("update entry set captured_effective_ms = 1 where seq = 1 and device_no = 2", "entry")]
    [InlineData("delete from entry where seq = 2 and device_no = 1", "entry")]
    [InlineData("update segment set wire = cast(substr(wire, 1, length(wire) - 9) || x'000000000000000000' as blob) where segment_id = 1", "segment")]
    [InlineData("update segment set prev_hash = last_hash where segment_id = 1", "segment prev_hash")]
    [InlineData("update device set public_key = (select public_key from device where device_no = 2) where device_no = 1", "segment signature")]
    [InlineData("update device_head set seq = seq - 1 where device_no = 1", "device_head")]
    [InlineData("update claimed_rollup set fund = fund + 1", "claimed_rollup")]
    [InlineData("update claimed_rollup set catastrophic = 1", "claimed_rollup")]
    [InlineData("update claimed_rollup set assistance = assistance - 1", "claimed_rollup")]
    [InlineData("update claimed_rollup set invoices = invoices + 1", "claimed_rollup")]
    [InlineData("update claimed_rollup set invoiced = invoiced + 1", "claimed_rollup")]
    [InlineData("update settlement_fact set claimed_fund = claimed_fund + 1, claimed_cash = claimed_cash - 1 where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set visit_type = '14' where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set content = 'x' where device_no = 1", "settlement_fact content")]
    [InlineData("update settlement_fact set ordinal = 1 where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set currency = 'SEK' where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set disease = 'M01' where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set out_of_area = true where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set claimed_eligible = claimed_eligible - 1 where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set eligible = eligible - 1 where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set policy_hash = 'x' where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set policy_row = 9 where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set feed_blacklist = 9 where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set site = '530924100202' where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_reversal set cash = cash + 1", "settlement_reversal")]
    [InlineData("delete from settlement_reversal", "settlement_reversal")]
    [InlineData("update settlement_refund set amount = amount + 1", "settlement_refund")]
    [InlineData("delete from settlement_refund", "settlement_refund")]
    [InlineData("update decision set posting_month = '2025-05' where device_no = 1", "decision posting_month")]
    [InlineData("update recovery_case set amount = amount + 1", "recovery_case")]
    [InlineData("delete from recovery_case", "recovery_case")]
    [InlineData("insert into recovery_case select region, 'RefundOverpaid', 'nobody', settlement, person, institution, currency, 7, owner, 'Open', 0, null from recovery_case limit 1", "recovery_case")]
    [InlineData("insert into payable select region, '00000000-0000-0000-0000-000000000001', person, decision, 7, 0, cause, currency, site, 0, version, 0 from payable", "payable")]
    [InlineData("delete from settlement_fact where device_no = 1", "settlement_fact")]
    [InlineData("update settlement_fact set standing = 'Duplicate' where device_no = 1", "settlement_fact standing")]
    [InlineData("update decision set fund = fund + 1 where device_no = 1", "decision")]
    [InlineData("update decision set cause = 'PolicyStale' where device_no = 2 and seq = 1", "decision")]
    [InlineData("update person_accumulator set amount = amount + 1", "person_accumulator")]
    [InlineData("update payable set amount = amount + 1", "payable")]
    [InlineData("update payable set paid = 0", "payable")]
    [InlineData("update decided_rollup set visits = visits + 1 where institution = '530924100202'", "decided_rollup")]
    [InlineData("delete from decided_rollup", "decided_rollup")]
    [InlineData("update ledger_balance set fen = fen + 1 where account_no = 2", "ledger_balance")]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set fen = fen + 1 where leg_no = 1", "ledger of")]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set article = 'x' where leg_no = 1", "ledger_leg")]
    [InlineData("drop trigger ledger_leg_after_seal; insert into ledger_leg select region, set_id, 98, event, account_no, 7, rule, article from ledger_leg where leg_no = 0 limit 1", "ledger_set legs")]
    public void Verify_PlantedFault_IsFoundByName(string plant, string table)
    {
        _lab.Store.Write(session => session.Execute(TestServer.Planted(plant)));

        var first = Verify().First;

        Assert.NotNull(first);
        Assert.Equal(table, first.Table);
        Assert.NotEqual(first.Expected, first.Found);
        Assert.StartsWith($"{table} {first.Key}: expected {first.Expected}; found {first.Found}; look at: ", first.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update county_budget set lead_indicator = lead_indicator + 1", "county_budget")]
    [InlineData("update county_indicator set indicator = indicator + 1", "county_indicator")]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set fen = fen + 1 where leg_no in (0, 1)", "ledger of")]
    public void Verify_PlantedFaultOfABudget_IsFoundByName(string plant, string table)
    {
        using var hub = new TempHub();
        YearBudgetFile.Load(hub.Store, File.ReadAllText(BookText.Repository("installers/quickstart/data/budget-2025-sample.json")));
        Assert.Null(hub.Store.Read(session => VerifyCommand.Run(session, TempHub.Region)).First);

        hub.Store.Write(session => session.Execute(TestServer.Planted(plant)));

        Assert.Equal(table, hub.Store.Read(session => VerifyCommand.Run(session, TempHub.Region)).First?.Table);
    }

    private EdgeHub.Hub.Jobs.AuditNotes Verify() => _lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region));
}
