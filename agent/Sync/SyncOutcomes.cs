namespace EdgeHub.Agent.Sync;

/// <summary>What asking the hub gave.</summary>
public abstract record HelloOutcome
{
    private HelloOutcome() { }

    public sealed record Heard : HelloOutcome;

    /// <summary>The hub knows more of this device than the device: what was not acknowledged now stands in a new epoch.</summary>
    public sealed record CarriedOver(long Epoch, long Lines) : HelloOutcome;
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

/// <summary>What pulling one page gave.</summary>
public abstract record PullOutcome
{
    private PullOutcome() { }

    public sealed record UpToDate : PullOutcome;

    public sealed record Stored(string Feed, int Rows, bool More) : PullOutcome;

    /// <summary>A page was refused: by the hub, or here because it is not what it says. The feed waits; others go on.</summary>
    public sealed record Refused(string Feed, string Code, string Detail) : PullOutcome;
}

/// <summary>What one round with the hub did.</summary>
/// <param name="Failure">Null: it went through.</param>
public sealed record SyncReport(bool Heard, long SentLines, long FeedRows, long Unacknowledged, string? Failure);
