namespace EdgeHub.Hub.Settlement;

/// <summary>One journal entry that waits for settlement, as ingest has published it.</summary>
public sealed class WaitingEntry
{
    public string Region { get; init; } = "";
    public long DeviceNo { get; init; }
    public long Epoch { get; init; }
    public long Seq { get; init; }
    public string Site { get; init; } = "";
    public string Kind { get; init; } = "";
    public long Schema { get; init; }
    public long EffectiveMs { get; init; }
    public DateOnly CivilDay { get; init; }
    public long SegmentId { get; init; }
    public long Ordinal { get; init; }
}
