using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Postgres;

/// <summary>What only PostgreSQL does: other connections beside ours, connections that end, and a database that sorts otherwise.</summary>
[Trait("Engine", "Postgres")]
public sealed class PostgresStoreTests : IDisposable
{
    private readonly TestDatabase _database = null!;
    private readonly PostgresStore _store = null!;

    public PostgresStoreTests()
    {
        if (!TestServer.IsThere)
        {
            return;
        }
        _database = TestServer.Empty();
        _store = Open();
        _store.Write(session => session.Execute("create table fact (id uuid primary key, day date, at timestamptz, yes boolean, fen bigint not null, body bytea)"));
    }

    public void Dispose()
    {
        _store?.Dispose();
        _database?.Dispose();
    }

    private PostgresStore Open(PostgresUse use = PostgresUse.Alone, IStoreWatch? watch = null) => PostgresStore.Open(_database.Words, TimeProvider.System, use, watch);

    private long Count() => _store.Read(session => session.ExecuteScalar<long>("select count(*) from fact"));

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static void Insert(StoreSession session, int number) => session.Prepared("insert into fact (id, fen) values ($1, $2)").Execute(Id(number), 1L);

    /// <summary>Ends the connections of the store's database as a server that is stopped does.</summary>
    private void EndConnections() => TestServer.Execute($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_database.Name}'");

    [PostgresFact]
    public void Columns_WrittenByDapperPreparedAndInBulk_ComeBackTheSame()
    {
        var (day, at) = (new DateOnly(2025, 2, 28), new DateTimeOffset(2025, 3, 5, 9, 0, 0, 7, TimeSpan.FromHours(8)));
        var body = new byte[] { 0, 1, 255 };
        _store.Write(session =>
        {
            session.Execute("insert into fact (id, day, at, yes, fen, body) values (@id, @day, @at, @yes, 5, @body)", new { id = Id(1), day, at, yes = true, body });
            session.Prepared("insert into fact (id, day, at, yes, fen, body) values ($1, $2, $3, $4, $5, $6)").Execute(Id(2), day, at, true, 5L, body.AsMemory());
            using var rows = session.Rows("fact", "id", "day", "yes", "fen", "body", "at");
            rows.Row().Add(Id(3)).Add(day).Add(true).Add(5).Add(body).AddNull();
            rows.Done();
            Assert.Equal(1, rows.Count);
        });
        _store.Write(session => session.Execute("update fact set at = @at where at is null", new { at }));

        var found = _store.Read(session => session.Query<Fact>("select * from fact where day = @day and yes order by id", new { day }));

        Assert.Equal([Id(1), Id(2), Id(3)], found.Select(row => row.Id));
        Assert.All(found, row => Assert.Equal((day, at.ToUniversalTime(), true, 5L), (row.Day, row.At, row.Yes, row.Fen)));
        Assert.All(found, row => Assert.Equal(body, row.Body));
    }

    [PostgresFact]
    public void Commit_BehindAStatementThatFailed_IsNoCommit()
    {
        Assert.ThrowsAny<Exception>(() => _store.Write(session =>
        {
            Insert(session, 1);
            Assert.ThrowsAny<Exception>(() => session.Execute("insert into fact (id, fen) values (@id, 1)", new { id = Id(1) }));
        }));
        Assert.Equal(0, Count());
    }

    [PostgresFact]
    public void Savepoint_ThatFailed_TakesBackItsOwnAlone()
    {
        _store.Write(session =>
        {
            Insert(session, 1);
            Assert.ThrowsAny<Exception>(() => session.InSavepoint<int>(inner =>
            {
                Insert(inner, 2);
                Insert(inner, 1);
                return 0;
            }));
            Insert(session, 3);
        });
        Assert.Equal(2, Count());
    }

    [PostgresFact]
    public void Connection_ThatEndedBetweenTransactions_IsOpenedAgainAndNobodyNotices()
    {
        _store.Write(session => Insert(session, 1));
        EndConnections();
        _store.Write(session => Insert(session, 2));
        Assert.Equal(2, Count());
    }

    [PostgresFact]
    public void Connection_ThatEndsInsideATransaction_StoresNothingAndSaysSo()
    {
        var lost = Assert.Throws<StoreException>(() => _store.Write(session =>
        {
            Insert(session, 1);
            EndConnections();
            Insert(session, 2);
        }));

        Assert.Equal((Codes.StoreUnreachable, false), (lost.Code, lost.OutcomeUnknown));
        Assert.Contains("not reachable", lost.Message, StringComparison.Ordinal);
        Assert.Equal(0, Count());
    }

    [PostgresFact]
    public void Connection_ThatEndsAtTheCommit_SaysThatTheOutcomeIsNotKnown()
    {
        var watch = new AtCommit(EndConnections);
        using var store = Open(watch: watch);
        var lost = Assert.Throws<StoreException>(() => store.Write(session => Insert(session, 1)));
        Assert.Equal((Codes.StoreUnreachable, true), (lost.Code, lost.OutcomeUnknown));
        watch.Then = null;
        store.Write(session => Insert(session, 2));
    }

    [PostgresFact]
    public async Task Writer_WhoseConnectionEnds_TellsItsCallersAndGoesOn()
    {
        var watch = new AtCommit(EndConnections);
        using var store = Open(watch: watch);
        using var writer = new GroupCommitWriter(store);
        writer.Start();

        var lost = await Assert.ThrowsAsync<StoreException>(() => writer.Submit(session =>
        {
            Insert(session, 1);
            return 1;
        }));
        watch.Then = null;
        Assert.Equal(2, await writer.Submit(session =>
        {
            Insert(session, 2);
            return 2;
        }));

        Assert.True(lost.OutcomeUnknown);
        Assert.Null(writer.Broken);
    }

