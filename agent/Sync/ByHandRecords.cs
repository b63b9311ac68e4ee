using EdgeHub.Sync.ByHand;

namespace EdgeHub.Agent.Sync;

/// <summary>What the hub has not acknowledged.</summary>
/// <param name="Settlements">Of the lines, what stands of settlements; <paramref name="Fund"/>: the fund's share of them, minor units.</param>
public sealed record Unsent(long Epoch, long AckedThrough, long LastSeq, long Settlements, long Fund)
{
    public long Lines => LastSeq - AckedThrough;
}

/// <summary>What asking for a file of unsent lines gave.</summary>
public abstract record ExportOutcome
{
    private ExportOutcome() { }

    public sealed record Ready(UnsentFile File) : ExportOutcome;

    /// <summary>The hub has everything: there is nothing to carry.</summary>
    public sealed record NothingUnsent : ExportOutcome;

    public sealed record Refused(Refusal Why) : ExportOutcome;
}

/// <summary>What taking in the hub's answer to such a file gave.</summary>
public abstract record AcksOutcome
{
    private AcksOutcome() { }

    /// <param name="Moved">Lines that are acknowledged now and were not before; negative: the hub was restored and lacks so many.</param>
    public sealed record Taken(Acks Acks, long Moved, Unsent Left) : AcksOutcome;

    public sealed record Refused(Refusal Why) : AcksOutcome;
}
