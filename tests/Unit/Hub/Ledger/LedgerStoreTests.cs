using EdgeHub.Hub.Ledger;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Ledger;

public sealed class LedgerStoreTests : IDisposable
{
    private readonly SettlementLab _lab = new();
    private readonly SeededEntropy _entropy = new(1);
    private static readonly DateOnly Day = new(2025, 3, 3);
    private static readonly Account Package = Of(AccountKind.PackageBudget, "*");
    private static readonly Account Pool = Of(AccountKind.SettledPool, "530924100201");
    private static readonly Account Payable = Of(AccountKind.PayableTo, "53092400000001");

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Post_Movement_ChangesBothBalancesAndSumsToZero()
    {
        Post("settlement/1", new Movement(LedgerEvent.SettlementDecided, Package, Pool, 3000));

        Assert.Equal(-3000, Balance(Package));
        Assert.Equal(3000, Balance(Pool));
        Assert.Equal(0, _lab.Number("select sum(fen) from ledger_leg"));
        Assert.Equal("Z2 三(二)1", Assert.Single(_lab.Query<string>("select distinct rule || ' ' || article from ledger_leg")));
    }

    [Fact]
    public void PostTarget_ChangedTarget_PostsOnlyTheDifference()
    {
        Post("settlement/1", new Movement(LedgerEvent.SettlementDecided, Package, Pool, 3000));

        PostTarget("settlement/1", new Movement(LedgerEvent.SettlementDecided, Package, Pool, 2500), new Movement(LedgerEvent.PatientUnderpaidByFund, Package, Payable, 500));
        PostTarget("settlement/1", new Movement(LedgerEvent.SettlementDecided, Package, Pool, 2500), new Movement(LedgerEvent.PatientUnderpaidByFund, Package, Payable, 500));

        Assert.Equal((-3000, 2500, 500), (Balance(Package), Balance(Pool), Balance(Payable)));
        Assert.Equal(2, _lab.Number("select count(*) from ledger_set"));
    }

    [Fact]
    public void PostTarget_NothingLeft_TakesEverythingBack()
    {
        Post("settlement/1", new Movement(LedgerEvent.SettlementDecided, Package, Pool, 3000));

        PostTarget("settlement/1");

        Assert.Equal((0, 0), (Balance(Package), Balance(Pool)));
    }

    [Fact]
    public void Post_OnTheLastDayOfAnOpenMonth_IsTaken_AndInAClosedOneRefused()
    {
        _lab.Store.Write(session => PeriodStore.Close(session, SettlementLab.Region, "2025-02", "clerk", _lab.Clock.Now));

        Assert.Throws<PeriodClosedException>(() => PostOn(new DateOnly(2025, 2, 28), new Movement(LedgerEvent.SettlementDecided, Package, Pool, 1)));
        PostOn(new DateOnly(2025, 3, 1), new Movement(LedgerEvent.SettlementDecided, Package, Pool, 1));

        Assert.Equal(1, Balance(Pool));
        Assert.Equal(new DateOnly(2025, 3, 1), _lab.Store.Read(session => LedgerStore.OpenDay(session, SettlementLab.Region, new DateOnly(2025, 2, 28))));
    }

    [Theory]
    [InlineData("update ledger_leg set fen = 1")]
    [InlineData("delete from ledger_leg")]
    [InlineData("update ledger_set set cause = 'x'")]
    [InlineData("delete from ledger_set")]
    [InlineData("insert into ledger_leg select region, set_id, 9, event, account_no, fen, rule, article from ledger_leg limit 1")]
    public void Store_PostingChangedByHand_IsRefused(string sql)
    {
        Post("settlement/1", new Movement(LedgerEvent.SettlementDecided, Package, Pool, 3000));

        var refused = Assert.ThrowsAny<Exception>(() => _lab.Store.Write(session => session.Execute(sql)));

        Assert.Contains("ledger:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_SetThatDoesNotSumToZero_IsRefusedByTheStoreItself()
    {
        Post("settlement/1", new Movement(LedgerEvent.SettlementDecided, Package, Pool, 3000));

        var refused = Assert.ThrowsAny<Exception>(() => _lab.Store.Write(session =>
        {
            session.Execute("insert into ledger_leg values ('530924', '00000000-0000-7000-8000-00000000000b', 0, 'SettlementDecided', 1, 5, 'Z2', '')");
            session.Execute("insert into ledger_set (region, set_id, cause, value_date, posting_date, posting_month, legs) values ('530924', '00000000-0000-7000-8000-00000000000b', 'x', '2025-03-03', '2025-03-03', '2025-03', 1)");
        }));

        Assert.Contains("sum to zero", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Legs_ThatDoNotSumToZero_Throw() => Assert.Throws<InvalidOperationException>(() => Leg.RefuseUnbalanced(
        [new Leg(0, LedgerEvent.SettlementDecided, Package, -5, PostingTable.Of(LedgerEvent.SettlementDecided).Article), new Leg(1, LedgerEvent.SettlementDecided, Pool, 4, PostingTable.Of(LedgerEvent.SettlementDecided).Article)]));

    [Fact]
    public void Movement_BetweenOtherEnvelopesThanTheTableSays_Throws() => Assert.Throws<InvalidOperationException>(
        () => new Movement(LedgerEvent.SettlementDecided, Pool, Package, 1));

    private static Account Of(AccountKind kind, string owner) => new(SettlementLab.Region, Currency.Cny, kind, owner, "CountyPackage", "2025");

    private long Balance(Account account) => _lab.Store.Read(session => LedgerStore.Balance(session, account));

    private void Post(string cause, params Movement[] movements) => _lab.Store.Write(session => LedgerStore.Post(
        session, new PostingSet(_entropy.NewId(_lab.Clock.Now), SettlementLab.Region, cause, Day, Day, movements)));

    private void PostTarget(string cause, params Movement[] movements) => _lab.Store.Write(session => LedgerStore.PostTarget(
        session, new PostingSet(_entropy.NewId(_lab.Clock.Now), SettlementLab.Region, cause, Day, Day, movements)));

    private void PostOn(DateOnly day, Movement movement) => _lab.Store.Write(session => LedgerStore.Post(
        session, new PostingSet(_entropy.NewId(_lab.Clock.Now), SettlementLab.Region, "x", day, day, [movement])));
}
