using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Settlement;
using EdgeHub.Tests.Unit.Hub.Lab;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Verify reads in pieces: however small they are, it compares the same and finds the same. Ana and Dora pay with Cleo's account;
/// Bo stands between them and with nobody.</summary>
public sealed class AuditPiecesTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Bo = "53092400000002";
    private const string Cleo = "53092400000003";
    private const string Dora = "53092400000004";
    private readonly SettlementLab _lab = new(LabPolicy.Layered);

    public AuditPiecesTests()
    {
        _lab.Person(Cleo, account: 10_000);
        _lab.Person(Bo);
        _lab.Person(Ana, account: 10_000, owner: Cleo);
        _lab.Person(Dora, account: 10_000, owner: Cleo);
        var north = _lab.Site("530924100201", 1);
        var south = _lab.Site("530924100202", 2);
        north.KnowsAccount(Cleo, 10_000);
        south.KnowsAccount(Cleo, 10_000);
        north.Settle(Ana, "2025-03-03", 300.00m, useAccount: true, owner: Cleo);
        south.Settle(Dora, "2025-03-04", 300.00m, useAccount: true, owner: Cleo);
        var owed = south.Settle(Ana, "2025-03-05", 300.00m);
        north.PartlyRefund(north.Settle(Bo, "2025-03-06", 600.00m), 300.00m, "2025-03-06");
        north.Reverse(north.Settle(Bo, "2025-03-07", 20.00m), "2025-03-07");
        south.Settle(Bo, "2025-03-08", 20.00m, tamper: body => body with { Currency = "SEK" });
        north.Claim(Bo, "2025-03-09", 90.00m, "2025-03-20", "INV-1");
        north.Send(3);
        north.NewEpoch();
        north.Settle(Cleo, "2025-03-10", 30.00m, useAccount: true);
        north.Send();
        south.Send();
        _lab.SettleAll();
        north.Refund(owed, 10_00, "2025-03-12");
        north.Send();
        _lab.SettleAll();
    }

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_HoweverSmallThePieces_ComparesTheSame(int rowsOfPiece)
    {
        var whole = Run(1_000);
        var pieces = Run(rowsOfPiece);

        Assert.Null(pieces.First);
        Assert.Equal(whole.Counts, pieces.Counts);
        // Eight, and the one set aside.
        Assert.Equal(9, pieces.Counts["settlement_fact"]);
        Assert.True(pieces.Counts["ledger of"] >= 7);
    }

    [Theory]
    [InlineData("update decision set fund = fund + 1, cash = cash - 1 where device_no = 2 and seq = 1", "decision")]
    [InlineData("update person_accumulator set amount = amount + 1 where person = '53092400000003' and accumulator like 'AccountSpent%'", "person_accumulator")]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set fen = fen + (case when leg_no % 2 = 0 then -1 else 1 end) where leg_no < 2 and set_id = (select set_id from ledger_set where cause = 'settlement/2/1/1')", "ledger of")]
    [InlineData("update payable set amount = amount + 1", "payable")]
    public void Run_AFaultOfAJoinedPerson_IsNamedInTheSmallestPiecesToo(string plant, string table)
    {
        _lab.Store.Write(session => session.Execute(TestServer.Planted(plant)));

        Assert.Equal((table, table), (Run(1).First?.Table, Run(1_000).First?.Table));
    }

    private AuditNotes Run(int rowsOfPiece)
    {
        var notes = new AuditNotes();
        _lab.Store.Read(session =>
        {
            new SettlementAudit(new EdgeHub.Hub.Store.SegmentReader(), rowsOfPiece).Run(session, SettlementLab.Region, notes);
            return true;
        });
        return notes;
    }
}
