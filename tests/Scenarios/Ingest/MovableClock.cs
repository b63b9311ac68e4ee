namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>The system's clock, moved by what a test says.</summary>
internal sealed class MovableClock : TimeProvider
{
    public TimeSpan Moved { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Moved;
}
