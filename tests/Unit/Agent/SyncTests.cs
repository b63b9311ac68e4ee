using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class SyncTests
{
    [Fact]
    public async Task Send_EverythingOnce_HubHoldsTheSameChain()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 160m);
        var report = await station.Sync();
        Assert.Equal(0, report.Unacknowledged);
        var head = await station.Store.Do(session => station.Store.Journal.Head(session));
        Assert.Equal((head.Seq, Chain.Text(head.Hash.Span)), (station.Hub.Lines.Count, Chain.Text(station.Hub.Hash)));
        Assert.Equal(Enumerable.Range(1, station.Hub.Lines.Count).Select(i => (long)i), station.Hub.Entries().Select(entry => entry.Head.Seq));
    }

    [Fact]
    public async Task Send_AnswerLost_NothingTwice()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 160m);
        station.Hub.LoseNextAnswer = true;
        Assert.NotNull((await station.Sync()).Failure);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitSettled);
    }

    [Fact]
    public async Task Send_MoreThanABatchHolds_GoesInSeveral()
    {
        await using var station = await Station.Start();
        station.Hub.Up = false;
        await station.Store.Do(session =>
        {
            for (var i = 0; i < 1_500; i++)
            {
                station.Store.Journal.Append(session, Kinds.ClockJumped, new ClockJumped(i, i), station.Store.Clock.Capture());
            }
            return true;
        });
        station.Hub.Up = true;
        var before = station.Hub.Batches;
        Assert.Equal(1_500, (await station.Sync()).SentLines);
        Assert.Equal(2, station.Hub.Batches - before);
    }

    [Fact]
    public async Task Send_Refused_IsShownAndTriedAgain()
    {
        await using var station = await Station.Start();
        station.Hub.RefuseWith = Codes.Revoked;
        await station.Treat(1, 10m, "13");
        var report = await station.Sync();
        Assert.StartsWith(Codes.Revoked, report.Failure, StringComparison.Ordinal);
        Assert.True(report.Unacknowledged > 0);
        station.Hub.RefuseWith = null;
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        Assert.Null(station.Part<SyncRound>().Refusal);
    }

    [Fact]
    public async Task Hello_StoreRestoredFromABackup_TakesANewEpochAndCarriesWhatIsNotAcknowledged()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        // Two more that the backup holds, but the hub has not acknowledged to it yet.
        station.Hub.Up = false;
        var kept = await station.Treat(2, 50m);
        var backup = StoreCopy.Of(station.Folder);
        station.Hub.Up = true;
        await station.Treat(3, 70m);
        await station.Sync();
        await station.Close();
        StoreCopy.PutBack(backup, station.Folder);
        await station.Open();

        var report = await station.Sync();
        Assert.Equal((true, 0), (report.Heard, report.Unacknowledged));
        Assert.Equal(2, station.Hub.Epoch);
        var kinds = station.Hub.Entries().Select(entry => entry.Head.Kind).ToList();
        Assert.Equal(Kinds.CarriedFrom, kinds[0]);
        // The hub had it already: once, not twice.
        Assert.Single(station.Hub.EarlierLines.Concat(station.Hub.Lines), line =>
            JournalCodec.ReadHead(line, out _).Kind == Kinds.VisitSettled && System.Text.Encoding.UTF8.GetString(line).Contains(kept.Settlement.ToString("D"), StringComparison.Ordinal));
        // What the backup held keeps its accumulators, and can still be reversed.
        Assert.Equal(10_00, (await station.Treat(2, 100m)).Totals.Deductible);
        await station.Restart();
        Assert.Null(station.Store.Damage);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
    }

    [Fact]
    public async Task Hello_HubLostItsLastBatches_TheyAreSentAgain()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        await station.Sync();
        var all = station.Hub.Lines.Count;
        station.Hub.Lines.RemoveRange(2, all - 2);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        Assert.Equal((1, all), (station.Hub.Epoch, station.Hub.Lines.Count));
    }

    [Fact]
    public async Task TakeNewEpoch_HubGivesOneThatIsUsedUp_IsNamedAndSettlingGoesOnOffline()
    {
        await using var station = await Station.Start();
        station.Hub.Lines[^1] = "{\"other\":1}\n"u8.ToArray();
        await station.Sync();
        Assert.Equal(2, station.Hub.Epoch);
        (station.Hub.Epoch, station.Hub.Gives) = (1, 1);
        station.Clock.Advance(TimeSpan.FromMinutes(10));
        var (batches, pages) = (station.Hub.Batches, station.Hub.Pages);
        var report = await station.Sync();
        Assert.False(report.Heard);
        Assert.Contains(Codes.HubRestored, report.Failure, StringComparison.Ordinal);
        Assert.Equal((1, batches, pages), (station.Hub.Epoch, station.Hub.Batches, station.Hub.Pages));
        var status = await station.Part<EdgeHub.Agent.LocalApi.StatusReader>().Read();
        Assert.StartsWith(Codes.HubRestored, status.HubRefusal, StringComparison.Ordinal);
        Assert.True((await station.Treat(1, 10m, "14")).Offline);
        // Its operator brought it to where it was.
        (station.Hub.Epoch, station.Hub.Gives) = (2, null);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        Assert.Null(station.Part<SyncRound>().Refusal);
    }

    [Fact]
    public async Task Refusal_OfAPage_GoesWithTheNextRoundThatSucceeds()
    {
        await using var station = await Station.Start();
        station.Hub.Change(EdgeHub.Sync.Feeds.FeedNames.Parameters, "offline.after_minutes", 0, "soon", "minutes");
        await station.Sync();
        Assert.NotNull(station.Part<SyncRound>().Refusal);
        station.Hub.Change(EdgeHub.Sync.Feeds.FeedNames.Parameters, "offline.after_minutes", 0, "20", "minutes");
        // Nothing is sent, so no batch is acknowledged.
        Assert.Equal(0, (await station.Sync()).SentLines);
        Assert.Null(station.Part<SyncRound>().Refusal);
    }

    [Fact]
    public async Task Hello_HubHoldsAnotherChain_TakesANewEpoch()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        await station.Sync();
        station.Hub.Lines[^1] = "{\"other\":1}\n"u8.ToArray();
        await station.Sync();
        Assert.Equal(2, station.Hub.Epoch);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
    }

    [Fact]
    public async Task Settle_BeforeTheHubWasAsked_WaitsForIt()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        station.BeforeFirstQuestion = true;
        await station.Restart();
        var settling = station.Settle(visit.Visit, station.Bill(160m));
        Assert.False(settling.IsCompleted);
        await station.Sync();
        Station.Settled(await settling);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(3, 40)]
    [InlineData(50, 300)]
    public void WaitAfter_Failures_GrowsWithJitterToFiveMinutes(int failures, int seconds)
    {
        var entropy = new SeededEntropy(1);
        var waits = Enumerable.Range(0, 50).Select(_ => SyncWorker.WaitAfter(failures, TimeSpan.FromSeconds(5), entropy)).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(seconds * 0.9), TimeSpan.FromSeconds(seconds * 1.1)));
        Assert.True(waits.Distinct().Count() > 10);
    }

    [Fact]
    public async Task Clock_WallJumps_IsNotedBeforeTheNextEntry()
    {
        await using var station = await Station.Start();
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        station.Clock.JumpWall(TimeSpan.FromSeconds(1));
        await station.CheckIn(1);
        station.Clock.JumpWall(TimeSpan.FromHours(-3));
        await station.CheckIn(2);
        await station.Sync();
        var kinds = station.Hub.Entries().Select(entry => entry.Head.Kind).ToList();
        Assert.Equal([Kinds.CheckedIn, Kinds.ClockJumped, Kinds.CheckedIn], kinds[^3..]);
        Assert.Contains("\"seenMilliseconds\":-10800000", station.Hub.Entries().ToList()[^2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PayOut_WhatADecisionOwes_OnceAndOnlyOnce()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        var decision = "018f0000-0000-7000-8000-0000000000d1";
        station.Hub.Change(EdgeHub.Sync.Feeds.FeedNames.Payables, decision, 0, "P1", settled.Settlement.ToString("D"), decision, 12_34, 12_34, "AccumulatorsStale", settled.Epoch, settled.Seq);
        station.Hub.Change(EdgeHub.Sync.Feeds.FeedNames.Decisions, "d1", 0, settled.Settlement.ToString("D"), "Adjusted", "AccumulatorsStale", 12_34, "cause", "2025-03-12T03:00:00.000Z");
        await station.Sync();
        Assert.Equal(12_34, Assert.Single((await station.CheckIn(1)).Payables).Open);
        var paid = Station.Read<PaidAnswer>(Assert.IsType<MoneyOutcome.Done>(await station.Part<PayOut>().Pay(decision, new PayOutRequest("p", "op"))).Json);
        Assert.Equal((12_34, decision), (paid.Amount, paid.Decision));
        Assert.Equal(Codes.NothingOpen, Station.Refused(await station.Part<PayOut>().Pay(decision, new PayOutRequest("q", "op"))).Code);
        Assert.Equal(Codes.NotFound, Station.Refused(await station.Part<PayOut>().Pay("nowhere", new PayOutRequest("r", "op"))).Code);
        var shown = Assert.IsType<LookUp<SettlementShown>.Found>(await station.Part<LookUps>().Settlement(settled.Settlement.ToString("D"))).Value;
        Assert.Equal(("Adjusted", 12_34), (shown.Decision!.Status, shown.Decision.FundDifference));
        Assert.True(shown.Acknowledged);
        Assert.Equal((1, 12_34), await station.Store.Do(session => DayStore.Refunds(session, new DateOnly(2025, 3, 12))));
    }
}
