using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>Statements that wait for others: whatever is asked sees them, what is taken back takes them along, and what is wrong with
/// them is thrown where they stand.</summary>
public sealed class StoreLaterTests : IDisposable
{
    private const string Add = "insert into drawer (name, day, fen) values ($1, $2, $3)";
    private const string Sum = "insert into drawer (name, day, fen) values ($1, $2, $3) on conflict (name) do update set fen = drawer.fen + excluded.fen";
    private const string Fen = "select fen from drawer where name = $1";
    private static readonly DateOnly Day = new(2025, 2, 28);
    private readonly Counter _watch = new();
    private readonly TempStore _temp;

    public StoreLaterTests() => _temp = new TempStore("create table drawer (name text primary key, day date, fen bigint not null, id uuid)", _watch);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Later_IsSeenByWhateverIsAskedNext()
    {
        _temp.Store.Write(session =>
        {
            session.Later(Add, "a", Day, 5L);
            Assert.Equal(5L, session.Prepared(Fen).Scalar("a"));
            session.Later(Add, "b", null, 6L);
            Assert.Equal(2, session.ExecuteScalar<long>("select count(*) from drawer"));
            session.Later("update drawer set fen = $1 where name = $2", 7L, "b");
            Assert.Equal(7, session.QuerySingleOrDefault<long>("select fen from drawer where name = @name", new { name = "b" }));
            session.Later(Add, "c", null, 8L);
            Assert.Equal([5L, 7L, 8L], session.Stream<long>("select fen from drawer order by name").ToList());
            session.Later(Add, "d", null, 9L);
            Assert.Equal(1, session.Execute("delete from drawer where name = 'd'"));
        });
        Assert.Equal(3, Count());
    }

    [Fact]
    public void Later_RunsBeforeTheCommitInItsOrder()
    {
        _temp.Store.Write(session =>
        {
            session.Later(Add, "a", Day, 1L);
            session.Later("update drawer set fen = fen * $1", 10L);
            session.Later(Add, "b", Day, 1L);
            session.Later("update drawer set fen = fen * $1", 10L);
        });
        Assert.Equal([100L, 10L], _temp.Store.Read(session => session.Query<long>("select fen from drawer order by name")));
    }

    [Fact]
    [Trait("Engine", "Postgres")] // SQLite asks nobody over a line
    public void Later_OnPostgres_IsOneMessage()
    {
        _temp.Store.Write(session =>
        {
            for (var i = 0; i < 40; i++)
            {
                session.Later(Add, $"n{i}", Day, (long)i);
            }
        });
        Assert.Equal(["40"], _watch.Batches);
        Assert.Equal(40, _watch.Statements.Count(sql => sql == Add));
    }

    [Fact]
    public void Later_MoreThanMayWait_GoesInParts()
    {
        _temp.Store.Write(session =>
        {
            for (var i = 0; i < 2_500; i++)
            {
                session.Later(Add, $"n{i:0000}", null, (long)i);
            }
        });
        Assert.Equal(2_500, Count());
        Assert.Equal(TestServer.IsThere ? ["1024", "1024", "452"] : [], _watch.Batches);
    }

    [Fact]
    public void LaterAdd_ToOneRow_IsOneStatementWithTheSum()
    {
        _temp.Store.Write(session =>
        {
            session.LaterAdd(Sum, 2, "a", Day, 5L);
            session.LaterAdd(Sum, 2, "b", Day, 1L);
            session.LaterAdd(Sum, 2, "a", Day, -2L);
            Assert.Equal(3L, session.Prepared(Fen).Scalar("a"));
            session.LaterAdd(Sum, 2, "a", Day, 4L);
        });
        Assert.Equal(7L, _temp.Store.Read(session => session.Prepared(Fen).Scalar("a")));
        Assert.Equal(3, _watch.Statements.Count(sql => sql == Sum));
    }

    [Fact]
    public void LaterAdd_BeyondALong_IsThrown() => Assert.Throws<OverflowException>(() => _temp.Store.Write(session =>
    {
        session.LaterAdd(Sum, 2, "a", Day, long.MaxValue);
        session.LaterAdd(Sum, 2, "a", Day, 1L);
    }));

