using System.Buffers.Binary;

namespace EdgeHub.Sync.Seams;

/// <summary>Version 7 uuids (RFC 9562) from a given instant and given random bytes.</summary>
internal static class Version7
{
    public static Guid From(DateTimeOffset now, Span<byte> random16)
    {
        Span<byte> stamp = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(stamp, now.ToUnixTimeMilliseconds());
        stamp[2..].CopyTo(random16);
        random16[6] = (byte)((random16[6] & 0x0F) | 0x70);
        random16[8] = (byte)((random16[8] & 0x3F) | 0x80);
        return new Guid(random16, bigEndian: true);
    }
}
