using System.Buffers;
using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EdgeHub.Agent.Store;

/// <summary>Answers and journal lines repeat their words: each step its document, its clause, its field names. Packed, a text is a
/// third to a fifth of its length: what stands in a frozen sample, or earlier in the text itself, is told by its distance and length
/// (LZ77). That takes some microseconds, where the base library's compressors take fifty.
/// Form: one byte (0: as it is; else the sample's number), then for packed ones the length (4 bytes, little endian), then pieces: a
/// byte with the number of literals (high half) and of copied bytes less 4 (low half; 15: further bytes follow, each up to 255),
/// the literals, the distance back (2 bytes). The last piece is literals alone.</summary>
public sealed class PackedText
{
    private const byte AsItIs = 0;
    private const int HeadBytes = 5;
    private const int LeastCopied = 4;
    private const int MostDistance = ushort.MaxValue;
    private const int HashBits = 13;

    /// <summary>Longest text that is unpacked.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Answers about money.</summary>
    public static readonly PackedText Answers = new(1);

    /// <summary>Lines of the journal.</summary>
    public static readonly PackedText Lines = new(2);

    /// <summary>Where four bytes of the text stood last, each place behind <see cref="_base"/>: what is not behind it is of a text of before. So the
    /// table is never emptied, and that of the sample is never copied: 64 KiB for a settlement otherwise.</summary>
    [ThreadStatic]
    private static int[]? _table;

    [ThreadStatic]
    private static int _base;

    private readonly byte _number;
    private readonly byte[] _sample;

    /// <summary>Where four bytes stand last in the sample.</summary>
    private readonly ushort[] _tableOfSample;

    private PackedText(byte number)
    {
        _number = number;
        _sample = Read($"Store/packed-sample-{number}.txt");
        _tableOfSample = TableOf(_sample);
    }

    public byte[] Pack(ReadOnlySpan<byte> text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(_sample.Length + text.Length);
        // Literals alone take a further byte for each 255.
        var packed = ArrayPool<byte>.Shared.Rent(HeadBytes + text.Length + (text.Length / 255) + 16);
        _sample.CopyTo(rented.AsSpan());
        text.CopyTo(rented.AsSpan(_sample.Length));
        packed[0] = _number;
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(1), text.Length);
        var length = Pieces(rented.AsSpan(0, _sample.Length + text.Length), _sample.Length, packed);
        var result = length <= text.Length ? packed.AsSpan(0, length).ToArray() : [AsItIs, .. text];
        ArrayPool<byte>.Shared.Return(rented);
        ArrayPool<byte>.Shared.Return(packed);
        return result;
    }

    /// <exception cref="InvalidDataException">Not what <see cref="Pack"/> made.</exception>
    public byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.Length > 0 && packed[0] == AsItIs)
        {
            return packed[1..].ToArray();
        }
        if (packed.Length < HeadBytes || packed[0] != _number)
        {
            throw new InvalidDataException("A packed text of an unknown form.");
        }
        var length = BinaryPrimitives.ReadInt32LittleEndian(packed[1..]);
        if (length is < 0 or > MaxBytes)
        {
            throw new InvalidDataException($"A packed text of {length} bytes; at most {MaxBytes}.");
        }
        var all = new byte[_sample.Length + length];
        _sample.CopyTo(all.AsSpan());
        try
        {
            Fill(packed[HeadBytes..], all, _sample.Length);
        }
        catch (Exception outside) when (outside is ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A packed text points outside of itself.", outside);
        }
        return all[_sample.Length..];
    }

    /// <returns>How long the packed text is.</returns>
    private int Pieces(ReadOnlySpan<byte> text, int from, Span<byte> packed)
    {
        var table = _table ??= new int[1 << HashBits];
        if (_base > int.MaxValue - MaxBytes - text.Length)
        {
            Array.Clear(table);
            _base = 0;
        }
        // Places of this text are above the base, for they begin behind the sample.
        var before = _base;
        _base += text.Length;
        var (at, literals, end) = (from, from, HeadBytes);
        var last = text.Length - LeastCopied;
        while (at <= last)
        {
            var four = MemoryMarshal.Read<uint>(text[at..]);
            var hash = Hash(four);
            ref var slot = ref table[hash];
            var earlier = slot > before ? slot - before : _tableOfSample[hash];
            slot = before + at;
            if (at - earlier > MostDistance || MemoryMarshal.Read<uint>(text[earlier..]) != four || earlier == at)
            {
                at++;
                continue;
            }
            var copied = LeastCopied + text[(at + LeastCopied)..].CommonPrefixLength(text[(earlier + LeastCopied)..]);
            end = Piece(text[literals..at], copied, at - earlier, packed, end);
            at += copied;
            literals = at;
        }
        return Piece(text[literals..], 0, 0, packed, end);
    }

    private static int Piece(ReadOnlySpan<byte> literals, int copied, int distance, Span<byte> packed, int end)
    {
        var more = copied == 0 ? 0 : copied - LeastCopied;
        packed[end++] = (byte)((Math.Min(literals.Length, 15) << 4) | Math.Min(more, 15));
        end = Further(literals.Length, packed, end);
        literals.CopyTo(packed[end..]);
        end += literals.Length;
        if (copied == 0)
        {
            return end;
        }
        end = Further(more, packed, end);
        BinaryPrimitives.WriteUInt16LittleEndian(packed[end..], (ushort)distance);
        return end + sizeof(ushort);
    }

    private static int Further(int count, Span<byte> packed, int end)
    {
        if (count < 15)
        {
            return end;
        }
        var left = count - 15;
        for (; left >= 255; left -= 255)
        {
            packed[end++] = 255;
        }
        packed[end++] = (byte)left;
        return end;
    }

    private static void Fill(ReadOnlySpan<byte> packed, Span<byte> all, int to)
    {
        var at = 0;
        while (at < packed.Length)
        {
            var counts = packed[at++];
            var literals = Count(counts >> 4, packed, ref at);
            packed.Slice(at, literals).CopyTo(all[to..]);
            (at, to) = (at + literals, to + literals);
            if (at == packed.Length)
            {
                break;
            }
            var copied = Count(counts & 15, packed, ref at) + LeastCopied;
            var distance = BinaryPrimitives.ReadUInt16LittleEndian(packed[at..]);
            at += sizeof(ushort);
            if (distance == 0)
            {
                throw new InvalidDataException("A packed text copies from nowhere.");
            }
            for (var end = to + copied; to < end; to++)
            {
                all[to] = all[to - distance];
            }
        }
        if (to != all.Length)
        {
            throw new InvalidDataException($"A packed text ends {all.Length - to} bytes early.");
        }
    }

    private static int Count(int count, ReadOnlySpan<byte> packed, ref int at)
    {
        if (count < 15)
        {
            return count;
        }
        byte more;
        do
        {
            more = packed[at++];
            count += more;
        }
        while (more == 255 && count <= MaxBytes);
        return count;
    }

    private static int Hash(uint four) => (int)(unchecked(four * 2654435761u) >> (32 - HashBits));

    private static ushort[] TableOf(ReadOnlySpan<byte> sample)
    {
        var table = new ushort[1 << HashBits];
        for (var at = 0; at <= sample.Length - LeastCopied; at++)
        {
            table[Hash(MemoryMarshal.Read<uint>(sample[at..]))] = (ushort)at;
        }
        return table;
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException(name + " is not embedded");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
