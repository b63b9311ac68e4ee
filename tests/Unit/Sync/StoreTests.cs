using EdgeHub.Rules;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>What every store does, on the engine that the run is about.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly TempStore _temp = new("create table fact (id uuid primary key, day date, at timestamptz, yes boolean, fen bigint not null)");

    [Fact]
    public void Open_OfAWriter_AssertsWhatIsPerConnection()
    {
        (string Question, string Expected)[] settings = TestServer.IsThere
            ?
            [
                ("show synchronous_commit", "on"), ("show timezone", "UTC"), ("show datestyle", "ISO, YMD"), ("show standard_conforming_strings", "on"),
                ("select cast(setting as bigint) from pg_settings where name = 'lock_timeout'", $"{PostgresStore.LockTimeoutMilliseconds}"),
                ("select cast(setting as bigint) from pg_settings where name = 'statement_timeout'", $"{PostgresStore.WriteTimeoutMilliseconds}"),
                ("select cast(setting as bigint) from pg_settings where name = 'idle_in_transaction_session_timeout'", $"{PostgresStore.WriteTimeoutMilliseconds}"),
            ]
            :
            [
                ("pragma journal_mode", "wal"), ("pragma synchronous", "2"), ("pragma foreign_keys", "1"), ("pragma wal_autocheckpoint", "0"),
                ("pragma busy_timeout", $"{SqliteStore.BusyTimeoutMilliseconds}"),
            ];
        Assert.All(settings, setting => Assert.Equal(setting.Expected, _temp.Store.Read(session => session.ExecuteScalar<string>(setting.Question))));
    }

    [Fact]
    public void Columns_WrittenByDapperAndPrepared_AreTheSameTextAndComeBack()
    {
        var (id, day, at) = (Guid.Parse("0195ABCD-0000-7000-8000-000000000001"), new DateOnly(2025, 2, 28), new DateTimeOffset(2025, 3, 5, 9, 0, 0, 7, TimeSpan.FromHours(8)));
        _temp.Store.Write(session =>
        {
            session.Execute("insert into fact (id, day, at, yes, fen) values (@id, @day, @at, @yes, 1)", new { id, day, at, yes = true });
            session.Execute("delete from fact where id = @id", new { id });
            session.Prepared("insert into fact (id, day, at, yes, fen) values ($1, $2, $3, $4, $5)").Execute(id, day, at, true, 5L);
        });
        var row = _temp.Store.Read(session => session.QuerySingleOrDefault<Fact>("select * from fact where id = @id and day = @day and at = @at and yes", new { id, day, at }));
        Assert.NotNull(row);
        Assert.Equal((id, day, at.ToUniversalTime(), true, 5), (row.Id, row.Day, row.At, row.Yes, row.Fen));
        Assert.Equal("0195abcd-0000-7000-8000-000000000001|2025-02-28",
            _temp.Store.Read(session => session.ExecuteScalar<string>("select cast(id as text) || '|' || cast(day as text) from fact")));
        Assert.Equal(TestServer.IsThere ? "2025-03-05 01:00:00.007+00" : "2025-03-05T01:00:00.007Z", _temp.Store.Read(session => session.ExecuteScalar<string>("select cast(at as text) from fact")));
    }

    [Fact]
    public void Write_ThatThrows_LeavesNothing()
    {
        Assert.Throws<InvalidOperationException>(() => _temp.Store.Write(session =>
        {
            Insert(session, 1);
            throw new InvalidOperationException("no");
        }));
        Assert.Equal(0, Count());
    }

    [Fact]
    public void InSavepoint_ThatThrows_TakesBackItsOwnAlone()
    {
        _temp.Store.Write(session =>
        {
            Insert(session, 1);
            Assert.Throws<InvalidOperationException>(() => session.InSavepoint<int>(inner =>
            {
                Insert(inner, 2);
                throw new InvalidOperationException("no");
            }));
            Assert.True(TempStore.IsDuplicate(Assert.ThrowsAny<Exception>(() => session.InSavepoint(inner =>
            {
                Insert(inner, 3);
                return Insert(inner, 1);
            }))));
            Insert(session, 4);
        });
        Assert.Equal([Id(1), Id(4)], _temp.Store.Read(session => session.Query<Guid>("select id from fact order by id")));
    }

    [Fact]
    public void Read_WhileAWriterHasUncommittedRows_SeesTheLastCommit()
    {
        _temp.Store.Write(session => Insert(session, 1));
        _temp.Store.Write(session =>
        {
            Insert(session, 2);
            Assert.Equal(1, _temp.Beside(Count));
        });
        Assert.Equal(2, _temp.Beside(Count));
    }

    [Fact]
    public void Read_OfOneSnapshot_SeesNothingThatWasCommittedMeanwhile()
    {
        _temp.Store.Write(session => Insert(session, 1));
        var seen = _temp.Beside(reader =>
        {
            var before = Count(reader);
            _temp.Store.Write(session => Insert(session, 2));
            return (before, Count(reader));
        });
        Assert.Equal((1, 1), seen);
        Assert.Equal(2, _temp.Beside(Count));
    }

    [Fact]
    public void Rows_WrittenInBulk_AreRowsLikeOthersOrNone()
    {
        var day = new DateOnly(2025, 2, 28);
        _temp.Store.Write(session =>
        {
            using var rows = session.Rows("fact", "id", "day", "yes", "fen", "at");
            rows.Row().Add(Id(1)).Add(day).Add(true).Add(7).AddNull();
            rows.Row().Add(Id(2)).Add(day).Add(false).Add(8).AddNull();
            rows.Done();
        });
        Assert.True(TempStore.IsDuplicate(Assert.ThrowsAny<Exception>(() => _temp.Store.Write(session =>
        {
            using var rows = session.Rows("fact", "id", "fen");
            rows.Row().Add(Id(3)).Add(9);
            rows.Row().Add(Id(2)).Add(9);
            rows.Done();
        }))));
        Assert.Equal([Id(1)], _temp.Store.Read(session => session.Query<Guid>("select id from fact where yes and day = @day and at is null", new { day })));
        Assert.Equal(2, Count());
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // the log beside our own file; PostgreSQL's is the server's
    public void Checkpoint_WithTruncate_CutsTheLog()
    {
        _temp.Store.Write(session => Insert(session, 1));
        Assert.True(new FileInfo(_temp.File + "-wal").Length > 0);
        Assert.True(_temp.Sqlite.Checkpoint(truncate: true));
        Assert.Equal(0, new FileInfo(_temp.File + "-wal").Length);
        Assert.Equal("ok", _temp.Sqlite.QuickCheck());
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // a file that is none; a database that is none: PostgresStoreTests
    public void Open_OfWhatIsNoDatabase_IsDamagedByName()
    {
        var file = Path.Combine(_temp.Folder, "no.db");
        File.WriteAllText(file, new string('x', 8192));
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => SqliteStore.Open(file)).Code);
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => SqliteStore.Open(Path.Combine(_temp.Folder, "missing.db"), readOnly: true)).Code);
    }

    public void Dispose() => _temp.Dispose();

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static int Insert(StoreSession session, int number) => session.Prepared("insert into fact (id, fen) values ($1, $2)").Execute(Id(number), 1L);

    private static long Count(StoreSession session) => session.ExecuteScalar<long>("select count(*) from fact");

    private long Count() => _temp.Store.Read(Count);

    private sealed class Fact
    {
        public Guid Id { get; set; }
        public DateOnly? Day { get; set; }
        public DateTimeOffset At { get; set; }
        public bool Yes { get; set; }
        public long Fen { get; set; }
    }
}
