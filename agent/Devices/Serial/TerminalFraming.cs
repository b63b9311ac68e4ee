namespace EdgeHub.Agent.Devices.Serial;

public enum FrameLength
{
    /// <summary>No length: ETX ends the data, which then holds none.</summary>
    None,

    /// <summary>Two bytes of packed decimal digits.</summary>
    Bcd2,

    /// <summary>Two bytes, the greater first.</summary>
    Big2,

    /// <summary>Two bytes, the lesser first.</summary>
    Little2,

    /// <summary>Three decimal digits as characters.</summary>
    Ascii3,
}

/// <summary>STX, length, data, ETX, LRC, in the variants of the field. The LRC is the exclusive or of its range, begun with a seed.</summary>
/// <param name="LrcFrom">stx, length or data: the first that counts.</param>
/// <param name="LrcToEtx">ETX counts, too.</param>
/// <param name="Most">Bytes of data.</param>
/// <param name="Tries">How often a frame is sent, or asked for again, before the terminal counts as silent or garbled.</param>
/// <param name="Acknowledge">How long ACK or NAK is waited for.</param>
/// <param name="Answer">How long the answer is waited for, from the last sign of life.</param>
/// <param name="Progress">An answer that begins so is a sign of life (the patient types a PIN) and not the answer; empty: there is none.</param>
public sealed record TerminalFormat(
    FrameLength Length, byte LrcSeed, string LrcFrom, bool LrcToEtx, int Most, int Tries, TimeSpan Acknowledge, TimeSpan Answer, byte[] Progress)
{
    public const byte Stx = 0x02;
    public const byte Etx = 0x03;
    public const byte Ack = 0x06;
    public const byte Nak = 0x15;

    public int LengthBytes => Length switch { FrameLength.None => 0, FrameLength.Ascii3 => 3, _ => 2 };

    public static TerminalFormat Of(ProfileOptions options)
    {
        var length = options.OneOf("length", "bcd2", "none", "bcd2", "big2", "little2", "ascii3") switch
        {
            "none" => FrameLength.None,
            "bcd2" => FrameLength.Bcd2,
            "big2" => FrameLength.Big2,
            "little2" => FrameLength.Little2,
            _ => FrameLength.Ascii3,
        };
        return new TerminalFormat(
            length, options.Bytes("lrc_seed", 1) is [var seed] ? seed : (byte)0, options.OneOf("lrc_from", "length", "stx", "length", "data"),
            options.OneOf("lrc_to", "etx", "etx", "data") == "etx", options.Whole("most", 1, length == FrameLength.Ascii3 ? 999 : 9_999, 512),
            options.Whole("tries", 1, 9, 3), TimeSpan.FromMilliseconds(options.Whole("acknowledge", 20, 10_000, 1_000)),
            TimeSpan.FromMilliseconds(options.Whole("answer", 20, 300_000, 60_000)), options.Bytes("progress", 8));
    }

    /// <exception cref="ArgumentException">More data than the form holds, or an ETX in data that nothing else ends.</exception>
    public byte[] Encode(ReadOnlySpan<byte> data)
    {
        if (data.Length > Most || (Length == FrameLength.None && data.Contains(Etx)))
        {
            throw new ArgumentException($"{data.Length} bytes: expected at most {Most}, without 03 where no length is sent.", nameof(data));
        }
        byte[] frame = [Stx, .. LengthOf(data.Length), .. data, Etx, 0];
        frame[^1] = Lrc(frame);
        return frame;
    }

    /// <summary>Of a whole frame, whose last byte is the place of the LRC.</summary>
    public byte Lrc(ReadOnlySpan<byte> frame)
    {
        var from = LrcFrom switch { "stx" => 0, "length" => 1, _ => 1 + LengthBytes };
        var sum = LrcSeed;
        foreach (var one in frame[from..(LrcToEtx ? ^1 : ^2)])
        {
            sum ^= one;
        }
        return sum;
    }

    /// <summary>The length that a header says; null: it is none.</summary>
    public int? Said(ReadOnlySpan<byte> header) => Length switch
    {
        FrameLength.Bcd2 => Decimal(header[0] >> 4, header[0] & 15, header[1] >> 4, header[1] & 15),
        FrameLength.Big2 => (header[0] << 8) | header[1],
        FrameLength.Little2 => (header[1] << 8) | header[0],
        FrameLength.Ascii3 => Decimal(header[0] - '0', header[1] - '0', header[2] - '0'),
        _ => null,
    };

    private byte[] LengthOf(int length) => Length switch
    {
        FrameLength.Bcd2 => [(byte)((length / 1_000 << 4) | (length / 100 % 10)), (byte)((length / 10 % 10 << 4) | (length % 10))],
        FrameLength.Big2 => [(byte)(length >> 8), (byte)(length & 0xFF)],
        FrameLength.Little2 => [(byte)(length & 0xFF), (byte)(length >> 8)],
        FrameLength.Ascii3 => [(byte)('0' + (length / 100)), (byte)('0' + (length / 10 % 10)), (byte)('0' + (length % 10))],
        _ => [],
    };

    private static int? Decimal(params ReadOnlySpan<int> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < 0 or > 9)
            {
                return null;
            }
            number = (number * 10) + digit;
        }
        return number;
    }
}

