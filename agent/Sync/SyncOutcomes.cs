using System.Text.Json.Serialization;

namespace EdgeHub.Agent.Sync;

/// <summary>What asking the hub gave.</summary>
public abstract record HelloOutcome
{
    private HelloOutcome() { }

    public sealed record Heard : HelloOutcome;

    /// <summary>The hub knows more of this device than the device, or another chain: a new epoch is to be taken.</summary>
    public sealed record NeedsNewEpoch : HelloOutcome;
}

/// <summary>What sending one batch gave.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    public sealed record NothingToSend : SendOutcome;

    public sealed record Acknowledged(int Lines, long Through) : SendOutcome;

    /// <summary>The hub stands elsewhere in this epoch; the next batch begins there.</summary>
    public sealed record Resumed(long Through) : SendOutcome;

    /// <summary>The hub refuses, by name.</summary>
    /// <param name="AskEpoch">The chain is another there: a new epoch is needed.</param>
    public sealed record Refused(string Code, string Detail, bool AskEpoch) : SendOutcome;
}

/// <summary>What one step of pulling gave.</summary>
public abstract record PullOutcome
{
    private PullOutcome() { }

    public sealed record UpToDate : PullOutcome;

    /// <summary>A page came and is what was asked for; the next steps store it.</summary>
    public sealed record Fetched(string Feed, int Rows) : PullOutcome;

    /// <summary>One transaction of what a page brought, or of what a snapshot did not bring.</summary>
    /// <param name="Flipped">With it the feed is wholly stored.</param>
    public sealed record Stored(string Feed, int Rows, bool Flipped) : PullOutcome;

    /// <summary>A page was refused: by the hub, or here because it is not what it says. The feed waits; others go on.</summary>
    public sealed record Refused(string Feed, string Code, string Detail) : PullOutcome;
}

/// <summary>What one step of a round gave.</summary>
public abstract record SyncStep
{
    private SyncStep() { }

    /// <summary>More waits in this round.</summary>
    public sealed record More : SyncStep;

    public sealed record Ended(SyncReport Report) : SyncStep;
}

/// <summary>What one round with the hub did.</summary>
/// <param name="Failure">The line that was down, or what was refused; null: it went through.</param>
public sealed record SyncReport(bool Heard, long SentLines, long FeedRows, long Unacknowledged, string? Failure)
{
    /// <summary>The hub has its hands full and says when to come back; null: it said nothing.</summary>
    [JsonIgnore]
    public TimeSpan? ComeBackAfter { get; init; }
}
