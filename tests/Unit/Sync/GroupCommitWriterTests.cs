using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class GroupCommitWriterTests : IDisposable
{
    private readonly Watch _watch = new();
    private readonly TempStore _temp;
    private int _before;

    public GroupCommitWriterTests() => _temp = new TempStore("create table fact (id bigint primary key)", _watch);

    private GroupCommitWriter Writer() => new(_temp.Store, _ => _before++);

    [Fact]
    public async Task WriteOnce_OfAGroup_TellsNobodyBeforeItsOneCommit()
    {
        var writer = Writer();
        var tasks = Enumerable.Range(1, 5).Select(id => writer.Submit(session => Insert(session, id))).ToList();
        var early = true;
        _watch.OnPoint = (point, _) => early &= point == StorePoint.Committed || tasks.All(task => !task.IsCompleted);
        Assert.True(writer.WriteOnce());
        Assert.All(await Task.WhenAll(tasks), answer => Assert.Equal(1, answer));
        Assert.True(early);
        Assert.Equal((1, 1, 5), (writer.Commits, _before, Count()));
        Assert.False(writer.WriteOnce());
    }

    [Fact]
    public async Task WriteOnce_WithOneItemThatFails_FailsItsCallerAlone()
    {
        var writer = Writer();
        var good = writer.Submit(session => Insert(session, 1));
        var bad = writer.Submit(session => Insert(session, 2) + Insert(session, 1));
        var later = writer.Submit(session => Insert(session, 3));
        writer.WriteOnce();
        Assert.Equal(1, await good);
        Assert.Equal(1, await later);
        Assert.True(TempStore.IsDuplicate(await Assert.ThrowsAnyAsync<Exception>(() => bad)));
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task WriteOnce_OfOneItemThatFails_CommitsNothing()
    {
        var writer = Writer();
        var bad = writer.Submit<int>(session => throw new InvalidOperationException(Insert(session, 1).ToString()));
        Assert.True(writer.WriteOnce());
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal((0, 0, 0), (writer.Commits, _before, Count()));
    }

    [Theory]
    [InlineData(StorePoint.Begin)]
    [InlineData(StorePoint.Statement)]
    [InlineData(StorePoint.Commit)]
    public async Task WriteOnce_OnAFullDisk_FailsTheGroupByNameAndStoresNothing(StorePoint at)
    {
        var writer = Writer();
        var tasks = Enumerable.Range(1, 3).Select(id => writer.Submit(session => Insert(session, id))).ToList();
        _watch.OnPoint = (point, _) => { if (point == at) { throw TempStore.Broken(EngineFault.Full); } };
        writer.WriteOnce();
        _watch.OnPoint = null;
        foreach (var task in tasks)
        {
            Assert.Equal(Codes.DiskFull, (await Assert.ThrowsAsync<StoreException>(() => task)).Code);
        }
        Assert.Equal(0, Count());
        var after = writer.Submit(session => Insert(session, 9));
        writer.WriteOnce();
        Assert.Equal(1, await after);
    }

    [Fact]
    public async Task WriteOnce_WhenEvenTheRollbackFails_IsDamagedByName()
    {
        var writer = Writer();
        var task = writer.Submit(session => Insert(session, 1));
        _watch.OnPoint = (point, _) => { if (point is StorePoint.Commit or StorePoint.Rollback) { throw TempStore.Broken(EngineFault.Disk); } };
        writer.WriteOnce();
        _watch.OnPoint = null;
        var refused = await Assert.ThrowsAsync<StoreException>(() => task);
        Assert.Equal(Codes.StoreDamaged, refused.Code);
        Assert.Contains("not rolled back", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, Count());
        // What was left open is taken back before anything else is written, and never committed with it.
        var after = writer.Submit(session => Insert(session, 2));
        writer.WriteOnce();
        Assert.Equal(1, await after);
        Assert.Equal([2L], _temp.Beside(session => session.Query<long>("select id from fact")));
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // the log beside our own file
    public async Task Start_WithAQuietWhile_CutsTheLog()
    {
        var clock = new TickedByHand();
        using var writer = Writer();
        writer.Start(clock);
        await writer.Submit(session => Insert(session, 1));
        var log = new FileInfo(_temp.File + "-wal");
        clock.Tick();
        log.Refresh();
        Assert.True(log.Length > 0);
        for (var tries = 0; log.Length > 0 && tries < 3_000; tries++)
        {
            clock.Tick();
            await Task.Delay(20);
            log.Refresh();
        }
        Assert.Equal(0, log.Length);
        Assert.Equal(1, await writer.Submit(session => Insert(session, 2)));
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task Submit_OverTheBound_IsBusyAndTheRestIsWritten()
    {
        var writer = Writer();
        var tasks = Enumerable.Range(1, GroupCommitWriter.MaxWaiting).Select(id => writer.Submit(session => Insert(session, id))).ToList();
        Assert.Equal(Codes.Busy, (await Assert.ThrowsAsync<StoreException>(() => writer.Submit(session => Insert(session, 0)))).Code);
        writer.Stop();
        await Task.WhenAll(tasks);
        Assert.Equal((GroupCommitWriter.MaxWaiting, GroupCommitWriter.MaxWaiting / GroupCommitWriter.MaxGroup), (Count(), writer.Commits));
        Assert.Equal(Codes.Busy, (await Assert.ThrowsAsync<StoreException>(() => writer.Submit(session => Insert(session, 0)))).Code);
    }

    [Fact]
    public async Task Start_WithManyProducers_WritesEachOnce()
    {
        using var writer = Writer();
        writer.Start();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await writer.Submit(session => Insert(session, (producer * 50) + i));
            }
        })));
        Assert.Equal(400, Count());
        Assert.InRange(writer.Commits, 1, 400);
    }

    [Fact]
    [Trait("Engine", "Sqlite")] // a checkpoint is ours to do on a file alone
    public async Task Checkpoint_ThatFailsInAnyWay_EndsNeitherTheWriterNorAnybodysWait()
    {
        using var writer = Writer();
        writer.Start();
        _watch.OnPoint = (point, _) => Throw(point == StorePoint.Checkpoint);
        // The log is over its limit once 4,000 pages stand in it: then the writer checkpoints by itself.
        await writer.Submit(session =>
        {
            session.Execute("create table wide (body text)");
            session.Execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500) insert into wide select printf('%.4000c', 'x') from n");
            return true;
        });
        // Callers write themselves and need not wait for upkeep: the writer's thread does it within 16 commits.
        for (var id = 1; id <= 16; id++)
        {
            var wanted = id;
            Assert.Equal(1, await writer.Submit(session => Insert(session, wanted)).WaitAsync(TimeSpan.FromSeconds(60)));
        }
        Assert.True(SpinWait.SpinUntil(() => writer.LastUpkeepFailure is InvalidOperationException, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Submit_WhereNobodyWrites_IsWrittenByTheCallerItself()
    {
        using var writer = Writer();
        writer.Start();
        // The writer's own thread writes too while it starts, and looks at the queue behind each group: nobody can say from
        // outside when it has gone to sleep. A writer that leaves everything to that thread never gets here.
        for (var id = 1; id <= 2_000; id++)
        {
            var (wanted, caller, wroteIt) = (id, Environment.CurrentManagedThreadId, 0);
            var submitted = writer.Submit(session =>
            {
                wroteIt = Environment.CurrentManagedThreadId;
                return Insert(session, wanted);
            });
            var doneOnReturn = submitted.IsCompletedSuccessfully;
            await submitted.WaitAsync(TimeSpan.FromSeconds(60));
            if (wroteIt == caller)
            {
                Assert.True(doneOnReturn);
                return;
            }
        }
        Assert.Fail("The caller's thread wrote none of 2,000.");
    }

    [Fact]
    public async Task Submit_FromWithinAWrite_WaitsForTheNextGroup()
    {
        using var writer = Writer();
        writer.Start();
        Task<int>? inner = null;
        await writer.Submit(session =>
        {
            inner = writer.Submit(next => Insert(next, 2));
            Assert.False(inner.IsCompleted);
            return Insert(session, 1);
        });
        Assert.Equal(1, await inner!.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(2, writer.Commits);
    }

    [Fact]
    public async Task Rollback_ThatThrows_FailsItsCallersAndNobodyWaitsForEver()
    {
        using var writer = Writer();
        writer.Start();
        _watch.OnPoint = (point, _) => Throw(point == StorePoint.Rollback);
        var failed = writer.Submit<int>(_ => throw new InvalidOperationException("wrong"));
        Assert.Equal(Codes.StoreDamaged, (await Assert.ThrowsAsync<StoreException>(() => failed.WaitAsync(TimeSpan.FromSeconds(60)))).Code);
        _watch.OnPoint = null;
        Assert.Equal(1, await writer.Submit(session => Insert(session, 1)).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task Memory_ThatCannotFollow_EndsAllWritingByName()
    {
        using var writer = new GroupCommitWriter(_temp.Store, null, _ => Throw(true));
        writer.Start();
        Assert.Equal(1, await writer.Submit(session => Insert(session, 1)).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(Codes.StoreDamaged, (await Assert.ThrowsAsync<StoreException>(() => writer.Submit(session => Insert(session, 2)).WaitAsync(TimeSpan.FromSeconds(60)))).Code);
        Assert.Equal(1, Count());
    }

    public void Dispose() => _temp.Dispose();

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new InvalidOperationException("as the test wants");
        }
    }

    private static int Insert(StoreSession session, long id) => session.Prepared("insert into fact (id) values ($1)").Execute(id);

    private long Count() => _temp.Beside(session => session.ExecuteScalar<long>("select count(*) from fact"));

    private sealed class TickedByHand : TimeProvider
    {
        private TimerCallback? _callback;

        public void Tick() => _callback?.Invoke(null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            return new Nothing();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class Watch : IStoreWatch
    {
        public Action<StorePoint, string>? OnPoint { get; set; }

        public void At(StorePoint point, string sql) => OnPoint?.Invoke(point, sql);
    }
}
