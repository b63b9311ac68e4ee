using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Ingest;

/// <summary>Where a device's chain stands at the hub, and what was last refused of it.</summary>
/// <param name="EffectiveMilliseconds">Effective time of the device's last entry, over all its epochs.</param>
/// <param name="RefusedCode">Blank: nothing since the last accepted batch.</param>
/// <param name="Forks">How often other bytes came under known sequences.</param>
public sealed record DeviceHead(
    long DeviceNo, long Epoch, long Seq, byte[] Hash, long EffectiveMilliseconds, string RefusedCode, long RefusedMilliseconds, long Forks)
{
    /// <summary>A device that has sent nothing yet: epoch 1, nothing stored.</summary>
    public static DeviceHead First(long deviceNo) => new(deviceNo, 1, 0, Chain.Zero, 0, "", 0, 0);
}

/// <summary>A stored batch's place in its device's chain.</summary>
public sealed record StoredSegment(long SegmentId, long FromSeq, long Count)
{
    public long LastSeq => FromSeq + Count - 1;
}

/// <summary>The head of one line as its row keeps it.</summary>
/// <param name="ClaimedMilliseconds">Captured plus the known offset to the hub's clock; null: the head cannot be read.</param>
public sealed record EntryHead(string Kind, int Schema, long? ClaimedMilliseconds, DateOnly CivilDay);
