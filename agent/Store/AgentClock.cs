using EdgeHub.Sync.Journal;

namespace EdgeHub.Agent.Store;

/// <summary>When something was captured: the wall clock, the clinic's civil day, and the monotonic tick beside them.</summary>
public sealed record Captured(DateTimeOffset At, DateOnly CivilDay, ClockReading Reading);

/// <summary>Reads the injected clock as an entry needs it, and notices when the wall clock moves against the monotonic one.</summary>
public sealed class AgentClock
{
    /// <summary>A wall clock that is adjusted gently stays within this between two entries.</summary>
    public const long JumpMilliseconds = 2_000;

    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly long _demoMilliseconds;
    private readonly Lock _gate = new();
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private long? _offsetMilliseconds;
    private (long TickMilliseconds, DateTimeOffset Wall) _last;

    public AgentClock(TimeProvider time, long demoMilliseconds)
    {
        _time = time;
        _demoMilliseconds = demoMilliseconds;
        _started = time.GetTimestamp();
        _last = (0, time.GetUtcNow());
    }

    public TimeProvider Time => _time;

    public long DemoMilliseconds => _demoMilliseconds;

    /// <summary>Monotonic milliseconds since the process started.</summary>
    public long TickMilliseconds => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    public DateTimeOffset Now
    {
        get
        {
            // Whole milliseconds, as stored: a value read back equals the value written.
            var now = _time.GetUtcNow().UtcDateTime;
            return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    public DateOnly Today => CivilDay(Now);

    /// <summary>The site's time zone, known from enrolment.</summary>
    public void Place(TimeZoneInfo zone) => _zone = zone;

    /// <summary>The hub told its time.</summary>
    public void Heard(DateTimeOffset hubTime) => _offsetMilliseconds = (long)(hubTime - Now).TotalMilliseconds;

    /// <summary>An instant by the site's own clock on the wall.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);

    public DateOnly CivilDay(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    public Captured Capture()
    {
        var now = Now;
        return new Captured(now, CivilDay(now), new ClockReading(TickMilliseconds, _offsetMilliseconds, _demoMilliseconds));
    }

    /// <summary>The jump since the last call, when the wall clock and the monotonic one went more than
    /// <see cref="JumpMilliseconds"/> apart; null: they agree.</summary>
    public ClockJumped? Jump()
    {
        lock (_gate)
        {
            var tick = TickMilliseconds;
            var wall = _time.GetUtcNow();
            var expected = tick - _last.TickMilliseconds;
            var seen = (long)(wall - _last.Wall).TotalMilliseconds;
            _last = (tick, wall);
            return Math.Abs(seen - expected) > JumpMilliseconds ? new ClockJumped(expected, seen) : null;
        }
    }
}