public enum FrameKind
{
    Ack,
    Nak,
    Frame,

    /// <summary>It was framed, and its sum or its end is wrong.</summary>
    Bad,
}

public readonly record struct TerminalFrame(FrameKind Kind, byte[] Data);

/// <summary>Frames out of bytes that come in pieces, late, or as noise. What cannot begin a frame is skipped byte by byte, so a frame
/// behind noise is found; what is held never grows beyond one frame.</summary>
public sealed class TerminalFraming(TerminalFormat format)
{
    /// <summary>So much of what was read is kept before the list is moved up.</summary>
    private const int MostRead = 4_096;

    private readonly List<byte> _held = [];
    private int _read;

    public int Held => _held.Count - _read;

    public void Add(ReadOnlySpan<byte> bytes) => _held.AddRange(bytes);

    /// <summary>The next that is whole; null: more bytes are needed.</summary>
    public TerminalFrame? Next()
    {
        while (Held > 0)
        {
            switch (_held[_read])
            {
                case TerminalFormat.Ack:
                    Drop(1);
                    return new TerminalFrame(FrameKind.Ack, []);
                case TerminalFormat.Nak:
                    Drop(1);
                    return new TerminalFrame(FrameKind.Nak, []);
                case TerminalFormat.Stx:
                    switch (Whole())
                    {
                        case 0:
                            return null;
                        case < 0:
                            Drop(1);
                            continue;
                        case var length:
                            return Taken(length);
                    }
                default:
                    Drop(1);
                    continue;
            }
        }
        return null;
    }

    /// <summary>Nothing came for a while: a piece of a frame will not be completed.</summary>
    public void Pause() => Drop(Held);

    /// <summary>The list is moved up now and then and not for each byte, or noise would cost the square of its length.</summary>
    private void Drop(int bytes)
    {
        _read += bytes;
        if (_read == _held.Count || _read >= Math.Max(MostRead, _held.Count / 2))
        {
            _held.RemoveRange(0, _read);
            _read = 0;
        }
    }

    /// <summary>Length of the frame that begins here; 0: more is needed; less: none begins here.</summary>
    private int Whole()
    {
        var head = 1 + format.LengthBytes;
        if (Held < head)
        {
            return 0;
        }
        if (format.Length == FrameLength.None)
        {
            var etx = _held.IndexOf(TerminalFormat.Etx, _read + 1, Math.Min(Held - 1, format.Most + 1)) - _read;
            return etx < 0 && Held > format.Most + 1 ? -1 : etx < 0 || Held < etx + 2 ? 0 : etx + 2;
        }
        Span<byte> said = stackalloc byte[3];
        for (var i = 1; i < head; i++)
        {
            said[i - 1] = _held[_read + i];
        }
        if (format.Said(said) is not { } data || data > format.Most)
        {
            return -1;
        }
        return Held < head + data + 2 ? 0 : head + data + 2;
    }

    private TerminalFrame Taken(int length)
    {
        var frame = _held.GetRange(_read, length).ToArray();
        if (frame[^2] == TerminalFormat.Etx && format.Lrc(frame) == frame[^1])
        {
            Drop(length);
            return new TerminalFrame(FrameKind.Frame, frame[(1 + format.LengthBytes)..^2]);
        }
        // One byte on: a frame may begin within what only looked like one.
        Drop(1);
        return new TerminalFrame(FrameKind.Bad, []);
    }
}
