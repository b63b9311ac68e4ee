using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub.Ledger;

/// <summary>A closed month takes nothing more, its sets are sealed, corrections point back, and verify names a later change.</summary>
public sealed class ClosingTests : IDisposable
{
    private readonly TempHub _hub = new();
    private static readonly Account Package = Of(AccountKind.PackageBudget, "*");
    private static readonly Account Pool = Of(AccountKind.SettledPool, "530924100201");

    public ClosingTests()
    {
        Post("settlement/1/1/1", "2025-01-15", 3000);
        Post("settlement/1/1/2", "2025-02-10", 4000);
    }

    public void Dispose() => _hub.Dispose();

    [Fact]
    public void Close_InOrder_ChainsTheHashesAndKeepsTotals()
    {
        var (january, february) = (Close("2025-01"), Close("2025-02"));

        Assert.Equal((Closing.NoPrevious, 1L, "clerk"), (january.Previous, january.Sets, january.ClosedBy));
        Assert.Equal(january.Hash, february.Previous);
        Assert.Equal(
            [new ClosingTotal("CNY", "PackageBudget", -3000, -4000, -7000), new ClosingTotal("CNY", "SettledPool", 3000, 4000, 7000)],
            _hub.Store.Read(session => PeriodStore.KeptTotals(session, TempHub.Region, "2025-02")));
        Assert.Null(Verify().First);
    }

    [Fact]
    public void Close_Again_ChangesNothing()
    {
        var first = Close("2025-01");
        _hub.Clock.Now = _hub.Clock.Now.AddDays(1);

        Assert.Equal(first, Close("2025-01"));
    }

