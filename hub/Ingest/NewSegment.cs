using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>A batch that is about to become a segment: its lines with their effective times, which go on from the device's last.</summary>
public sealed class NewSegment
{
    /// <param name="effectiveBefore">Effective time of the device's last entry, milliseconds.</param>
    /// <param name="received">The hub's moment of receipt, milliseconds.</param>
    public NewSegment(long deviceNo, string site, ReceivedBatch batch, BatchLines lines, long effectiveBefore, long received)
    {
        (DeviceNo, Site, Batch, Lines) = (deviceNo, site, batch, lines);
        var effective = new long[lines.Entries.Count];
        for (var i = 0; i < effective.Length; i++)
        {
            effectiveBefore = effective[i] = EffectiveTime.After(effectiveBefore, lines.Entries[i].ClaimedMilliseconds, received);
        }
        (Effective, EffectiveAfter) = (effective, effectiveBefore);
    }

    public long DeviceNo { get; }
    public string Site { get; }
    public ReceivedBatch Batch { get; }
    public BatchLines Lines { get; }

    /// <summary>Of each line, milliseconds.</summary>
    public IReadOnlyList<long> Effective { get; }

    /// <summary>Of the last line.</summary>
    public long EffectiveAfter { get; }
}
