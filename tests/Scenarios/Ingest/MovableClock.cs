namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>The system's clock, moved by what a test says.</summary>
internal sealed class MovableClock : TimeProvider
{
    public TimeSpan Moved { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Moved;

    /// <summary>Time goes by as it is moved: the monotonic clock goes with the one on the wall.</summary>
    public override long GetTimestamp() => System.GetTimestamp() + (long)(Moved.TotalSeconds * TimestampFrequency);
}
