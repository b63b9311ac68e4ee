using EdgeHub.Rules;

namespace EdgeHub.Sync.Stores;

/// <summary>The one writer of a store: what waits goes into one transaction, and nobody is told before its commit returned. Each
/// item stands in a savepoint, so that one failure is its caller's alone; a fault of the store itself (full disk, damage) fails
/// the whole group, for nothing of it was stored.</summary>
/// <param name="beforeCommit">Once per group, inside the transaction, behind its last item: sign the head, for example.</param>
/// <param name="afterGroup">Once per group, on the writer's thread, before anybody is told: true when it was committed. Memory
/// that mirrors the store is made valid or thrown away here. It must not throw; when it does, nobody knows what memory holds, and
/// the writer refuses from then on with StoreDamaged.</param>
public sealed class GroupCommitWriter(Store store, Action<StoreSession>? beforeCommit = null, Action<bool>? afterGroup = null) : IDisposable
{
    /// <summary>Items in one transaction.</summary>
    public const int MaxGroup = 256;

    /// <summary>Items that may wait; one more is refused with Busy.</summary>
    public const int MaxWaiting = 4_096;

    /// <summary>Quiet time after which the log is moved into the file and cut.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _writing = new();
    private readonly object _queueGate = new();
    private readonly Queue<WriteItem> _queue = new();
    private readonly List<WriteItem> _group = new(MaxGroup);
    private Thread? _thread;
    private bool _stopping;
    private bool _stopped;
    private bool _idleSeen;
    private volatile StoreException? _broken;

    /// <summary>Why the writer ended by itself; null: it did not. Every write is refused with this.</summary>
    public StoreException? Broken => _broken;

    /// <summary>A checkpoint or other upkeep that failed last, which harms no write; null: none.</summary>
    public Exception? LastUpkeepFailure { get; private set; }

    /// <summary>Groups committed so far: with the number of items, how well they were gathered.</summary>
    public long Commits { get; private set; }

