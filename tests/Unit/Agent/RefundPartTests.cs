using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>B21. Visit type 11: 60.00 deductible a year, then 60 %; the account holds 12.00.</summary>
public sealed class RefundPartTests
{
    private static readonly LineGiven[] Lines = [new("A1", 10m, 10m, 100_00), new("A1", 60m, 1m, 60_00)];

    /// <summary>Of 160.00: fund (160 - 60) x 0.6 = 60.00, account 12.00, cash 88.00. What remains is computed alone:
    /// 100.00: fund 40 x 0.6 = 24.00, cash 64.00. 60.00: all of it deductible, cash 48.00. 60.01: fund 0.01 x 0.6 = 0.006, rounded
    /// 0.01. 159.99: fund 99.99 x 0.6 = 59.994, rounded 59.99; cash 88.00.</summary>
    [Theory]
    [InlineData(4.0, 40_00, true, 24_00, 64_00, 60_00)]
    [InlineData(0.0, 0, true, 0, 48_00, 60_00)]
    [InlineData(0.001, 1, true, 1, 48_00, 60_00)]
    [InlineData(9.999, 99_99, true, 59_99, 88_00, 60_00)]
    [InlineData(4.0, 40_00, false, 0, 28_00, 40_00)]
    [InlineData(7.5, 75_00, false, 9_00, 54_00, 60_00)]
    public async Task Refund_WhatRemains_IsComputedOnTheAccumulatorsOfThen(decimal quantity, long amount, bool second, long fund, long cash, long deductible)
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        Assert.Equal(new SharesShown(60_00, 12_00, 88_00), old.Shares);
        var remains = new List<LineRemains?>();
        if (amount > 0)
        {
            remains.Add(new LineRemains(1, quantity, amount));
        }
        if (second)
        {
            remains.Add(new LineRemains(2, null, null));
        }
        var refund = Done(await Refund(station, old.Settlement, remains));
        Assert.Equal((old.Settlement, old.Visit, old.Ordinal), (refund.Settlement, refund.Now.Visit, refund.Now.Ordinal));
        Assert.Equal((new SharesShown(fund, 12_00, cash), deductible), (refund.Now.Shares, refund.Now.Totals.Deductible));
        Assert.Equal(new SharesShown(60_00 - fund, 0, 88_00 - cash), refund.Difference);
        // What comes next stands on what remained.
        Assert.Equal(60_00 - deductible, (await station.Treat(1, 100m)).Totals.Deductible);
    }

    [Fact]
    public async Task Refund_OneEntry_HoldsTheOldOneTheNewOneAndTheDifference()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        var refund = Done(await Refund(station, old.Settlement, [new LineRemains(2, 1m, 60_00)], "r"));
        await station.Sync();
        var line = station.Hub.Lines.Single(bytes => JournalCodec.ReadHead(bytes, out _).Kind == Kinds.VisitPartlyRefunded);
        JournalCodec.ReadHead(line, out var range);
        var body = JournalCodec.ReadBody<VisitPartlyRefunded>(line.AsSpan(range));
        Assert.Equal((old.Settlement, refund.Refund, refund.Now.Settlement, "r"), (body.Settlement, body.Refund, body.Now.Settlement, body.Now.RequestKey));
        Assert.Equal(new SettledShares(60_00, 0, 40_00), body.Difference);
        Assert.Equal(("Deductible/Year/2025/*", 0L, 60_00L), body.Now.Accumulators.Where(move => move.Key.StartsWith("Deductible", StringComparison.Ordinal)).Select(move => (move.Key, move.Before, move.After)).Single());
        Assert.Equal(2, Assert.Single(body.Now.Lines).No);
        Assert.DoesNotContain(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitReversed);
    }

    [Fact]
    public async Task Refund_AgainAndThenReversed_ActsOnTheSuccessor()
    {
        await using var station = await Station.Start();
        var first = await Settled(station);
        var second = Done(await Refund(station, first.Settlement, [new LineRemains(1, 4m, 40_00), new LineRemains(2, null, null)])).Now;
        Assert.Equal((Codes.PartlyRefunded, second.Settlement.ToString("D")), Why(await Refund(station, first.Settlement, [new LineRemains(2, null, null)])));
        Assert.Equal((Codes.PartlyRefunded, second.Settlement.ToString("D")), Why(await station.Reverse(first.Settlement)));
        var third = Done(await Refund(station, second.Settlement, [new LineRemains(2, null, null)]));
        Assert.Equal(new SharesShown(24_00, 0, 16_00), third.Difference);
        var reversed = Station.Read<ReversedAnswer>(Assert.IsType<MoneyOutcome.Done>(await station.Reverse(third.Now.Settlement)).Json);
        Assert.Equal((new SharesShown(0, 12_00, 48_00), 60_00L), (reversed.Shares, reversed.Total));
        Assert.Equal((Codes.AlreadyReversed, reversed.Reversal.ToString("D")), Why(await Refund(station, third.Now.Settlement, [new LineRemains(2, 1m, 1)])));
        // Everything is back where it was.
        Assert.Equal((60_00, 12_00), (await station.Treat(1, 160m)) is var again ? (again.Totals.Deductible, again.Shares.Account) : default);

        foreach (var id in new[] { first.Settlement, second.Settlement, third.Now.Settlement })
        {
            var shown = Assert.IsType<LookUp<SettlementShown>.Found>(await station.Part<LookUps>().Settlement(id.ToString("D"))).Value;
            Assert.Equal(id, shown.Confirmed.Settlement);
            Assert.Equal(
                [(first.Settlement, 160_00L), (second.Settlement, 100_00L), (third.Now.Settlement, 60_00L)], shown.Chain.Select(link => (link.Settlement, link.Total)));
            Assert.All(shown.Chain, link => Assert.NotNull(link.Reversal));
        }
    }

    [Fact]
    public async Task Refund_SameRequestAgain_SameAnswerAndOneEntry()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        var first = Assert.IsType<MoneyOutcome.Done>(await Refund(station, old.Settlement, [new LineRemains(2, null, null)], "r"));
        var again = Assert.IsType<MoneyOutcome.Done>(await Refund(station, old.Settlement, [new LineRemains(2, null, null)], "r"));
        Assert.Equal(first.Json, again.Json);
        Assert.True(again.Again);
        Assert.Equal(Codes.RequestKeyReused, Why(await Refund(station, old.Settlement, [new LineRemains(1, null, null)], "r")).Code);
        await station.Sync();
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitPartlyRefunded);
    }

    public static TheoryData<string, string, LineRemains?[]> Faulty => new()
    {
        { Codes.NothingRemains, "lines", [] },
        { Codes.NothingTakenBack, "lines", [new(1, 10.0m, 100_00), new(2, null, null)] },
        { Codes.LineGrows, "lines[1].quantity", [new(1, 10.0001m, 100_00)] },
        { Codes.LineGrows, "lines[1].amount", [new(1, 10m, 100_01)] },
        { Codes.LineGrows, "lines[3].no", [new(3, 1m, 1_00)] },
        { Codes.LineGrows, "lines", [new(1, null, null), new(2, null, null), new(2, null, null)] },
        { Codes.Duplicated, "lines[2].no", [new(2, null, null), new(2, null, null)] },
        { Codes.Missing, "lines.no", [new(null, 1m, 1_00)] },
        { Codes.Missing, "lines.no", [null] },
        { Codes.Missing, "lines[1].amount", [new(1, 4m, null)] },
        { Codes.LineAmountMismatch, "lines[1].amount", [new(1, 4m, 40_02)] },
        { Codes.BadNumber, "lines[1].quantity", [new(1, 0m, 0)] },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Refund_LinesThatAreNoRemainder_AreRefusedByName(string code, string field, LineRemains?[] lines)
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        var why = Station.Refused(await Refund(station, old.Settlement, lines));
        Assert.Equal((code, field), (why.Code, why.Faults[0].Field));
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(old.Settlement));
    }

    [Fact]
    public async Task Refund_ALaterOneUsedTheSameAccumulators_ThatOneFirst()
    {
        await using var station = await Station.Start();
        var (first, second) = (await Settled(station), await station.Treat(1, 100m));
        Assert.Equal((Codes.LaterSettlementFirst, second.Settlement.ToString("D")), Why(await Refund(station, first.Settlement, [new LineRemains(2, null, null)])));
        await station.Reverse(second.Settlement);
        Done(await Refund(station, first.Settlement, [new LineRemains(2, null, null)]));
    }

    [Fact]
    public async Task Refund_SomethingWasPaidBack_IsRefused()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        station.Hub.Change(
            FeedNames.Payables, "x", 0, "P1", old.Settlement.ToString("D"), "018f0000-0000-7000-8000-0000000000d1", 20_00, 19_99, "AccumulatorsStale", old.Epoch, old.Seq);
        await station.Sync();
        Assert.Equal((Codes.RefundAlreadyPaid, "1"), Why(await Refund(station, old.Settlement, [new LineRemains(2, null, null)])));
    }

    [Fact]
    public async Task Refund_ExpectedDifferenceOfAnOldQuote_IsRefusedAndNothingWritten()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        var request = new PartRefundRequest("r", [new LineRemains(2, null, null)], "mistake", "op", null);
        var quote = Assert.IsType<LookUp<PartRefundQuote>.Found>(await station.Part<RefundPart>().Quote(old.Settlement.ToString("D"), request)).Value;
        Assert.Equal(40_00, quote.Difference.Cash);
        var wrong = await station.Part<RefundPart>().Refund(old.Settlement.ToString("D"), request with { ExpectedDifference = 39_99 });
        Assert.Equal((Codes.QuoteChanged, "3999"), Why(wrong));
        Done(await station.Part<RefundPart>().Refund(old.Settlement.ToString("D"), request with { ExpectedDifference = 40_00 }));
    }

    [Fact]
    public async Task Refund_BookAndCatalogueAndBalanceMovedOn_TheOldOnesHold()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        var later = Reference.Book.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal).Replace("0.6,,2000.00,", "0.1,,2000.00,", StringComparison.Ordinal);
        station.Hub.Change(FeedNames.Policies, "test-2025/2", 0, "test-2025", 2, "", "2025-01-01", "2026-01-01", "2024-12-20", later);
        station.Hub.Change(FeedNames.Members, Reference.Member(1, account: 500_00));
        station.Hub.Change(FeedNames.Catalogue, "A1", 0, "甲类药", "jly", "C", 9, "盒", "", "", "", "", "", "", "2024-01-01", "2026-01-01", "");
        station.Hub.Change(FeedNames.Accumulators, "P1|Deductible/Year/2025/*", 0, "P1", "Deductible/Year/2025/*", 60_00, 1, old.Seq);
        await station.Sync();
        Assert.Equal(new SharesShown(24_00, 12_00, 64_00), Done(await Refund(station, old.Settlement, [new LineRemains(1, 4m, 40_00), new LineRemains(2, null, null)])).Now.Shares);
    }

    [Fact]
    public async Task DayTotals_OfTheDayOfTheRefund_HoldTheDifference()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        station.Clock.Advance(TimeSpan.FromDays(1));
        await station.Sync();
        Done(await Refund(station, old.Settlement, [new LineRemains(2, null, null)]));
        var first = await station.Part<LookUps>().DayTotals(new DateOnly(2025, 3, 12));
        Assert.Equal(((1L, 160_00L), (0L, 0L)), ((first.Net.Count, first.Net.Total), (first.PartRefunded.Count, first.PartRefunded.Total)));
        var second = await station.Part<LookUps>().DayTotals(new DateOnly(2025, 3, 13));
        Assert.Equal(new DaySum(1, 100_00, 60_00, 0, 40_00, 0, 0), second.PartRefunded);
        Assert.Equal(new DaySum(0, -100_00, -60_00, 0, -40_00, 0, 0), second.Net);
        Assert.Equal(second.PartRefunded, Assert.Single(second.VisitTypes).PartRefunded);
    }

    [Fact]
    public async Task Start_ARefundedStore_IsSoundAndGoesOn()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        var now = Done(await Refund(station, old.Settlement, [new LineRemains(2, null, null)])).Now;
        await station.Restart();
        Assert.Null(station.Store.Damage);
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(now.Settlement));
    }

    [Fact]
    public async Task Start_TheSuccessorsRowWasAltered_OpensRefusing()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        var now = Done(await Refund(station, old.Settlement, [new LineRemains(2, null, null)])).Now;
        await station.Store.Do(session => session.Prepared("update settlement set cash = cash + 1 where settlement = $1").Execute(now.Settlement));
        await station.Close();
        await station.Open();
        Assert.Contains("cash", station.Store.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refund_CarriedIntoALaterEpoch_StandsThereOnce()
    {
        await using var station = await Station.Start();
        var old = await Settled(station);
        await station.Sync();
        var refund = Done(await Refund(station, old.Settlement, [new LineRemains(1, 4m, 40_00), new LineRemains(2, null, null)], "r"));
        station.Hub.LoseNextAnswer = true;
        await station.Sync();
        // The hub knows another line where the refund stands here: the device takes a new epoch and seals the refund again.
        station.Hub.Lines[^1] = "{\"other\":1}\n"u8.ToArray();
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal(2, station.Hub.Epoch);
        Assert.Single(station.Hub.Entries(), entry => entry.Head is { Kind: Kinds.VisitPartlyRefunded, Schema: 1 });
        Assert.Equal(refund.Refund, Done(await Refund(station, old.Settlement, [new LineRemains(1, 4m, 40_00), new LineRemains(2, null, null)], "r")).Refund);
        Assert.Equal(new SharesShown(24_00, 0, 16_00), Done(await Refund(station, refund.Now.Settlement, [new LineRemains(2, null, null)])).Difference);
        await station.Restart();
        Assert.Null(station.Store.Damage);
        Assert.Equal(0, (await station.Treat(1, 100m)).Totals.Deductible);
    }

    private static async Task<SettledAnswer> Settled(Station station) =>
        Station.Settled(await station.Settle((await station.CheckIn(1)).Visit, station.Bill(1m) with { Lines = Lines }));

    private static Task<MoneyOutcome> Refund(Station station, Guid settlement, IReadOnlyList<LineRemains?> lines, string? key = null) => station.Part<RefundPart>().Refund(
        settlement.ToString("D"), new PartRefundRequest(key ?? Guid.NewGuid().ToString("N"), lines, "returned", "op", null));

    private static PartRefundAnswer Done(MoneyOutcome outcome) => Station.Read<PartRefundAnswer>(Assert.IsType<MoneyOutcome.Done>(outcome).Json);

    private static (string Code, string Value) Why(MoneyOutcome outcome) => Station.Refused(outcome) is var why ? (why.Code, why.Faults[0].Value) : default;
}
