using System.Security.Cryptography;

namespace EdgeHub.Sync.Seams;

/// <summary>The platform's own randomness.</summary>
public sealed class SystemEntropy : IEntropy
{
#pragma warning disable RS0030 // This is the one home of randomness.
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
#pragma warning restore RS0030

    public Guid NewId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        return Version7.From(now, bytes);
    }
}
