using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using Microsoft.Data.Sqlite;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>What goes wrong with a file, and the name it gets.</summary>
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

    private long Count() => SqliteStore.ReadFrom(_temp.File, session => session.ExecuteScalar<long>("select count(*) from fact"));

    [Fact]
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
        Assert.Equal((550, "ok"), (Count(), _temp.Store.QuickCheck()));
    }

    [Theory]
    [InlineData(StorePoint.Begin, 13, Codes.DiskFull)]
    [InlineData(StorePoint.Statement, 13, Codes.DiskFull)]
    [InlineData(StorePoint.Commit, 13, Codes.DiskFull)]
    [InlineData(StorePoint.Statement, 10, Codes.StoreDamaged)]
    [InlineData(StorePoint.Commit, 11, Codes.StoreDamaged)]
    [InlineData(StorePoint.Begin, 5, Codes.Busy)]
    public void Write_WhenTheEngineFails_HasOurNameAndStoresNothing(StorePoint at, int error, string code)
    {
        _watch.Break = (at, new SqliteException("broken", error));
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
        Assert.Equal(19, Assert.Throws<SqliteException>(() => Fill(0, 1)).SqliteErrorCode);
    }

    [Fact]
    public void Open_WhenTheDiskFails_IsDamagedByName()
    {
        _watch.Break = (StorePoint.Open, new SqliteException("broken", 10));
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => SqliteStore.Open(_temp.File, watch: _watch)).Code);
    }

    [Fact]
    public void QuickCheck_OfADamagedFile_FindsItAndReadsAreDamagedByName()
    {
        Fill(0, 500);
        _temp.Store.Checkpoint(truncate: true);
        _temp.Store.Dispose();
        using (var file = File.Open(_temp.File, FileMode.Open, FileAccess.Write))
        {
            file.Position = 20 * 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, 20 * 4096).ToArray());
        }
        _temp.Reopen();
        Assert.NotEqual("ok", _temp.Store.QuickCheck());
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => _temp.Store.Read(session => session.ExecuteScalar<long>("select sum(length(body)) from fact"))).Code);
    }

    [Fact]
    public void Open_OfACutFile_IsDamagedByNameAtTheLatestWhenRead()
    {
        Fill(0, 500);
        _temp.Store.Checkpoint(truncate: true);
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
    public void Checkpoint_WithAReaderInTheWay_ComesBackSoonAndLosesNothing()
    {
        Fill(0, 10);
        using var reader = SqliteStore.Open(_temp.File, readOnly: true);
        reader.Read(session =>
        {
            Assert.Equal(10, session.ExecuteScalar<long>("select count(*) from fact"));
            Fill(10, 10);
            Assert.False(_temp.Store.Checkpoint(truncate: true));
            return session.ExecuteScalar<long>("select count(*) from fact");
        });
        Assert.True(_temp.Store.Checkpoint(truncate: true));
        Assert.Equal(20, Count());
    }

    [Fact]
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
        using var reader = SqliteStore.Open(_temp.File, readOnly: true);
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => reader.Write(session => session.Execute("delete from fact"))).Code);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Prepared_WithOtherValuesThanBefore_IsAProgrammersError() => _temp.Store.Read(session =>
    {
        Assert.Equal(3L, session.Prepared("select $1 + $2").Scalar(1L, 2L));
        Assert.Throws<ArgumentException>(() => session.Prepared("select $1 + $2").Scalar(1L));
        Assert.Null(session.Prepared("select $1").Scalar([null]));
        Assert.Equal("2|1|2", session.Prepared("select $2 || '|' || $1 || '|' || $2").Scalar(1L, 2L));
        Assert.Equal("", session.Prepared("select $1").Scalar(""));
        Assert.Equal("值", session.Prepared("select $1").Scalar("值"));
        Assert.Equal(new string('长', 5_000), session.Prepared("select $1").Scalar(new string('长', 5_000)));
        Assert.Equal(Array.Empty<byte>(), session.Prepared("select $1").Scalar([Array.Empty<byte>()]));
        Assert.Equal(new byte[] { 0, 1 }, session.Prepared("select $1").Scalar([new byte[] { 0, 1 }]));
        Assert.Throws<ArgumentException>(() => session.Prepared("select $2 + $3").Scalar(1L, 2L));
        Assert.Throws<ArgumentException>(() => session.Prepared("select 1; select 2"));
        Assert.Throws<ArgumentException>(() => session.Prepared("select $1").Scalar([new object()]));
        Assert.Throws<SqliteException>(() => session.Prepared("select absent from absent"));
        Assert.Same(session.Prepared("select $1"), session.Prepared("select $1"));
        return true;
    });

    [Fact]
    public void Rows_AreReadByPlaceAndEndWithTheirReader() => _temp.Store.Read(session =>
    {
        const string Sql = "select 7, 'seven', x'07', null, 0.5, '0.25', 0 union all select $1, '', x'', null, 1.5, 3, 1";
        using (var rows = session.Prepared(Sql).Read(8L))
        {
            Assert.Throws<InvalidOperationException>(() => rows.GetInt64(0));
            Assert.True(rows.Read());
            Assert.Equal((7, 7L, "seven", 0.5, 0.25m, false, true), (rows.GetInt32(0), rows.GetInt64(0), rows.GetString(1), rows.GetDouble(4), rows.GetDecimal(5), rows.GetBoolean(6), rows.IsDBNull(3)));
            Assert.Equal((7L, "seven", DBNull.Value, 0.5), (rows[0], rows[1], rows[3], rows.GetValue(4)));
            Assert.Equal(new byte[] { 7 }, (byte[])rows[2]);
            Assert.Throws<InvalidOperationException>(() => rows.GetInt64(3));
            Assert.Throws<InvalidOperationException>(() => rows.GetString(3));
            Assert.Throws<InvalidOperationException>(() => rows.GetDouble(3));
            Assert.Throws<InvalidOperationException>(() => rows.GetInt64(7));
            Assert.Throws<InvalidOperationException>(() => session.Prepared(Sql).Read(1L));
            Assert.True(rows.Read());
            Assert.Equal((8L, "", 3m), (rows.GetInt64(0), rows.GetString(1), rows.GetDecimal(5)));
            Assert.Empty((byte[])rows[2]);
            var all = new object[7];
            Assert.Equal((7, "", 1L), (rows.GetValues(all), all[1], all[6]));
            Assert.False(rows.Read());
        }
        using (var again = session.Prepared(Sql).Read(9L))
        {
            Assert.True(again.Read());
        }
        using var third = session.Prepared(Sql).Read(9L);
        Assert.True(third.Read() && third.Read());
        Assert.Equal(9L, third.GetInt64(0));
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