    [PostgresFact]
    public async Task TwoWhoWriteAlone_WaitForEachOther_WhoWritesBesideDoesNot()
    {
        using var second = Open();
        using var beside = Open(PostgresUse.Beside);
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var first = Task.Factory.StartNew(() => _store.Write(session =>
        {
            Insert(session, 1);
            inside.Set();
            Assert.True(go.Wait(TimeSpan.FromMinutes(1)));
        }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        inside.Wait();

        var waits = Task.Factory.StartNew(() => second.Write(session => session.ExecuteScalar<long>("select count(*) from fact")), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        beside.Write(session => Insert(session, 2));

        Assert.False(waits.IsCompleted);
        go.Set();
        await first;
        Assert.Equal(2, await waits);
    }

    [PostgresFact]
    public async Task Deadlock_UndoesOne_WhichRunsAgainAndBothAreStored()
    {
        using var left = Open(PostgresUse.Beside);
        using var right = Open(PostgresUse.Beside);
        _store.Write(session =>
        {
            Insert(session, 1);
            Insert(session, 2);
        });
        using var both = new Barrier(2);
        var met = 0;
        Task Crossed(Store store, int one, int other) => Task.Factory.StartNew(() => store.Write(session =>
        {
            session.Execute("update fact set fen = fen + 1 where id = @id", new { id = Id(one) });
            if (Interlocked.Increment(ref met) <= 2)
            {
                both.SignalAndWait(TimeSpan.FromMinutes(1));
            }
            session.Execute("update fact set fen = fen + 1 where id = @id", new { id = Id(other) });
        }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Task.WhenAll(Crossed(left, 1, 2), Crossed(right, 2, 1));

        Assert.Equal(6, _store.Read(session => session.ExecuteScalar<long>("select cast(sum(fen) as bigint) from fact")));
        Assert.InRange(met, 3, 2 * Store.MostTries); // one of them ran again
    }

    [PostgresFact]
    public void Lock_OfNumbers_HoldsThemUntilTheTransactionEnds()
    {
        _store.Write(session =>
        {
            session.Execute("create table device (region text, device_no bigint, seq bigint, primary key (region, device_no))");
            session.Execute("insert into device values ('r', 1, 0), ('r', 2, 0)");
        });
        using var other = Open(PostgresUse.Beside);
        _store.Write(session =>
        {
            session.Lock("device", "device_no", "r", [2, 1]);
            var refused = Assert.ThrowsAny<Exception>(() => other.Write(beside => beside.Execute(
                "set local lock_timeout = '50ms'; update device set seq = 1 where device_no = 2")));
            Assert.Equal(Codes.Busy, Assert.IsType<StoreException>(refused).Code);
        });
        other.Write(beside => beside.Execute("update device set seq = 1 where device_no = 2"));
    }

    [PostgresFact]
    public void Database_ThatSortsByALanguageOrDoesNotExist_IsRefusedByName()
    {
        TestServer.Execute($"create database {_database.Name}_icu template template0 encoding 'UTF8' locale_provider icu icu_locale 'zh' lc_collate 'C' lc_ctype 'C'");
        try
        {
            var refused = Assert.Throws<StoreException>(() => PostgresStore.Open(TestServer.WordsFor(_database.Name + "_icu"), TimeProvider.System));
            Assert.Equal(Codes.StoreDamaged, refused.Code);
            Assert.Contains("lc_collate 'C'", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            TestServer.Execute($"drop database {_database.Name}_icu with (force)");
        }
        Assert.Equal(Codes.StoreUnreachable, Assert.Throws<StoreException>(() => PostgresStore.Open(TestServer.WordsFor("nowhere"), TimeProvider.System)).Code);
    }

    [PostgresFact]
    public void Table_ThatGrows_IsToldToThePlanner()
    {
        var clock = new Ticking();
        using var store = PostgresStore.Open(_database.Words, clock);
        double Known() => store.Read(session => session.ExecuteScalar<double>("select cast(reltuples as float8) from pg_class where relname = 'fact'"));
        void Grow(int from, int rows) => store.Write(session => Enumerable.Range(from, rows).ToList().ForEach(number => Insert(session, number)));

        Grow(0, 1_000);
        Assert.Equal(-1, Known());
        clock.Passed = TimeSpan.FromSeconds(2);
        Grow(1_000, 1);
        Assert.Equal(1_001, Known());
        clock.Passed = TimeSpan.FromSeconds(4);
        Grow(2_000, 100);
        Assert.Equal(1_001, Known());
        clock.Passed = TimeSpan.FromSeconds(6);
        Grow(3_000, 2_000);
        Assert.Equal(3_101, Known());
    }

    [Theory]
    [InlineData("Host=;Database=x")]
    [InlineData("Host=127.0.0.1;Password=hunter2")]
    [InlineData("Nonsense=1;Password=hunter2")]
    public void Open_WordsThatCannotBeRead_AreRefusedWithoutThePassword(string words)
    {
        var refused = Assert.Throws<FaultException>(() => PostgresStore.Open(words, TimeProvider.System));
        Assert.Equal("--store", refused.Fault.Field);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    private sealed class Fact
    {
        public Guid Id { get; set; }
        public DateOnly? Day { get; set; }
        public DateTimeOffset At { get; set; }
        public bool Yes { get; set; }
        public long Fen { get; set; }
        public byte[] Body { get; set; } = [];
    }

    private sealed class Ticking : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }

    private sealed class AtCommit(Action then) : IStoreWatch
    {
        public Action? Then { get; set; } = then;

        public void At(StorePoint point, string sql)
        {
            if (point == StorePoint.Commit)
            {
                Then?.Invoke();
            }
        }
    }
}
