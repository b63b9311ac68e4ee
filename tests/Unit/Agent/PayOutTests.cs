using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>What is owed for a settlement is paid out once, however many decisions come on it and whenever the hub hears of it.</summary>
public sealed class PayOutTests
{
    private const string First = "018f0000-0000-7000-8000-0000000000d1";
    private const string Second = "018f0000-0000-7000-8000-0000000000d2";

    /// <summary>A first decision owed so much and was paid out here; a second one is fed, with or without that refund in it.</summary>
    [Theory]
    [InlineData(20_00, 25_00, 5_00, true, 5_00)]
    [InlineData(20_00, 25_00, 25_00, false, 5_00)]
    [InlineData(20_00, 20_00, 20_00, false, 0)]
    [InlineData(20_00, 20_00, 0, true, 0)]
    [InlineData(20_00, 15_00, 15_00, false, 0)]
    [InlineData(20_00, 15_00, -5_00, true, 0)]
    [InlineData(20_00, 20_01, 1, true, 1)]
    [InlineData(20_00, 45_00, 15_00, true, 15_00)]
    [InlineData(20_00, 45_00, 35_00, false, 15_00)]
    public async Task Payable_DecidedAgain_OpenIsWhatNobodyPaid(long paidFirst, long amount, long fedOpen, bool refundIncluded, long open)
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await Fed(station, settled, First, paidFirst, paidFirst, settled.Seq);
        var paid = Station.Read<PaidAnswer>(Assert.IsType<MoneyOutcome.Done>(await Pay(station, First, "first")).Json);
        Assert.Equal(paidFirst, paid.Amount);

        await Fed(station, settled, Second, amount, fedOpen, refundIncluded ? paid.Seq : settled.Seq);
        Assert.Equal(open, Assert.Single((await station.CheckIn(1)).Payables).Open);
        if (open > 0)
        {
            Assert.Equal(open, Station.Read<PaidAnswer>(Assert.IsType<MoneyOutcome.Done>(await Pay(station, Second, "second")).Json).Amount);
        }
        Assert.Equal(Codes.NothingOpen, Station.Refused(await Pay(station, Second, "third")).Code);
    }

    [Fact]
    public async Task Payable_RefundMadeLaterThanTheFedRow_StaysTakenOffWhenTheRowComesAgain()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await Fed(station, settled, First, 20_00, 20_00, settled.Seq);
        await Pay(station, First, "first");
        await Fed(station, settled, First, 20_00, 20_00, settled.Seq);
        Assert.Equal(Codes.NothingOpen, Station.Refused(await Pay(station, First, "again")).Code);
    }

    [Fact]
    public async Task Reverse_AfterAPayoutHere_IsRefusedByName()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await Fed(station, settled, First, 20_00, 20_00, settled.Seq);
        await Pay(station, First, "first");
        var why = Station.Refused(await station.Reverse(settled.Settlement));
        Assert.Equal((Codes.RefundAlreadyPaid, "2000"), (why.Code, why.Faults[0].Value));
    }

    /// <summary>Owed 20.00; open as the hub says: a cent less was paid out somewhere, or nothing was.</summary>
    [Theory]
    [InlineData(20_00, true)]
    [InlineData(19_99, false)]
    [InlineData(0, false)]
    public async Task Reverse_AfterAPayoutElsewhere_IsRefused(long open, bool reversed)
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await Fed(station, settled, First, 20_00, open, settled.Seq);
        Assert.Equal(reversed, await station.Reverse(settled.Settlement) is MoneyOutcome.Done);
    }

    /// <summary>Its cash went back with it: what the hub still shows as owed for it is not paid on top.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pay_ASettlementTakenBackHereSince_IsRefused(bool whole)
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        await Fed(station, settled, First, 20_00, 20_00, settled.Seq);
        Assert.IsType<MoneyOutcome.Done>(whole ? await station.Reverse(settled.Settlement) : await station.Part<RefundPart>().Refund(
            settled.Settlement.ToString("D"), new PartRefundRequest("r", [new LineRemains(1, 0.5m, 80_00)], "returned", "op", null)));
        Assert.Equal(Codes.AlreadyReversed, Station.Refused(await Pay(station, First, "pay")).Code);
    }

    private static Task<MoneyOutcome> Pay(Station station, string decision, string key) => station.Part<PayOut>().Pay(decision, new PayOutRequest(key, "op"));

    private static async Task Fed(Station station, SettledAnswer settled, string decision, long amount, long open, long throughSeq)
    {
        var settlement = settled.Settlement.ToString("D");
        station.Hub.Change(FeedNames.Payables, settlement, 0, "P1", settlement, decision, amount, open, "AccumulatorsStale", settled.Epoch, throughSeq);
        await station.Sync();
    }
}
