namespace EdgeHub.Sync.Seams;

/// <summary>The one home of randomness: ids, nonces, keys, jitter. A simulator gives a seeded one.</summary>
public interface IEntropy
{
    void Fill(Span<byte> bytes);

    /// <summary>A version 7 uuid: made where the fact is made, stored before it is sent.</summary>
    Guid NewId(DateTimeOffset now);
}
