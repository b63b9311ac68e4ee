using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>What a commit writes to SQLite's log goes to the system in one piece, and stands there as it did in many. PostgreSQL has its own log.</summary>
[Trait("Engine", "Sqlite")]
public sealed class LogVfsTests : IDisposable
{
    private const int BodyBytes = 3_000;

    /// <summary>Pages that this connection keeps in memory: what is more goes to the log before the commit.</summary>
    private const int FewPages = 10;

    /// <summary>Rows of a page each, more than it keeps, and fewer than are gathered at most: all of them would still be here when the other one writes.</summary>
    private const int FewEnough = 25;

    private readonly TempStore _temp = new("create table fact (id bigint primary key, body blob)");
    private long _written;

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(400)]
    public void Commit_OfSoManyPages_IsThereForOthersAndAfterwards(int rows)
    {
        Write(_temp.Store, rows);
        Write(_temp.Store, 1);
        Assert.Equal(_written, _temp.Beside(Count));

        // What no connection's end moved into the file: the log alone, as a process that was killed leaves it.
        var copied = Path.Combine(_temp.Folder, "killed.db");
        File.Copy(_temp.File, copied);
        File.Copy(_temp.File + "-wal", copied + "-wal");
        using (var killed = SqliteStore.Open(copied))
        {
            Assert.Equal(_written, killed.Read(Count));
            Assert.Equal("ok", killed.QuickCheck());
        }
        _temp.Reopen();
        Assert.Equal(_written, _temp.Store.Read(Count));
    }

    [Fact]
    public void Commit_BehindPagesThatWentAhead_IsWhole()
    {
        _temp.Store.Read(session => session.Execute($"pragma cache_size = {FewPages}"));
        Write(_temp.Store, 100, read: true);
        Assert.Equal(100, _temp.Beside(Count));
        Assert.Equal("ok", _temp.Sqlite.QuickCheck());
    }

    [Fact]
    public void TakenBack_WhatWentAhead_HarmsNoOtherConnectionsCommit()
    {
        // A log with nothing in it: what is taken back then reads nothing of it, and what it left anywhere would go on waiting there.
        _temp.Reopen();
        _temp.Store.Read(session => session.Execute($"pragma cache_size = {FewPages}"));
        Assert.Throws<InvalidOperationException>(() => _temp.Store.Write(session =>
        {
            Insert(session, FewEnough, BodyBytes - 1);
            throw new InvalidOperationException("taken back");
        }));
        _written = 0;
        using (var other = _temp.Open())
        {
            Write(other, 5);
        }
        Write(_temp.Store, 5);
        Assert.Equal(10, _temp.Beside(Count));
        Assert.Equal("ok", _temp.Sqlite.QuickCheck());
    }

    /// <summary>A commit that does not sync would be seen by others before it is on the disk: no statement of ours can turn the sync off.</summary>
    [Fact]
    public void TheSync_CannotBeTurnedOff_InASession() =>
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _temp.Store.Read(session => session.Execute("pragma synchronous = off")));

    public void Dispose() => _temp.Dispose();

    private void Write(Store store, int rows, bool read = false) => store.Write(session =>
    {
        Insert(session, rows);
        return read ? Assert.Single(session.Query<long>("select cast(sum(length(body)) as bigint) from fact")) : 0;
    });

    private void Insert(StoreSession session, int rows, int bytes = BodyBytes)
    {
        for (var row = 0; row < rows; row++)
        {
            session.Prepared("insert into fact (id, body) values ($1, $2)").Execute(_written++, new byte[bytes]);
        }
    }

    private static long Count(StoreSession session) => (long)session.Prepared("select count(*) from fact where length(body) = $1").Scalar((long)BodyBytes)!;
}
