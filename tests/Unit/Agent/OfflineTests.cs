using EdgeHub.Agent;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class OfflineTests
{
    private static async Task<Station> Cut(params IReadOnlyList<object?[]> parameters)
    {
        var station = await Station.Start(parameters);
        station.Hub.Up = false;
        station.Clock.Advance(TimeSpan.FromMinutes(10));
        return station;
    }

    private static async Task<Refusal> Refused(Station station, int person, decimal yuan, string visitType = "14", string? key = null)
    {
        var visit = await station.CheckIn(person, visitType);
        return Station.Refused(await station.Settle(visit.Visit, station.Bill(yuan, key)));
    }

    [Fact]
    public async Task Offline_FromTheTenthMinuteOn()
    {
        await using var station = await Station.Start();
        station.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.False((await station.Part<StatusReader>().Read()).Offline);
        Assert.False((await station.Treat(1, 600m, "14")).Offline);
        station.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await station.Part<StatusReader>().Read()).Offline);
        Assert.True((await station.Treat(1, 10m, "14")).Offline);
    }

    [Fact]
    public async Task Settle_FundAboveTheLimitOfOneSettlement_IsRefusedAndKeptAsEvidence()
    {
        await using var station = await Cut();
        Assert.Equal(Codes.OfflineAmountPerVisit, (await Refused(station, 1, 560m, key: "k")).Code);
        var visit = await station.CheckIn(1, "14");
        Assert.Equal(Codes.OfflineAmountPerVisit, Station.Refused(await station.Settle(visit.Visit, station.Bill(560m, "k"))).Code);
        station.Hub.Up = true;
        await station.Sync();
        var entry = Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.OfflineRefused);
        Assert.Contains("\"fundAsked\":50400,\"limitLeft\":50000", entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settle_ExactlyTheLimit_Settles()
    {
        await using var station = await Cut();
        var settled = await station.Treat(1, 555.55m, "14");
        Assert.Equal(500_00, settled.Shares.Fund);
        Assert.Equal(0, settled.OfflineLimits[OfflineLimitNames.OutpatientFundPerSettlement]);
    }

    [Fact]
    public async Task Settle_FourthOfOnePersonAndDay_IsRefused()
    {
        await using var station = await Cut();
        for (var i = 0; i < 3; i++)
        {
            await station.Treat(1, 10m, "14");
        }
        Assert.Equal(Codes.OfflineCountPerDay, (await Refused(station, 1, 10m)).Code);
        await station.Treat(2, 10m, "14");
    }

    [Fact]
    public async Task Settle_VisitsOfEarlierDays_ShareTheDayOnWhichTheyAreCaptured()
    {
        await using var station = await Cut();
        var visits = new List<string>();
        for (var day = 0; day < 4; day++)
        {
            visits.Add((await station.CheckIn(1, "14")).Visit);
            station.Clock.Advance(TimeSpan.FromDays(1));
        }
        foreach (var visit in visits[..3])
        {
            Station.Settled(await station.Settle(visit, station.Bill(10m)));
        }
        Assert.Equal(Codes.OfflineCountPerDay, Station.Refused(await station.Settle(visits[3], station.Bill(10m))).Code);
        station.Clock.Advance(TimeSpan.FromDays(1));
        Station.Settled(await station.Settle(visits[3], station.Bill(10m)));
    }

    [Fact]
    public async Task Settle_OneServiceDayOverSeveralCivilDays_SharesItsLimit()
    {
        await using var station = await Cut();
        var visits = new[] { await station.CheckIn(1, "14"), await station.CheckIn(1, "14") };
        Station.Settled(await station.Settle(visits[0].Visit, station.Bill(500m)));
        station.Clock.Advance(TimeSpan.FromDays(1));
        // 450.00 of 800.00 is used for that day: 350.00 are left, whatever the day of capture.
        Assert.Equal(Codes.OfflineAmountPerDay, Station.Refused(await station.Settle(visits[1].Visit, station.Bill(388.90m))).Code);
        Station.Settled(await station.Settle(visits[1].Visit, station.Bill(388.88m)));
    }

    [Fact]
    public async Task Settle_AReversedOne_DoesNotCount()
    {
        await using var station = await Cut();
        for (var i = 0; i < 3; i++)
        {
            await station.Reverse((await station.Treat(1, 10m, "14")).Settlement);
        }
        await station.Treat(1, 10m, "14");
    }

    [Fact]
    public async Task Settle_AmountOfOnePersonAndDay_IsRefused()
    {
        await using var station = await Cut();
        await station.Treat(1, 500m, "14");
        Assert.Equal(Codes.OfflineAmountPerDay, (await Refused(station, 1, 400m)).Code);
        await station.Treat(1, 388.88m, "14");
    }

    /// <summary>20.00 of the account a day. 10 % of 120.00 are 12.00; of 80.10 they would be 8.01, 20.01 together.</summary>
    [Fact]
    public async Task Settle_AccountOfOnePersonAndDay_IsRefused()
    {
        await using var station = await Station.Start([OfflineLimitNames.OutpatientAccountPerPersonDay, 0, "2000", "fen"]);
        station.Hub.Change(FeedNames.Members, Reference.Member(1, account: 100_00));
        await station.Sync();
        station.Hub.Up = false;
        station.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(12_00, (await station.Treat(1, 120m, "14")).Shares.Account);
        var visit = (await station.CheckIn(1, "14")).Visit;
        var why = Station.Refused(await station.Settle(visit, station.Bill(80.10m)));
        Assert.Equal((Codes.OfflineAccountPerDay, OfflineLimitNames.OutpatientAccountPerPersonDay), (why.Code, why.Faults[0].Field));
        Assert.Equal(8_01, Station.Settled(await station.Settle(visit, station.Bill(80.10m) with { UseAccount = false })).Shares.Cash);
        Assert.Equal(8_00, (await station.Treat(1, 80m, "14")).Shares.Account);
    }

    [Fact]
    public async Task Settle_InpatientAboveItsLimit_IsRefused()
    {
        await using var station = await Cut();
        Assert.Equal(Codes.OfflineInpatientAmount, (await Refused(station, 1, 26_000m, "21")).Code);
        await station.Treat(1, 2_000m, "21");
    }

    [Fact]
    public async Task Settle_SnapshotOfThirtyDays_IsRefused()
    {
        await using var station = await Cut();
        station.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal([Codes.SnapshotAging, Codes.BlacklistAging], (await station.Treat(1, 10m, "14")).Warnings.Select(warning => warning.Code));
        station.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Codes.SnapshotTooOld, (await Refused(station, 1, 10m)).Code);
    }

    [Fact]
    public async Task Settle_UnacknowledgedCountAndAmount_AreRefusedOnLineToo()
    {
        await using var station = await Station.Start(["unacknowledged.count", 0, "2", ""], ["unacknowledged.fund", 0, "100000", "fen"]);
        station.Hub.RefuseWith = Codes.Revoked;
        await station.Sync();
        Assert.Equal(Codes.UnacknowledgedAmount, (await Refused(station, 1, 1_200m)).Code);
        await station.Treat(1, 10m, "14");
        await station.Treat(2, 10m, "14");
        Assert.Equal(Codes.UnacknowledgedCount, (await Refused(station, 3, 10m)).Code);
        station.Hub.RefuseWith = null;
        await station.Sync();
        await station.Treat(3, 10m, "14");
    }

    [Fact]
    public async Task Settle_WallClockSetBack_StillKnowsThatItIsOnLine()
    {
        await using var station = await Station.Start();
        station.Clock.JumpWall(TimeSpan.FromDays(-1));
        Assert.False((await station.Part<StatusReader>().Read()).Offline);
    }

    [Fact]
    public async Task Snapshot_WallClockSetBack_DoesNotGrowYounger()
    {
        await using var station = await Cut();
        station.Clock.Advance(TimeSpan.FromDays(20));
        await station.Sync();
        station.Clock.JumpWall(TimeSpan.FromDays(-25));
        station.Clock.Advance(TimeSpan.FromDays(10) - TimeSpan.FromMinutes(11));
        await station.Treat(1, 10m, "14");
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Codes.SnapshotTooOld, (await Refused(station, 1, 10m)).Code);
    }

    [Fact]
    public async Task Snapshot_WallClockSetBackOverARestart_DoesNotGrowYounger()
    {
        await using var station = await Cut();
        station.Clock.Advance(TimeSpan.FromDays(29));
        await station.Sync();
        station.Clock.JumpWall(TimeSpan.FromDays(-29));
        await station.Restart();
        await station.Sync();
        await station.Treat(1, 10m, "14");
        station.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Codes.SnapshotTooOld, (await Refused(station, 1, 10m)).Code);
    }

    [Fact]
    public async Task Snapshot_MachineOffForDays_AgedMeanwhile()
    {
        await using var station = await Cut();
        await station.Sync();
        station.Clock.JumpWall(TimeSpan.FromDays(30));
        await station.Restart();
        await station.Sync();
        Assert.Equal(Codes.SnapshotTooOld, (await Refused(station, 1, 10m)).Code);
        station.Hub.Up = true;
        await station.Sync();
        await station.Treat(1, 10m, "14");
    }

    [Fact]
    public async Task Restart_WithoutTheHub_RemembersTheLastExchange()
    {
        await using var station = await Station.Start();
        station.Hub.Up = false;
        await station.Restart();
        Assert.False((await station.Part<StatusReader>().Read()).Offline);
        station.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True((await station.Part<StatusReader>().Read()).Offline);
        await station.Sync();
        Assert.True((await station.Treat(1, 10m, "14")).Offline);
    }
}
