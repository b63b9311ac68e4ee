namespace EdgeHub.Hub.Access;

/// <summary>So much at once and no more: who comes to a full house waits in a row, first come first served, and a row that is too
/// long, or a wait that is, is refused at once instead of being held. Nobody overtakes: a small one behind a large one waits too, so
/// that a large one is never passed by for ever.</summary>
/// <param name="room">How much may be inside at once, in the caller's unit.</param>
/// <param name="mostWaiting">How many may wait.</param>
public sealed class FairTurns(long room, int mostWaiting, TimeSpan longestWait, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _row = [];
    private long _inside;

    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _row.Count;
            }
        }
    }

    /// <summary>How much was inside at once at most since the start.</summary>
    public long MostInside { get; private set; }

    /// <param name="size">What it takes while inside; more than the room is counted as the whole room.</param>
    /// <returns>Inside until disposed; null: too many wait, or the wait was too long.</returns>
    public async Task<IDisposable?> Enter(long size, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        size = Math.Min(size, room);
        Waiter waiter;
        lock (_gate)
        {
            if (_row.Count == 0 && _inside + size <= room)
            {
                return Inside(size);
            }
            if (_row.Count >= mostWaiting)
            {
                return null;
            }
            waiter = new Waiter(size);
            _row.AddLast(waiter);
        }
        using var late = new CancellationTokenSource(longestWait, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        await using var gone = both.Token.UnsafeRegister(_ => Leave(waiter), null);
        var turn = await waiter.Turn.Task;
        if (turn is null)
        {
            stop.ThrowIfCancellationRequested();
        }
        return turn;
    }

    private Held Inside(long size)
    {
        _inside += size;
        MostInside = Math.Max(MostInside, _inside);
        return new Held(this, size);
    }

    /// <summary>Who waits no longer makes way for those behind.</summary>
    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            if (_row.Remove(waiter))
            {
                waiter.Turn.SetResult(null);
                LetIn();
            }
        }
    }

    private void Release(long size)
    {
        lock (_gate)
        {
            _inside -= size;
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_row.First is { Value: var next } && _inside + next.Size <= room)
        {
            _row.RemoveFirst();
            next.Turn.SetResult(Inside(next.Size));
        }
    }

    private sealed class Waiter(long size)
    {
        public long Size { get; } = size;

        // Continuations run elsewhere: nobody holds up who lets in.
        public TaskCompletionSource<IDisposable?> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Held(FairTurns turns, long size) : IDisposable
    {
        private FairTurns? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release(size);
    }
}
