using System.Buffers;
using System.Security.Cryptography;

namespace EdgeHub.Sync.Journal;

/// <summary>The hash chain of a journal: h(i) = SHA-256(h(i-1) || line bytes with their LF), from 32 zero bytes.</summary>
public static class Chain
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>The hash before the first line of an epoch. A fresh copy: nobody can change it for others.</summary>
    public static byte[] Zero => new byte[HashBytes];

    public static byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> line)
    {
        var next = new byte[HashBytes];
        Next(previous, line, next);
        return next;
    }

    /// <summary>The same into 32 bytes of the caller, which may be the previous hash itself.</summary>
    public static void Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> line, Span<byte> next)
    {
        if (previous.Length != HashBytes)
        {
            throw new ArgumentException($"A chain hash is {HashBytes} bytes, not {previous.Length}.", nameof(previous));
        }
        var rented = ArrayPool<byte>.Shared.Rent(HashBytes + line.Length);
        var both = rented.AsSpan(0, HashBytes + line.Length);
        previous.CopyTo(both);
        line.CopyTo(both[HashBytes..]);
        SHA256.HashData(both, next);
        ArrayPool<byte>.Shared.Return(rented);
    }

    public static byte[] Through(ReadOnlySpan<byte> previous, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var hash = previous.ToArray();
        for (var i = 0; i < lines.Count; i++)
        {
            Next(hash, lines[i].Span, hash);
        }
        return hash;
    }

    /// <summary>A hash as it stands in headers and answers: lower-case hexadecimal.</summary>
    public static string Text(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);

    /// <summary>A hash from its text; null when it is not 64 lower-case hexadecimal digits.</summary>
    public static byte[]? TryParse(string text)
    {
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigitLower(digit))
            {
                return null;
            }
        }
        return text.Length == 2 * HashBytes ? Convert.FromHexString(text) : null;
    }
}
