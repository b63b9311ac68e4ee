using System.Text;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>Alters bytes in the ways in which hostile or broken input differs from good input; the same seed alters the same way.</summary>
internal sealed class Mutation(int seed)
{
    private const int MostBytes = 1 << 20;

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "0", "-1", "1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "2147483648", "4294967296", "1e400", "0.1", "1E-30", "-0", "00", "NaN", "null", "true", "[]", "{}", "\"\"",
            "99999999999999999999999999999999999999999", "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-30", "2025-03-05T01:02:03.004Z", "\u0000", "\u202e", "\ud83d\ude00", "𠮷", "\"\\ud800\"", "\r\n", "\n", "\"", "\\", ",", ";", "\t", "../", "%00",
            "{\"seq\":1,", "\"seq\":1", "}}", "EHJ1", "EHM1", "EHA1",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x81, 0x30], [0x84, 0x31, 0xA4, 0x37], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF],
        [0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0],
    ];

    private readonly Random _random = new(seed);

    public int Next(int most) => _random.Next(most);

    /// <param name="others">What pieces are taken from.</param>
    public byte[] Of(byte[] good, IReadOnlyList<byte[]> others)
    {
        var bytes = good;
        for (var times = 1 + _random.Next(4); times > 0; times--)
        {
            bytes = Once(bytes, others[_random.Next(others.Count)]);
        }
        return bytes.Length <= MostBytes ? bytes : bytes[..MostBytes];
    }

    private byte[] Once(byte[] bytes, byte[] other)
    {
        var at = _random.Next(bytes.Length + 1);
        var length = Math.Min(bytes.Length - at, 1 + _random.Next(_random.Next(8) == 0 ? 400 : 12));
        return _random.Next(11) switch
        {
            0 or 1 => Flipped(bytes),
            2 => [.. bytes[..at], .. bytes[(at + length)..]],
            3 => [.. bytes[..at], .. Words[_random.Next(Words.Length)], .. bytes[at..]],
            4 => [.. bytes[..at], .. Words[_random.Next(Words.Length)], .. bytes[(at + length)..]],
            5 => [.. bytes[..at], .. other[_random.Next(other.Length + 1)..]],
            6 => [.. bytes[..at], .. Repeated(bytes.AsSpan(at, length)), .. bytes[at..]],
            7 => Number(bytes),
            8 => bytes[..at],
            9 => [.. bytes[..at], .. Deep(), .. bytes[at..]],
            _ => [.. bytes[..at], (byte)_random.Next(256), .. bytes[at..]],
        };
    }

    private byte[] Flipped(byte[] bytes)
    {
        var altered = (byte[])bytes.Clone();
        for (var i = 0; bytes.Length > 0 && i <= _random.Next(3); i++)
        {
            altered[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        }
        return altered;
    }

    private byte[] Repeated(ReadOnlySpan<byte> piece)
    {
        var times = 1 << _random.Next(_random.Next(20) == 0 ? 14 : 5);
        var all = new byte[Math.Min(piece.Length * times, MostBytes / 2)];
        for (var at = 0; at < all.Length; at += piece.Length)
        {
            piece[..Math.Min(piece.Length, all.Length - at)].CopyTo(all.AsSpan(at));
        }
        return all;
    }

    /// <summary>One run of digits becomes another number.</summary>
    private byte[] Number(byte[] bytes)
    {
        var start = bytes.AsSpan(_random.Next(bytes.Length + 1)).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
        {
            return bytes;
        }
        start = bytes.AsSpan().IndexOfAnyInRange((byte)'0', (byte)'9') is var first && _random.Next(2) == 0 ? first : Math.Min(bytes.Length - 1, start);
        var end = start;
        while (end < bytes.Length && bytes[end] is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }
        return [.. bytes[..start], .. Words[_random.Next(20)], .. bytes[end..]];
    }

    private byte[] Deep()
    {
        var opens = "[{(\""[_random.Next(2)];
        return Encoding.ASCII.GetBytes(opens == '[' ? new string('[', 1 + _random.Next(2_000)) : string.Concat(Enumerable.Repeat("{\"a\":", 1 + _random.Next(600))));
    }
}
