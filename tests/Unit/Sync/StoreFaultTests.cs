using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>What goes wrong with a store, and the name it gets.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private readonly Breaks _watch = new();
    private readonly TempStore _temp;

    public StoreFaultTests() => _temp = new TempStore("create table fact (id bigint primary key, body text)", _watch);

    private void Fill(int from, int rows) => _temp.Store.Write(session =>
    {
        for (var i = from; i < from + rows; i++)
        {
            session.Prepared("insert into fact (id, body) values ($1, $2)").Execute((long)i, new string('x', 1_000));
        }
    });

    private long Count() => _temp.Beside(session => session.ExecuteScalar<long>("select count(*) from fact"));

    [Fact]
    [Trait("Engine", "Sqlite")] // a file that may not grow; a disk that is full: FullDiskTests
    public void Write_WhenTheFileMayNotGrow_IsDiskFullAndKeepsWhatWas()
    {
        Fill(0, 50);
        _temp.Store.Read(session => session.Execute("pragma max_page_count = 60"));
        var full = Assert.Throws<StoreException>(() => Fill(50, 500));
        Assert.Equal(Codes.DiskFull, full.Code);
        Assert.Contains("test.db", full.Message, StringComparison.Ordinal);
        Assert.Equal(50, Count());
        _temp.Store.Read(session => session.Execute("pragma max_page_count = 100000"));
        Fill(50, 500);
        Assert.Equal((550, "ok"), (Count(), _temp.Sqlite.QuickCheck()));
    }

    [Theory]
    [InlineData(StorePoint.Begin, EngineFault.Full, Codes.DiskFull)]
    [InlineData(StorePoint.Statement, EngineFault.Full, Codes.DiskFull)]
    [InlineData(StorePoint.Commit, EngineFault.Full, Codes.DiskFull)]
    [InlineData(StorePoint.Statement, EngineFault.Disk, Codes.StoreDamaged)]
    [InlineData(StorePoint.Commit, EngineFault.Corrupt, Codes.StoreDamaged)]
    [InlineData(StorePoint.Begin, EngineFault.Busy, Codes.Busy)]
    public void Write_WhenTheEngineFails_HasOurNameAndStoresNothing(StorePoint at, EngineFault error, string code)
    {
        _watch.Break = (at, TempStore.Broken(error));
        Assert.Equal(code, Assert.Throws<StoreException>(() => Fill(0, 1)).Code);
        _watch.Break = null;
        Assert.Equal(0, Count());
        Fill(0, 1);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Write_AgainstAConstraint_IsTheCallersOwnError()
    {
        Fill(0, 1);
        Assert.True(TempStore.IsDuplicate(Assert.ThrowsAny<Exception>(() => Fill(0, 1))));
        Fill(1, 1);
        Assert.Equal(2, Count());
    }

    [Fact]
    public void Write_WhileAnotherWrites_IsBusyAfterItsBoundAndGoesOnBehindIt()
    {
        using var second = _temp.Open();
        TempStore.Hurry(second, milliseconds: 50);
        _temp.Store.Write(session =>
        {
            session.Prepared("insert into fact (id, body) values ($1, $2)").Execute(1L, "first");
            Assert.Equal(Codes.Busy, Assert.Throws<StoreException>(() => second.Write(Second)).Code);
        });
        second.Write(Second);
        Assert.Equal(2, Count());
        static int Second(StoreSession session) => session.Prepared("insert into fact (id, body) values ($1, $2)").Execute(2L, "second");
    }

    [Fact]
    public void Open_WhenTheDiskFails_IsDamagedByName()
    {
        _watch.Break = (StorePoint.Open, TempStore.Broken(EngineFault.Disk));
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => _temp.Open(_watch)).Code);
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // the bytes of our own file; PostgreSQL's are the server's
    public void QuickCheck_OfADamagedFile_FindsItAndReadsAreDamagedByName()
    {
        Fill(0, 500);
        _temp.Sqlite.Checkpoint(truncate: true);
        _temp.Store.Dispose();
        using (var file = File.Open(_temp.File, FileMode.Open, FileAccess.Write))
        {
            file.Position = 20 * 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, 20 * 4096).ToArray());
        }
        _temp.Reopen();
        Assert.NotEqual("ok", _temp.Sqlite.QuickCheck());
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => _temp.Store.Read(session => session.ExecuteScalar<long>("select sum(length(body)) from fact"))).Code);
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // the length of our own file
    public void Open_OfACutFile_IsDamagedByNameAtTheLatestWhenRead()
    {
        Fill(0, 500);
        _temp.Sqlite.Checkpoint(truncate: true);
        _temp.Store.Dispose();
        using (var file = File.Open(_temp.File, FileMode.Open, FileAccess.Write))
        {
            file.SetLength(30 * 4096);
        }
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() =>
        {
            _temp.Reopen();
            return _temp.Store.Read(session => session.ExecuteScalar<long>("select sum(length(body)) from fact"));
        }).Code);
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // the log beside our own file
    public void Log_CutAnywhere_OpensWithAPrefixOfTheCommits()
    {
        for (var i = 0; i < 20; i++)
        {
            Fill(i, 1);
        }
        var (main, log) = (File.ReadAllBytes(_temp.File), File.ReadAllBytes(_temp.File + "-wal"));
        var before = 0L;
        for (var length = 0; length <= log.Length; length += 2_000)
        {
            var copy = Path.Combine(_temp.Folder, $"cut{length}.db");
            File.WriteAllBytes(copy, main);
            File.WriteAllBytes(copy + "-wal", log[..length]);
            using var store = SqliteStore.Open(copy);
            var ids = store.Read(session => session.ExecuteScalar<long>("select count(*) from sqlite_master") == 0 ? [] : session.Query<long>("select id from fact order by id"));
            Assert.Equal(Enumerable.Range(0, ids.Count).Select(id => (long)id), ids);
            Assert.True(ids.Count >= before);
            before = ids.Count;
        }
        Assert.InRange(before, 15, 20);
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // a checkpoint is ours to do on a file alone
    public void Checkpoint_WithAReaderInTheWay_ComesBackSoonAndLosesNothing()
    {
        Fill(0, 10);
        using var reader = SqliteStore.Open(_temp.File, readOnly: true);
        reader.Read(session =>
        {
            Assert.Equal(10, session.ExecuteScalar<long>("select count(*) from fact"));
            Fill(10, 10);
            Assert.False(_temp.Sqlite.Checkpoint(truncate: true));
            return session.ExecuteScalar<long>("select count(*) from fact");
        });
        Assert.True(_temp.Sqlite.Checkpoint(truncate: true));
        Assert.Equal(20, Count());
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // the log beside our own file
    public void Write_PastTheCheckpointPages_CutsTheLogByItself()
    {
        Fill(0, SqliteStore.CheckpointPages * 5);
        Assert.Equal(0, new FileInfo(_temp.File + "-wal").Length);
        Assert.Equal(SqliteStore.CheckpointPages * 5, Count());
    }

    [Fact]
    public void Write_ThroughAReadOnlyStore_IsRefused()
    {
        Fill(0, 1);
        using var reader = _temp.Open(readOnly: true);
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => reader.Write(session => session.Execute("delete from fact"))).Code);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Prepared_WithOtherValuesThanBefore_IsAProgrammersError() => _temp.Store.Read(session =>
    {
        var sum = session.Prepared("select $1 + $2");
        Assert.Equal(3L, sum.Scalar(1L, 2L));
        Assert.Throws<ArgumentException>(() => sum.Scalar(1L));
        Assert.Throws<ArgumentException>(() => sum.Scalar(1L, 2L, 3L));
        Assert.Same(sum, session.Prepared("select $1 + $2"));
        Assert.Equal("2|1|2", session.Prepared("select $2 || '|' || $1 || '|' || $2").Scalar(1L, 2L));
        return true;
    });

    [Fact]
    public void Values_OfEveryKind_ComeBackAsTheyWere() => _temp.Store.Read(session =>
    {
        foreach (var text in (string[])["", "值", "'; --", new string('장', 5_000)])
        {
            Assert.Equal(text, session.Prepared("select cast($1 as text)").Scalar(text));
        }
        Assert.Null(session.Prepared("select cast($1 as text)").Scalar([null]));
        Assert.Equal(long.MinValue, session.Prepared("select cast($1 as bigint)").Scalar(long.MinValue));
        return true;
    });

    [Fact]
    public void Rows_ReadTwiceInTurn_AreReadByPlace() => _temp.Store.Read(session =>
    {
        const string Sql = "select cast(7 as bigint) as n, 'seven' as t, cast(null as text) as none union all select $1, '', null order by 1";
        foreach (var second in (long[])[8, 9])
        {
            using var rows = session.Prepared(Sql).Read(second);
            Assert.True(rows.Read());
            Assert.Equal((7L, "seven", true), (rows.GetInt64(0), rows.GetString(1), rows.IsDBNull(2)));
            Assert.True(rows.Read());
            Assert.Equal((second, ""), (rows.GetInt64(0), rows.GetString(1)));
            Assert.False(rows.Read());
        }
        return true;
    });

    public void Dispose() => _temp.Dispose();

    private sealed class Breaks : IStoreWatch
    {
        public (StorePoint At, Exception With)? Break { get; set; }

        public void At(StorePoint point, string sql)
        {
            if (Break is { } broken && broken.At == point)
            {
                throw broken.With;
            }
        }
    }
}
