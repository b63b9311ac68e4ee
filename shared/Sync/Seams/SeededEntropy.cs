using System.Buffers.Binary;

namespace EdgeHub.Sync.Seams;

/// <summary>Bytes that a seed repeats: for simulators and tests, never for keys or nonces in service. SplitMix64; any thread may use
/// it, but only one thread gives a repeatable order.</summary>
public sealed class SeededEntropy(ulong seed) : IEntropy
{
    private readonly Lock _oneAtATime = new();
    private ulong _state = seed;

    public void Fill(Span<byte> bytes)
    {
        Span<byte> eight = stackalloc byte[8];
        lock (_oneAtATime)
        {
            while (!bytes.IsEmpty)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(eight, Next());
                var take = Math.Min(8, bytes.Length);
                eight[..take].CopyTo(bytes);
                bytes = bytes[take..];
            }
        }
    }

    public Guid NewId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        return Version7.From(now, bytes);
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
