using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class ReverseVisitTests
{
    [Fact]
    public async Task Reverse_ASettlement_MirrorsItAndGivesTheLimitsBack()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        var reversed = Station.Read<ReversedAnswer>(Assert.IsType<MoneyOutcome.Done>(await station.Reverse(settled.Settlement)).Json);
        Assert.Equal((settled.Settlement, settled.Shares, 160_00), (reversed.Settlement, reversed.Shares, reversed.Total));
        Assert.Equal(60_00, (await station.Treat(1, 160m)).Totals.Deductible);
    }

    [Fact]
    public async Task Reverse_Mirrors_TheMovesInTheEntry()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await station.Reverse(settled.Settlement);
        await station.Sync();
        var bodies = station.Hub.Lines.Select(line => (Head: JournalCodec.ReadHead(line, out var body), Body: line[body])).ToList();
        var made = JournalCodec.ReadBody<VisitSettled>(bodies.Single(entry => entry.Head.Kind == Kinds.VisitSettled).Body);
        var taken = JournalCodec.ReadBody<VisitReversed>(bodies.Single(entry => entry.Head.Kind == Kinds.VisitReversed).Body);
        Assert.Equal(made.Accumulators.OrderBy(move => move.Key).Select(move => (move.Key, move.After, move.Before)), taken.Accumulators.OrderBy(move => move.Key).Select(move => (move.Key, move.Before, move.After)));
    }

    [Fact]
    public async Task Reverse_Twice_IsRefused()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await station.Reverse(settled.Settlement);
        Assert.Equal(Codes.AlreadyReversed, Station.Refused(await station.Reverse(settled.Settlement)).Code);
    }

    [Fact]
    public async Task Reverse_SameKey_SameAnswer()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        var first = Assert.IsType<MoneyOutcome.Done>(await station.Reverse(settled.Settlement, "r"));
        Assert.Equal(first.Json, Assert.IsType<MoneyOutcome.Done>(await station.Reverse(settled.Settlement, "r")).Json);
    }

    [Fact]
    public async Task Reverse_ALaterOneUsedTheSameAccumulators_ThatOneFirst()
    {
        await using var station = await Station.Start();
        var (first, second) = (await station.Treat(1, 40m), await station.Treat(1, 100m));
        var why = Station.Refused(await station.Reverse(first.Settlement));
        Assert.Equal((Codes.LaterSettlementFirst, second.Settlement.ToString("D")), (why.Code, why.Faults[0].Value));
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(second.Settlement));
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(first.Settlement));
    }

    [Fact]
    public async Task Reverse_ALaterOneOnOtherAccumulators_IsNotInTheWay()
    {
        await using var station = await Station.Start();
        var first = Station.Settled(await station.Settle((await station.CheckIn(1, "14")).Visit, station.Bill(10m) with { UseAccount = false }));
        Station.Settled(await station.Settle((await station.CheckIn(1, "11")).Visit, station.Bill(100m) with { UseAccount = false }));
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(first.Settlement));
    }

    [Fact]
    public async Task Reverse_AnotherPersonsLaterOne_IsNotInTheWay()
    {
        await using var station = await Station.Start();
        var first = await station.Treat(1, 40m);
        await station.Treat(2, 100m);
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(first.Settlement));
    }

    [Fact]
    public async Task Reverse_ThenSettleThePartAgain_IsANewSettlement()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var first = Station.Settled(await station.Settle(visit.Visit, station.Bill(160m)));
        await station.Reverse(first.Settlement);
        var second = Station.Settled(await station.Settle(visit.Visit, station.Bill(150m)));
        Assert.NotEqual(first.Settlement, second.Settlement);
        var shown = Assert.IsType<LookUp<SettlementShown>.Found>(await station.Part<LookUps>().Settlement(first.Settlement.ToString("D"))).Value;
        Assert.NotNull(shown.Reversal);
    }

    [Theory]
    [InlineData("no-id")]
    [InlineData("018f0000-0000-7000-8000-000000000000")]
    public async Task Reverse_Unknown_IsNotFound(string id)
    {
        await using var station = await Station.Start();
        var outcome = await station.Part<ReverseVisit>().Reverse(id, new ReverseRequest("k", "why", "op"));
        Assert.Equal(Codes.NotFound, Station.Refused(outcome).Code);
    }

    [Fact]
    public async Task Accumulators_FedValueIncludesOwnEntries_NothingCountsTwice()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 40m);
        // The hub has decided on everything so far and adds 5.00 from elsewhere.
        station.Hub.Change(FeedNames.Accumulators, "P1|Deductible/Year/2025/*", 0, "P1", "Deductible/Year/2025/*", 45_00, settled.Epoch, settled.Seq);
        await station.Sync();
        Assert.Equal(15_00, (await station.Treat(1, 100m)).Totals.Deductible);
    }

    [Fact]
    public async Task Accumulators_ReversedAfterTheHubCutItDown_NeverBelowZero()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 40m);
        station.Hub.Change(FeedNames.Accumulators, "P1|Deductible/Year/2025/*", 0, "P1", "Deductible/Year/2025/*", 10_00, settled.Epoch, settled.Seq);
        await station.Sync();
        await station.Reverse(settled.Settlement);
        Assert.Equal(60_00, (await station.Treat(1, 100m)).Totals.Deductible);
    }

    /// <summary>60.00 of deductible were claimed, the hub says 20.00. Reversed, nothing is left; 30.00 more, and 30.00 of the 60.00 are left.</summary>
    [Fact]
    public async Task Accumulators_SettledAfterReversingACutDownOne_IsNotForgotten()
    {
        await using var station = await Station.Start();
        await CutDown(station, await station.Treat(1, 160m));
        var second = await station.Treat(1, 30m);
        var third = await station.Treat(1, 200m);
        Assert.Equal((30_00, 30_00), (second.Totals.Deductible, third.Totals.Deductible));
    }

    /// <summary>A partial refund of the cut-down one, too, first takes back what was there, then counts what remains: 40.00.</summary>
    [Fact]
    public async Task Accumulators_PartlyRefundedAfterTheHubCutItDown_WhatRemainsCounts()
    {
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await using var station = await Station.Start();
            var visit = await station.CheckIn(1);
            var bill = station.Bill(120m) with { Lines = [new LineGiven("A1", 120m, 1m, 120_00), new LineGiven("A1", 40m, 1m, 40_00)] };
            var first = Station.Settled(await station.Settle(visit.Visit, bill));
            await CutDown(station, first, reverse: false);
            Assert.IsType<MoneyOutcome.Done>(await station.Part<RefundPart>().Refund(
                first.Settlement.ToString("D"), new PartRefundRequest("refund", [new LineRemains(2, null, null)], "not given", "op", null)));
            Assert.Equal(20_00, (await station.Treat(1, 200m)).Totals.Deductible);
        }
    }

    private static async Task CutDown(Station station, SettledAnswer settled, bool reverse = true)
    {
        await station.Sync();
        const string key = "Deductible/Year/2025/*";
        station.Hub.Change(FeedNames.Accumulators, "P1|" + key, 0, "P1", key, 20_00L, settled.Epoch, settled.Seq);
        await station.Sync();
        if (reverse)
        {
            Assert.IsType<MoneyOutcome.Done>(await station.Reverse(settled.Settlement));
        }
    }
}