    public int Waiting
    {
        get
        {
            lock (_queueGate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Hands work to the writer. The task ends with the work's answer after the commit, or with its exception.</summary>
    /// <returns>A task that fails with StoreException Busy when too much waits or the writer has stopped.</returns>
    public Task<T> Submit<T>(Func<StoreSession, T> work)
    {
        var item = new WriteItem<T>(work);
        lock (_queueGate)
        {
            if (_broken is { } broken)
            {
                return Task.FromException<T>(broken);
            }
            if (_stopped || _stopping || _queue.Count >= MaxWaiting)
            {
                return Task.FromException<T>(new StoreException(
                    Codes.Busy, store.Name, _queue.Count >= MaxWaiting ? $"{MaxWaiting} writes wait; try again" : "the writer has stopped"));
            }
            _queue.Enqueue(item);
            Monitor.Pulse(_queueGate);
        }
        return item.Task;
    }

    /// <summary>Writes what waits, at most <see cref="MaxGroup"/> items, in one transaction. One step: a simulator calls it instead of <see cref="Start"/>.</summary>
    /// <returns>False: nothing waited.</returns>
    public bool WriteOnce()
    {
        lock (_writing)
        {
            lock (_queueGate)
            {
                while (_group.Count < MaxGroup && _queue.TryDequeue(out var item))
                {
                    _group.Add(item);
                }
            }
            if (_group.Count == 0)
            {
                return false;
            }
            WriteGroup();
            return true;
        }
    }

    /// <summary>Starts the writer's own thread.</summary>
    /// <param name="time">Its timer says when nothing was written for a while; null: no idle checkpoints.</param>
    public void Start(TimeProvider? time = null)
    {
        if (_thread is not null)
        {
            throw new InvalidOperationException("The writer runs already.");
        }
        _thread = new Thread(() => Guard(time)) { IsBackground = true, Name = "store writer" };
        _thread.Start();
    }

    /// <summary>Writes what still waits, then ends the thread. Later work is refused with Busy.</summary>
    public void Stop()
    {
        lock (_queueGate)
        {
            _stopping = true;
            Monitor.PulseAll(_queueGate);
        }
        if (_thread is { } thread && thread != Thread.CurrentThread)
        {
            thread.Join();
        }
        else
        {
            while (WriteOnce())
            {
            }
        }
        lock (_queueGate)
        {
            _stopped = true;
        }
    }

    /// <summary>Stops; the store stays its owner's.</summary>
    public void Dispose() => Stop();

    /// <summary>Whatever ends the thread is said to everybody who waits or comes: nobody waits for ever.</summary>
    private void Guard(TimeProvider? time)
    {
        try
        {
            Run(time);
        }
        catch (Exception failed)
        {
            Break(new StoreException(Codes.StoreDamaged, store.Name, "the writer ended: " + failed.Message, failed));
        }
    }

    private void Break(StoreException why)
    {
        List<WriteItem> waiting;
        lock (_queueGate)
        {
            _broken = why;
            waiting = [.. _group, .. _queue];
            _group.Clear();
            _queue.Clear();
        }
        foreach (var item in waiting)
        {
            item.Complete(why);
        }
    }

    private void Run(TimeProvider? time)
    {
        using var timer = time?.CreateTimer(_ => Quiet(), null, IdleAfter, IdleAfter);
        while (true)
        {
            if (WriteOnce())
            {
                continue;
            }
            bool idle;
            lock (_queueGate)
            {
                if (_queue.Count > 0)
                {
                    continue;
                }
                if (_stopping)
                {
                    return;
                }
                Monitor.Wait(_queueGate);
                idle = _idleSeen && _queue.Count == 0;
                _idleSeen = false;
            }
            if (idle)
            {
                Idle();
            }
        }
    }

    private long _commitsAtLastTick = -1;

    private void Quiet()
    {
        lock (_queueGate)
        {
            var commits = Commits;
            _idleSeen = commits == _commitsAtLastTick;
            _commitsAtLastTick = commits;
            if (_idleSeen)
            {
                Monitor.Pulse(_queueGate);
            }
        }
    }

    private void Idle()
    {
        lock (_writing)
        {
            Upkeep(store.WhenIdle);
        }
    }

    private void WriteGroup()
    {
        var committed = false;
        Exception? failure = null;
        try
        {
            store.Begin(forWriting: true);
            var session = new StoreSession(store);
            if (RunItems(session))
            {
                beforeCommit?.Invoke(session);
                store.Commit();
                committed = true;
                Commits++;
            }
            else
            {
                failure = RolledBack();
            }
        }
        catch (Exception failed)
        {
            failure = store.Fault(failed) ?? failed;
            failure = RolledBack() ?? failure;
        }
        failure = Mirrored(committed) ?? failure;
        foreach (var item in _group)
        {
            item.Complete(failure);
        }
        _group.Clear();
        if (committed)
        {
            Upkeep(store.AfterCommit);
        }
    }

    /// <summary>Tells the memory that mirrors the store; a fault there ends all writing, for what it holds is unknown.</summary>
    private StoreException? Mirrored(bool committed)
    {
        try
        {
            afterGroup?.Invoke(committed);
            return null;
        }
        catch (Exception failed)
        {
            _broken = new StoreException(Codes.StoreDamaged, store.Name, "what mirrors the store failed: " + failed.Message, failed);
            // What was committed is told as it is; only what comes is refused.
            return committed ? null : _broken;
        }
    }

    /// <summary>Takes the group back; what went wrong when even that is not possible: nobody is told that it was stored.</summary>
    private StoreException? RolledBack()
    {
        try
        {
            if (store.InTransaction)
            {
                store.Rollback();
            }
            return null;
        }
        catch (Exception broken)
        {
            return new StoreException(Codes.StoreDamaged, store.Name, "not rolled back: " + broken.Message, broken);
        }
    }

    /// <summary>False: every item failed, there is nothing to commit. One item alone needs no savepoint: the transaction is its own.</summary>
    private bool RunItems(StoreSession session)
    {
        var alone = _group.Count == 1;
        var anyWrote = false;
        foreach (var item in _group)
        {
            try
            {
                if (!alone)
                {
                    session.Savepoint();
                }
                item.Run(session);
                if (!alone)
                {
                    session.ReleaseSavepoint();
                }
                anyWrote = true;
            }
            catch (Exception failed) when (store.Fault(failed) is null)
            {
                item.Failed(failed);
                if (!alone)
                {
                    session.RollbackToSavepoint();
                }
            }
        }
        return anyWrote;
    }

    /// <summary>Moving the log into the file and the like. A fault there takes nothing back: the log holds what was told, and the
    /// next write meets the same fault and tells its caller. It must not end the writer either.</summary>
    private void Upkeep(Action work)
    {
        try
        {
            work();
            LastUpkeepFailure = null;
        }
        catch (Exception failed)
        {
            LastUpkeepFailure = failed;
        }
    }
}
