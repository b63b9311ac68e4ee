using EdgeHub.Rules;

namespace EdgeHub.Sync.Stores;

/// <summary>The one writer of a store: what waits goes into one transaction, and nobody is told before its commit returned. Each
/// item stands in a savepoint, so that one failure is its caller's alone; a fault of the store itself (full disk, damage) fails
/// the whole group, for nothing of it was stored.</summary>
/// <param name="beforeCommit">Once per group, inside the transaction, behind its last item: sign the head, for example.</param>
/// <param name="afterGroup">Once per group, on the writer's thread, before anybody is told: true when it was committed. Memory
/// that mirrors the store is made valid or thrown away here. It must not throw; when it does, nobody knows what memory holds, and
/// the writer refuses from then on with StoreDamaged.</param>
/// <param name="mostInGroup">Items in one transaction, at most <see cref="MaxGroup"/>; 1 where each item locks rows in an order of its own.</param>
public sealed partial class GroupCommitWriter(
    Store store, Action<StoreSession>? beforeCommit = null, Action<bool>? afterGroup = null, int mostInGroup = GroupCommitWriter.MaxGroup) : IDisposable
{
    /// <summary>Items in one transaction.</summary>
    public const int MaxGroup = 256;

    /// <summary>Items that may wait; one more is refused with Busy.</summary>
    public const int MaxWaiting = 4_096;

    /// <summary>Commits on callers' threads after which the writer's thread looks after the log, where the store says that it needs it.</summary>
    private const int UpkeepEvery = 16;

    /// <summary>Commits after which it looks in any case: what other processes wrote the store does not know. Each look stands in the way of a commit.</summary>
    private const int UpkeepAtLatest = 256;

    /// <summary>Turns given to others before a group is taken, while fewer wait than the last group had: who was just told comes
    /// back at once, and one sync for eight costs what one for each costs eight times. A desk that writes alone never waits.</summary>
    private const int GatherTurns = 48;

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
    private int _lastGroup;
    private int _sinceUpkeep;
    private volatile bool _isUpkeepDue;
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

    /// <summary>Hands work to the writer. The task ends with the work's answer after the commit, or with its exception. Where the
    /// writer was started and nobody writes, the caller's thread writes what waits itself: a settlement at a clinic's desk would
    /// else wait longer for two changes of thread than for the disk.</summary>
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
            if (_thread is null)
            {
                return item.Task;
            }
        }
        WriteHereOrWake();
        return item.Task;
    }

    /// <summary>Who finds another writing goes: that one looks at the queue again behind its group, and wakes the thread.</summary>
    private void WriteHereOrWake()
    {
        if (!_writing.IsHeldByCurrentThread && _writing.TryEnter())
        {
            try
            {
                WriteTaken(upkeep: false);
            }
            catch (Exception failed)
            {
                Break(new StoreException(Codes.StoreDamaged, store.Name, "the writer ended: " + failed.Message, failed));
            }
            finally
            {
                _writing.Exit();
            }
            WakeForTheRest();
        }
    }

    /// <summary>What came meanwhile, or upkeep that a caller need not wait for, is the thread's.</summary>
    private void WakeForTheRest()
    {
        lock (_queueGate)
        {
            if (_queue.Count > 0 || _isUpkeepDue)
            {
                Monitor.Pulse(_queueGate);
            }
        }
    }

    /// <summary>Writes what waits, at most <see cref="MaxGroup"/> items, in one transaction. One step: a simulator calls it instead of <see cref="Start"/>.</summary>
    /// <returns>False: nothing waited.</returns>
    public bool WriteOnce()
    {
        bool wrote;
        lock (_writing)
        {
            wrote = WriteTaken(upkeep: true);
        }
        WakeForTheRest();
        return wrote;
    }

    /// <param name="upkeep">Whether the log is looked after at once; else the thread does it, <see cref="UpkeepEvery"/> commits after the last time or later.</param>
    private bool WriteTaken(bool upkeep)
    {
        for (var turn = 0; turn < GatherTurns && _thread is not null && Waiting is > 0 and var waiting && waiting < Math.Min(_lastGroup, mostInGroup); turn++)
        {
            Thread.Yield();
        }
        lock (_queueGate)
        {
            while (_group.Count < mostInGroup && _queue.TryDequeue(out var item))
            {
                _group.Add(item);
            }
        }
        _lastGroup = _group.Count > 0 ? _group.Count : _lastGroup;
        if (_group.Count == 0)
        {
            return false;
        }
        if (!WriteGroup())
        {
            return true;
        }
        if (upkeep)
        {
            UpkeepAfterCommit();
        }
        else
        {
            _sinceUpkeep++;
            _isUpkeepDue |= _sinceUpkeep >= UpkeepEvery && (_sinceUpkeep >= UpkeepAtLatest || store.NeedsUpkeep);
        }
        return true;
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
        lock (_writing)
        {
            Upkeep(store.WhenStarted);
        }
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
                if (!_isUpkeepDue)
                {
                    Monitor.Wait(_queueGate);
                }
                idle = _idleSeen && _queue.Count == 0;
                _idleSeen = false;
            }
            LookAfterTheLog();
            if (idle)
            {
                Idle();
            }
        }
    }

    private void UpkeepAfterCommit()
    {
        (_sinceUpkeep, _isUpkeepDue) = (0, false);
        Upkeep(store.AfterCommit);
    }

    private void LookAfterTheLog()
    {
        lock (_writing)
        {
            if (_isUpkeepDue)
            {
                UpkeepAfterCommit();
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
