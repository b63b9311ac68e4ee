using EdgeHub.Sync.Journal;

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

    private object? _body;

    /// <summary>What its line says, parsed once.</summary>
    /// <exception cref="JournalFormatException">It cannot be read.</exception>
    internal T Body<T>(ReadOnlySpan<byte> body) where T : class
    {
        var read = _body as T ?? JournalCodec.ReadBody<T>(body);
        _body = read;
        return read;
    }
}
