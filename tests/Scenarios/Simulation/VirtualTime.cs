namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The one true time of a simulation. It moves only when it is told to.</summary>
internal sealed class VirtualTime(DateTimeOffset start)
{
    private readonly List<VirtualTimer> _timers = [];

    public DateTimeOffset Start { get; } = start;
    public DateTimeOffset Now { get; private set; } = start;

    public void Advance(TimeSpan by)
    {
        var to = Now + by;
        while (Next(to) is { } due)
        {
            Now = due.DueAt;
            due.Fire();
        }
        Now = to;
    }

    /// <summary>Moves to the next timer; false: there is none.</summary>
    public bool ToNextTimer()
    {
        if (Next(DateTimeOffset.MaxValue) is not { } due)
        {
            return false;
        }
        Now = due.DueAt > Now ? due.DueAt : Now;
        due.Fire();
        return true;
    }

    public void Back(DateTimeOffset to) => Now = to;

    private VirtualTimer? Next(DateTimeOffset until)
    {
        VirtualTimer? next = null;
        foreach (var timer in _timers)
        {
            next = timer.DueAt <= until && (next is null || timer.DueAt < next.DueAt) ? timer : next;
        }
        return next;
    }

    internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time._timers.Remove(this);
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                DueAt = time.Now + dueTime;
                time._timers.Add(this);
            }
            return true;
        }

        public void Fire()
        {
            Change(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan, _period);
            callback(state);
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A machine's clock: the wall may be wrong and jump, the monotonic side is true.</summary>
internal sealed class MachineClock(VirtualTime time) : TimeProvider
{
    /// <summary>What the wall clock shows above the true time.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => time.Now + Skew;

    public override long GetTimestamp() => (time.Now - time.Start).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTime.VirtualTimer(time, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
