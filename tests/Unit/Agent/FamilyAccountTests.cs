using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>B32. The account of P1, 12.00, pays for P2 too; visit type 14 pays 90 % without limits.</summary>
public sealed class FamilyAccountTests
{
    private const string OwnersKey = "AccountSpent/Year/2025/*";
    private const string FamilyKey = "AccountSpent/Year/2025/account:P1";

    /// <summary>Own parts of 5.00 and 20.00: the account pays 5.00 and what is left, 7.00, whoever comes first.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public async Task Account_SpentByEither_IsOneNumber(int first, int second)
    {
        await using var station = await Family();
        Assert.Equal(5_00, (await station.Treat(first, 50m, "14")).Shares.Account);
        var next = await station.Treat(second, 200m, "14");
        Assert.Equal((7_00, 13_00), (next.Shares.Account, next.Shares.Cash));
    }

    [Fact]
    public async Task Entry_OfTheMember_NamesTheOwnerAndItsKey()
    {
        await using var station = await Family();
        await station.Treat(1, 10m, "14");
        var settled = await station.Treat(2, 50m, "14");
        await station.Reverse(settled.Settlement);
        await station.Sync();
        var bodies = station.Hub.Lines.Select(line => (JournalCodec.ReadHead(line, out var body).Kind, Body: line[body])).ToList();
        var made = JournalCodec.ReadBody<VisitSettled>(bodies.Last(entry => entry.Kind == Kinds.VisitSettled).Body);
        Assert.Equal(("P1", 12_00L), (made.AccountOwner, made.AccountBalance));
        Assert.Contains(new SettledMove(FamilyKey, 1_00, 6_00), made.Accumulators);
        var taken = JournalCodec.ReadBody<VisitReversed>(bodies.Single(entry => entry.Kind == Kinds.VisitReversed).Body);
        Assert.Contains(new SettledMove(FamilyKey, 6_00, 1_00), taken.Accumulators);
    }

    /// <summary>The hub's number of the owner includes the member's settlement through its entry, or does not yet; both plus
    /// 2.00 from elsewhere. Left of 12.00: 12 - 5 - 2 = 5.00 either way.</summary>
    [Theory]
    [InlineData(7_00, true)]
    [InlineData(2_00, false)]
    public async Task Fed_TheOwnersNumber_NothingCountsTwice(long fed, bool includes)
    {
        await using var station = await Family();
        var settled = await station.Treat(2, 50m, "14");
        station.Hub.Change(FeedNames.Accumulators, "P1|" + OwnersKey, 0, "P1", OwnersKey, fed, settled.Epoch, includes ? settled.Seq : settled.Seq - 1);
        await station.Sync();
        Assert.Equal(5_00, (await station.Treat(1, 200m, "14")).Shares.Account);
        Assert.Equal(0, (await station.Treat(2, 200m, "14")).Shares.Account);
    }

    [Fact]
    public async Task Reverse_TheOtherUsedTheAccountLater_ThatOneFirst()
    {
        await using var station = await Family();
        var first = await station.Treat(2, 50m, "14");
        var second = await station.Treat(1, 50m, "14");
        var why = Station.Refused(await station.Reverse(first.Settlement));
        Assert.Equal((Codes.LaterSettlementFirst, second.Settlement.ToString("D")), (why.Code, why.Faults[0].Value));
        await station.Reverse(second.Settlement);
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(first.Settlement));
        Assert.Equal(12_00, (await station.Treat(1, 200m, "14")).Shares.Account);
    }

    /// <summary>Of 50.00 and 200.00 on one bill the account pays 12.00 of 25.00; when 50.00 remain, 5.00 of 5.00.</summary>
    [Fact]
    public async Task Refund_APartOfTheMembersBill_GivesTheAccountBack()
    {
        await using var station = await Family();
        var visit = await station.CheckIn(2, "14");
        var old = Station.Settled(await station.Settle(visit.Visit, station.Bill(1m) with { Lines = [new("A1", 50m, 1m, 50_00), new("A1", 200m, 1m, 200_00)] }));
        Assert.Equal(new SharesShown(225_00, 12_00, 13_00), old.Shares);
        var outcome = await station.Part<RefundPart>().Refund(
            old.Settlement.ToString("D"), new PartRefundRequest("r", [new LineRemains(1, null, null)], "returned", "op", null));
        var refund = Station.Read<PartRefundAnswer>(Assert.IsType<MoneyOutcome.Done>(outcome).Json);
        Assert.Equal((new SharesShown(45_00, 5_00, 0), new SharesShown(180_00, 7_00, 13_00)), (refund.Now.Shares, refund.Difference));
        Assert.Equal(7_00, (await station.Treat(1, 200m, "14")).Shares.Account);
    }

    [Fact]
    public async Task CheckIn_OfTheMember_ShowsWhatIsLeftOfTheOwnersAccount()
    {
        await using var station = await Family();
        await station.Treat(1, 50m, "14");
        Assert.Contains((await station.CheckIn(2, "14")).Limits, limit => limit is { Name: LimitNames.Account, Limit: 12_00, Before: 7_00 });
    }

    [Fact]
    public async Task OwnAccount_NamedAsSuch_IsTheOwnKey()
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Members, [.. Reference.Member(1), "P1"]);
        await station.Sync();
        await station.Treat(1, 50m, "14");
        await station.Sync();
        Assert.Contains(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitSettled && entry.Body.Contains(OwnersKey, StringComparison.Ordinal)
            && entry.Body.Contains("\"accountOwner\":\"\"", StringComparison.Ordinal));
    }

    private static async Task<Station> Family()
    {
        var station = await Station.Start();
        station.Hub.Change(FeedNames.Members, [.. Reference.Member(2), "P1"]);
        await station.Sync();
        return station;
    }
}
