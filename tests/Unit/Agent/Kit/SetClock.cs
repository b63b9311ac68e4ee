namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>A clock that a test moves. Wall and monotonic time move together, or the wall alone.</summary>
public sealed class SetClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _wall = start;
    private TimeSpan _monotonic = TimeSpan.Zero;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _wall;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _monotonic.Ticks;
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            (_wall, _monotonic) = (_wall + by, _monotonic + by);
        }
    }

    public void JumpWall(TimeSpan by)
    {
        lock (_gate)
        {
            _wall += by;
        }
    }
}