    [Fact]
    public void InSavepoint_WhatIsWrongWithWhatWaits_IsThrownInIt()
    {
        _temp.Store.Write(session =>
        {
            session.Later(Add, "a", Day, 1L);
            Assert.True(TempStore.IsDuplicate(Assert.ThrowsAny<Exception>(() => session.InSavepoint(inner =>
            {
                inner.Later(Add, "b", Day, 2L);
                inner.Later(Add, "a", Day, 3L);
                return 0;
            }))));
            session.Later(Add, "c", Day, 4L);
        });
        Assert.Equal(["a", "c"], _temp.Store.Read(session => session.Query<string>("select name from drawer order by name")));
    }

    [Fact]
    public void InSavepoint_ThatThrows_TakesBackWhatWaitsAndWhatWasReadAhead()
    {
        _temp.Store.Write(session =>
        {
            session.Later(Add, "a", Day, 1L);
            session.Ahead.Keep(Fen, "b", 2L);
            Assert.Throws<FormatException>(() => session.InSavepoint<int>(inner =>
            {
                inner.Later(Add, "b", Day, 2L);
                throw new FormatException("no");
            }));
            Assert.Null(session.Ahead.Of<long?>(Fen, "b"));
        });
        Assert.Equal(["a"], _temp.Store.Read(session => session.Query<string>("select name from drawer order by name")));
    }

    [Fact]
    public void Write_ThatThrows_LeavesNothingThatWaits()
    {
        Assert.Throws<FormatException>(() => _temp.Store.Write(session =>
        {
            session.Later(Add, "a", Day, 1L);
            throw new FormatException("no");
        }));
        _temp.Store.Write(session => session.Later(Add, "b", Day, 1L));
        Assert.Equal(["b"], _temp.Store.Read(session => session.Query<string>("select name from drawer order by name")));
    }

    [Fact]
    public async Task Submit_WhatIsWrongWithWhatWaits_IsItsCallersAlone()
    {
        using var writer = new GroupCommitWriter(_temp.Store);
        var first = writer.Submit(session =>
        {
            session.Later(Add, "a", Day, 1L);
            return 1;
        });
        var wrong = writer.Submit(session =>
        {
            session.Later(Add, "a", Day, 2L);
            return 2;
        });
        var last = writer.Submit(session =>
        {
            session.Later(Add, "c", Day, 3L);
            return 3;
        });
        Assert.True(writer.WriteOnce());

        Assert.Equal((1, 3), (await first, await last));
        Assert.True(TempStore.IsDuplicate(await Assert.ThrowsAnyAsync<Exception>(() => wrong)));
        Assert.Equal(["a", "c"], _temp.Store.Read(session => session.Query<string>("select name from drawer order by name")));
    }

    [Fact]
    public void InList_OfTextsIdsAndNumbers_FindsThoseAndNoOthers()
    {
        var ids = Enumerable.Range(1, 3).Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        _temp.Store.Write(session =>
        {
            string[] names = ["a", "it's \"b\"", "镇康 å"];
            for (var i = 0; i < 3; i++)
            {
                session.Prepared("insert into drawer (name, fen, id) values ($1, $2, $3)").Execute(names[i], (long)i, ids[i]);
            }
        });
        Assert.Equal([0L, 1L, 2L], Found("name in (list $1)", new[] { "a", "it's \"b\"", "镇康 å", "no" }));
        Assert.Equal([1L, 2L], Found("id in (list $1)", new[] { ids[1], ids[2], Guid.Empty }));
        Assert.Equal([0L, 2L], Found("fen in (list $1)", new[] { 2L, 0L, 2L, long.MaxValue }));
        Assert.Empty(Found("name in (list $1)", Array.Empty<string>()));
    }

    private IReadOnlyList<long> Found(string where, object list) => _temp.Store.Read(session =>
    {
        using var rows = session.Prepared($"select fen from drawer where {where} order by fen").Read(list);
        var found = new List<long>();
        while (rows.Read())
        {
            found.Add(rows.GetInt64(0));
        }
        return found;
    });

    private long Count() => _temp.Store.Read(session => session.ExecuteScalar<long>("select count(*) from drawer"));

    private sealed class Counter : IStoreWatch
    {
        public List<string> Statements { get; } = [];

        public List<string> Batches { get; } = [];

        public void At(StorePoint point, string sql)
        {
            if (point is StorePoint.Statement or StorePoint.Batch)
            {
                (point == StorePoint.Batch ? Batches : Statements).Add(sql);
            }
        }
    }
}
