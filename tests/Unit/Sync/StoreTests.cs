using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class StoreTests : IDisposable
{
    private readonly TempStore _temp = new("create table fact (id uuid primary key, day date, at timestamptz, yes boolean, fen bigint not null)");

    [Fact]
    public void Open_OfAWriter_AssertsItsPragmas()
    {
        Assert.Equal("wal", _temp.Store.Read(session => session.ExecuteScalar<string>("pragma journal_mode")));
        Assert.Equal(2, _temp.Store.Read(session => session.ExecuteScalar<long>("pragma synchronous")));
        Assert.Equal(1, _temp.Store.Read(session => session.ExecuteScalar<long>("pragma foreign_keys")));
        Assert.Equal(0, _temp.Store.Read(session => session.ExecuteScalar<long>("pragma wal_autocheckpoint")));
        Assert.Equal(SqliteStore.BusyTimeoutMilliseconds, _temp.Store.Read(session => session.ExecuteScalar<long>("pragma busy_timeout")));
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
        Assert.Equal("0195abcd-0000-7000-8000-000000000001|2025-02-28|2025-03-05T01:00:00.007Z",
            _temp.Store.Read(session => session.ExecuteScalar<string>("select id || '|' || day || '|' || at from fact")));
    }

    [Fact]
    public void Write_ThatThrows_LeavesNothing()
    {
        Assert.Throws<InvalidOperationException>(() => _temp.Store.Write(session =>
        {
            session.Execute("insert into fact (id, fen) values ('a', 1)");
            throw new InvalidOperationException("no");
        }));
        Assert.Equal(0, Count());
    }

    [Fact]
    public void InSavepoint_ThatThrows_TakesBackItsOwnAlone()
    {
        _temp.Store.Write(session =>
        {
            session.Execute("insert into fact (id, fen) values ('a', 1)");
            Assert.Throws<InvalidOperationException>(() => session.InSavepoint<int>(inner =>
            {
                inner.Execute("insert into fact (id, fen) values ('b', 1)");
                throw new InvalidOperationException("no");
            }));
        });
        Assert.Equal(1, Count());
    }

    [Fact]
    public void ReadFrom_WhileAWriterHasUncommittedRows_SeesTheLastCommit()
    {
        _temp.Store.Write(session => session.Execute("insert into fact (id, fen) values ('a', 1)"));
        _temp.Store.Write(session =>
        {
            session.Execute("insert into fact (id, fen) values ('b', 1)");
            Assert.Equal(1, SqliteStore.ReadFrom(_temp.File, reader => reader.ExecuteScalar<long>("select count(*) from fact")));
        });
        Assert.Equal(2, SqliteStore.ReadFrom(_temp.File, reader => reader.ExecuteScalar<long>("select count(*) from fact")));
    }

    [Fact]
    public void Checkpoint_WithTruncate_CutsTheLog()
    {
        _temp.Store.Write(session => session.Execute("insert into fact (id, fen) values ('a', 1)"));
        Assert.True(new FileInfo(_temp.File + "-wal").Length > 0);
        Assert.True(_temp.Store.Checkpoint(truncate: true));
        Assert.Equal(0, new FileInfo(_temp.File + "-wal").Length);
        Assert.Equal("ok", _temp.Store.QuickCheck());
    }

    [Fact]
    public void Open_OfWhatIsNoDatabase_IsDamagedByName()
    {
        var file = Path.Combine(_temp.Folder, "no.db");
        File.WriteAllText(file, new string('x', 8192));
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => SqliteStore.Open(file)).Code);
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => SqliteStore.Open(Path.Combine(_temp.Folder, "missing.db"), readOnly: true)).Code);
    }

    public void Dispose() => _temp.Dispose();

    private long Count() => _temp.Store.Read(session => session.ExecuteScalar<long>("select count(*) from fact"));

    private sealed class Fact
    {
        public Guid Id { get; set; }
        public DateOnly? Day { get; set; }
        public DateTimeOffset At { get; set; }
        public bool Yes { get; set; }
        public long Fen { get; set; }
    }
}
