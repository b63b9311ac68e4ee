using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Store;

/// <summary>The journal lines of a stored segment, exactly as the device sent them. Keeps the last few segments inflated, so
/// that who reads entry after entry inflates each segment once. What is kept is known by number and last hash: a number that was
/// given in a transaction that was thrown away is given again, to another device. Any thread may use it.</summary>
public sealed class SegmentReader
{
    /// <summary>Segments kept: at most this many times 8 MiB.</summary>
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Region, long Segment, string LastHash, IReadOnlyList<ReadOnlyMemory<byte>> Lines)> _recent = [];

    /// <summary>All lines of a segment, in order, each with its LF.</summary>
    /// <exception cref="StoreException">StoreDamaged: there is no such segment, or its bytes are not what was accepted.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines(StoreSession session, string region, long segmentId)
    {
        var lastHash = Convert.ToHexStringLower(session.Prepared(
            "select last_hash from public_segment where region = $1 and segment_id = $2").Scalar(region, segmentId) as byte[]
            ?? throw Missing(segmentId));
        lock (_gate)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Segment == segmentId && node.Value.LastHash == lastHash && node.Value.Region == region)
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
            _recent.AddFirst((region, segmentId, lastHash, lines));
            if (_recent.Count > Kept)
            {
                _recent.RemoveLast();
            }
        }
        return lines;
    }

    /// <summary>One line.</summary>
    /// <param name="ordinal">From 0.</param>
    /// <exception cref="StoreException">StoreDamaged: there is no such segment or line, or its bytes are not what was accepted.</exception>
    public ReadOnlyMemory<byte> Line(StoreSession session, string region, long segmentId, long ordinal)
    {
        var lines = Lines(session, region, segmentId);
        return ordinal >= 0 && ordinal < lines.Count
            ? lines[(int)ordinal]
            : throw new StoreException(Rules.Codes.StoreDamaged, HubStore.FileName, $"segment {segmentId} has {lines.Count} lines; none at {ordinal}");
    }

    private static StoreException Missing(long segmentId) => new(Rules.Codes.StoreDamaged, HubStore.FileName, $"segment {segmentId} is missing");

    private static IReadOnlyList<ReadOnlyMemory<byte>> Read(StoreSession session, string region, long segmentId)
    {
        var wire = session.QuerySingleOrDefault<byte[]>(
            "select wire from public_segment where region = @region and segment_id = @segmentId", new { region, segmentId })
            ?? throw Missing(segmentId);
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