    [Theory]
    [InlineData("2025-02", "2025-01 has postings and is open")]
    [InlineData("2024-12", "2025-01 is closed already")]
    public void Close_OutOfOrder_IsRefusedAndNothingIsClosed(string month, string why)
    {
        if (month == "2024-12")
        {
            Close("2025-01");
        }

        var refused = Assert.Throws<InvalidOperationException>(() => Close(month));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _hub.Count($"select count(*) from ledger_month where month = '{month}' and closed"));
    }

    [Fact]
    public void PostTarget_AfterTheMonthWasClosed_PointsBackToTheFirstSet()
    {
        var first = _hub.Store.Read(session => session.ExecuteScalar<string>("select cast(set_id as text) from ledger_set where cause = 'settlement/1/1/1'"));
        Post("settlement/1/1/1", "2025-02-11", 3100);
        Close("2025-01");
        Post("settlement/1/1/1", "2025-03-11", 2500);
        Post("settlement/1/1/1", "2025-03-12", 2600);

        Assert.Equal(["", "", first!, first!], _hub.Store.Read(session => session.Query<string>(
            "select coalesce(cast(corrects as text), '') from ledger_set where cause = 'settlement/1/1/1' order by posting_date")));
        Assert.Equal(2600, _hub.Store.Read(session => LedgerStore.Balance(session, Pool)) - 4000);
        Assert.Null(Verify().First);
    }

    [Theory]
    [InlineData("drop trigger ledger_leg_update; update ledger_leg set fen = fen * 2 where set_id = (select set_id from ledger_set where posting_month = '2025-01')", "ledger_period", "2025-01")]
    [InlineData("drop trigger ledger_set_update; update ledger_set set cause = 'x' where posting_month = '2025-02'", "ledger_period", "2025-02")]
    [InlineData("drop trigger ledger_set_update; update ledger_set set value_date = '2025-01-01' where posting_month = '2025-01'", "ledger_period", "2025-01")]
    [InlineData("update ledger_period set closed_by = 'nobody' where month = '2025-01'", "ledger_period", "2025-01")]
    [InlineData("update ledger_period set sets = 9 where month = '2025-02'", "ledger_period", "2025-02")]
    [InlineData("update ledger_period set previous = hash where month = '2025-02'", "ledger_period previous", "2025-02")]
    [InlineData("update ledger_period_total set movement = movement + 1 where month = '2025-01' and kind = 'SettledPool'", "ledger_period_total", "(2025-01, CNY, SettledPool)")]
    [InlineData("delete from ledger_period_total where month = '2025-02' and kind = 'SettledPool'", "ledger_period_total", "(2025-02, CNY, SettledPool)")]
    [InlineData("update ledger_month set sets = 7 where month = '2025-03'", "ledger_month", "2025-03")]
    [InlineData("update ledger_month set closed = false where month = '2025-01'", "ledger_month", "2025-01")]
    [InlineData("delete from ledger_month where month = '2025-03'", "ledger_month", "2025-03")]
    [InlineData("delete from ledger_period where month = '2025-02'", "ledger_month", "2025-02")]
    [InlineData("drop trigger ledger_set_update; update ledger_set set corrects = set_id where posting_month = '2025-03'", "ledger_set corrects", "settlement/1/1/1")]
    [InlineData("drop trigger ledger_set_update; update ledger_set set corrects = null where posting_month = '2025-03'", "ledger_set corrects", "settlement/1/1/1")]
    [InlineData("update ledger_balance set fen = fen + 1 where account_no = 2", "ledger_balance", "SettledPool")]
    public void Verify_ClosedMonthChangedLater_IsNamed(string plant, string table, string key)
    {
        Close("2025-01");
        Close("2025-02");
        _hub.Clock.Now = new DateTimeOffset(2025, 3, 20, 0, 0, 0, TimeSpan.Zero);
        Post("settlement/1/1/1", "2025-03-20", 2500);
        Assert.Null(Verify().First);

        _hub.Store.Write(session => session.Execute(TestServer.Planted(plant)));

        var first = Verify().First;
        Assert.Equal(table, first?.Table);
        Assert.StartsWith(key, first?.Key, StringComparison.Ordinal);
    }

    /// <summary>Two processes on one store: one posts into the month while the other closes it. What was acknowledged as posted is
    /// under the hash; what came later was refused.</summary>
    [Fact]
    public async Task Close_WhileAnotherProcessPosts_LetsNothingSlipIn()
    {
        Close("2025-01");
        using var other = HubStore.Open(Path.Combine(_hub.Folder, "hub"), _hub.Clock, new SystemEntropy());
        using var posted = new SemaphoreSlim(0);
        var poster = Task.Run(() =>
        {
            // Far more than can be posted before the close has its turn; the pause gives it one, since SQLite's waiters sleep longer and longer.
            for (var i = 0; i < 20_000; i++)
            {
                Thread.Sleep(1);
                try
                {
                    Post(other, $"settlement/2/1/{i}", "2025-02-20", 100);
                }
                catch (PeriodClosedException)
                {
                    return i;
                }
                posted.Release();
            }
            return -1;
        });
        for (var i = 0; i < 5; i++)
        {
            await posted.WaitAsync(TimeSpan.FromSeconds(60));
        }

        var closing = Close("2025-02");
        var taken = await poster;

        Assert.True(taken >= 5, "The posting process was never refused.");
        Assert.Equal(1 + taken, closing.Sets);
        Assert.Null(Verify().First);
    }

    private Closing Close(string month) => _hub.Store.Write(session => PeriodStore.Close(session, TempHub.Region, month, "clerk", _hub.Clock.Now));

    private void Post(string cause, string day, long fen) => Post(_hub.Store, cause, day, fen);

    private void Post(HubStore store, string cause, string day, long fen) => store.Write(session => LedgerStore.PostTarget(session, new PostingSet(
        store.Entropy.NewId(_hub.Clock.Now), TempHub.Region, cause, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), [new Movement(LedgerEvent.SettlementDecided, Package, Pool, fen)])));

    private AuditNotes Verify() => _hub.Store.Read(session =>
    {
        var notes = new AuditNotes();
        new LedgerAudit().Run(session, TempHub.Region, notes);
        return notes;
    });

    private static Account Of(AccountKind kind, string owner) => new(TempHub.Region, Currency.Cny, kind, owner, "CountyPackage", "2025");
}
