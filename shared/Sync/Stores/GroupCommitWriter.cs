using System.Data.Common;
using EdgeHub.Rules;

namespace EdgeHub.Sync.Stores;

/// <summary>The one writer of a store: what waits goes into one transaction, and nobody is told before its commit returned. Each
/// item stands in a savepoint, so that one failure is its caller's alone; a fault of the store itself (full disk, damage) fails
/// the whole group, for nothing of it was stored.</summary>
/// <param name="beforeCommit">Once per group, inside the transaction, behind its last item: sign the head, for example.</param>
/// <param name="afterGroup">Once per group, on the writer's thread, before anybody is told: true when it was committed. Memory
/// that mirrors the store is made valid or thrown away here. It must not throw.</param>
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
        _thread = new Thread(() => Run(time)) { IsBackground = true, Name = "store writer" };
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
            try
            {
                store.WhenIdle();
            }
            catch (StoreException)
            {
                // Nothing was lost: the log holds it. The next write meets the same fault and tells its caller.
            }
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
                store.Rollback();
            }
        }
        catch (Exception failed)
        {
            failure = store.Fault(failed) ?? failed;
            failure = RolledBack() ?? failure;
        }
        afterGroup?.Invoke(committed);
        foreach (var item in _group)
        {
            item.Complete(failure);
        }
        _group.Clear();
        if (committed)
        {
            CheckpointWhenDue();
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
        catch (DbException broken)
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

    private void CheckpointWhenDue()
    {
        try
        {
            store.AfterCommit();
        }
        catch (StoreException)
        {
            // The group is durable in the log; its callers were told so. The next write meets the same fault and tells its caller.
        }
    }
}
