using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Store;

/// <summary>The journal lines of a stored segment, exactly as the device sent them. Keeps the last few segments inflated, so
/// that who reads entry after entry inflates each segment once. Any thread may use it.</summary>
public sealed class SegmentReader
{
    /// <summary>Segments kept: at most this many times 8 MiB.</summary>
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Region, long Segment, IReadOnlyList<ReadOnlyMemory<byte>> Lines)> _recent = [];

    /// <summary>All lines of a segment, in order, each with its LF.</summary>
    /// <exception cref="StoreException">StoreDamaged: there is no such segment, or its bytes are not what was accepted.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines(StoreSession session, string region, long segmentId)
    {
        lock (_gate)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Segment == segmentId && node.Value.Region == region)
                {
                    _recent.Remove(node);
                    _recent.AddFirst(node);
                    return node.Value.Lines;
                }
            }
        }
        var lines = Read(session, region, segmentId);
        lock (_gate)
        {
            _recent.AddFirst((region, segmentId, lines));
            if (_recent.Count > Kept)
            {
                _recent.RemoveLast();
            }
        }
        return lines;
    }

    /// <summary>One line.</summary>
    /// <param name="ordinal">From 0.</param>
    public ReadOnlyMemory<byte> Line(StoreSession session, string region, long segmentId, long ordinal) =>
        Lines(session, region, segmentId)[(int)ordinal];

    private static IReadOnlyList<ReadOnlyMemory<byte>> Read(StoreSession session, string region, long segmentId)
    {
        var wire = session.QuerySingleOrDefault<byte[]>(
            "select wire from public_segment where region = @region and segment_id = @segmentId", new { region, segmentId })
            ?? throw new StoreException(Rules.Codes.StoreDamaged, HubStore.FileName, $"segment {segmentId} is missing");
        try
        {
            return BatchCodec.Lines(BatchCodec.Inflate(BatchCodec.Read(wire)));
        }
        catch (Sync.Journal.JournalFormatException damaged)
        {
            throw new StoreException(Rules.Codes.StoreDamaged, HubStore.FileName, $"segment {segmentId}: {damaged.Message}", damaged);
        }
    }
}
