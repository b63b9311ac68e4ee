using System.Collections.Frozen;
using static EdgeHub.Agent.Devices.Serial.LinuxSerial;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>A serial line by termios: opened without waiting for a carrier, locked against other programs (a lock holds against root
/// too, the exclusive mode does not), raw, its settings read back, because setting them succeeds when any one of them took.</summary>
internal sealed unsafe class LinuxSerialLine : ISerialLine
{
    private const uint SizeMask = 0x30;
    private const uint TwoStopBits = 0x40;
    private const uint Receives = 0x80;
    private const uint HasParity = 0x100;
    private const uint IsOdd = 0x200;
    private const uint HangUpOnClose = 0x400;
    private const uint IgnoresModem = 0x800;
    private const uint Hardware = 0x80000000;
    private const uint XonOut = 0x400;
    private const uint XoffIn = 0x1000;
    private const uint ChecksParity = 0x10;
    private const uint Compared = 0x80000FF0;
    private const int MinimumAt = 6;
    private const int TimeAt = 5;
    private const nuint Exclusive = 0x540C;
    private const int FlushInput = 0;
    private const int FlushBoth = 2;
    private const int LockNow = 2 | 4;

    private static readonly FrozenDictionary<int, uint> Speeds = new Dictionary<int, uint>
    {
        [1_200] = 9, [2_400] = 11, [4_800] = 12, [9_600] = 13, [19_200] = 14, [38_400] = 15, [57_600] = 0x1001, [115_200] = 0x1002, [230_400] = 0x1003,
    }.ToFrozenDictionary();

    private readonly Lock _closing = new();
    private readonly int _file;
    private readonly int _wake;
    private readonly string _port;
    private readonly TimeProvider _time;
    private bool _isClosed;

    private LinuxSerialLine(int file, string port, TimeProvider time)
    {
        (_file, _port, _time) = (file, port, time);
        _wake = Event(0, CloseOnExec | NonBlocking);
    }

    public static IReadOnlyCollection<int> Bauds => Speeds.Keys;

    public static LinuxSerialLine Open(string port, SerialSettings settings, TimeProvider time)
    {
        var file = LinuxSerial.Open(port, ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec, 0);
        if (file < 0)
        {
            throw new SerialException(
                LastError switch
                {
                    NoSuchFile or NoSuchDevice or NoDevice or InputOutput => DeviceErrorCode.PortAbsent,
                    Busy => DeviceErrorCode.PortBusy,
                    _ => DeviceErrorCode.PortFailed,
                }, Said("open"));
        }
        try
        {
            if (Lock(file, LockNow) != 0)
            {
                throw new SerialException(DeviceErrorCode.PortBusy, Said("flock"));
            }
            _ = Control(file, Exclusive, 0);
            Set(file, settings);
            _ = Flush(file, FlushBoth);
            return new LinuxSerialLine(file, port, time);
        }
        catch (SerialException)
        {
            _ = Close(file);
            throw;
        }
    }

    public int Read(Span<byte> buffer, TimeSpan atMost)
    {
        var files = stackalloc Polled[2];
        files[0] = new Polled { File = _file, Events = In };
        files[1] = new Polled { File = _wake, Events = In };
        var ready = Poll(files, 2, Milliseconds(atMost));
        if (ready < 0 && LastError != Interrupted)
        {
            throw new SerialException(DeviceErrorCode.PortFailed, Said("poll"));
        }
        if (ready <= 0)
        {
            return 0;
        }
        if ((files[1].Happened & In) != 0)
        {
            ulong woken;
            _ = LinuxSerial.Read(_wake, (byte*)&woken, sizeof(ulong));
        }
        if (files[0].Happened == 0)
        {
            return 0;
        }
        nint got;
        fixed (byte* start = buffer)
        {
            got = LinuxSerial.Read(_file, start, buffer.Length);
        }
        if (got > 0)
        {
            return (int)got;
        }
        // Without blocking "nothing there" is an error of its own, so no bytes and no error is a hang-up.
        if (got < 0 && LastError is Interrupted or WouldBlock && (files[0].Happened & (HungUp | Failed | Invalid)) == 0)
        {
            return 0;
        }
        throw new SerialException(DeviceErrorCode.PortUnplugged, got == 0 ? $"{_port}: hung up" : Said("read"));
    }

    public void Write(ReadOnlySpan<byte> data, TimeSpan atMost)
    {
        var begun = _time.GetTimestamp();
        while (data.Length > 0)
        {
            nint sent;
            fixed (byte* start = data)
            {
                sent = LinuxSerial.Write(_file, start, data.Length);
            }
            if (sent > 0)
            {
                data = data[(int)sent..];
                continue;
            }
            if (sent < 0 && LastError is not (WouldBlock or Interrupted))
            {
                throw new SerialException(DeviceErrorCode.PortUnplugged, Said("write"));
            }
            var left = atMost - _time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                throw new SerialException(DeviceErrorCode.DeviceSilent, $"write: {data.Length} bytes are not taken");
            }
            var file = new Polled { File = _file, Events = Out };
            _ = Poll(&file, 1, Milliseconds(left));
            if ((file.Happened & (HungUp | Failed | Invalid)) != 0)
            {
                throw new SerialException(DeviceErrorCode.PortUnplugged, $"write: {_port} hung up");
            }
        }
    }

    public void Discard() => _ = Flush(_file, FlushInput);

    public void Wake()
    {
        lock (_closing)
        {
            if (!_isClosed)
            {
                ulong one = 1;
                _ = LinuxSerial.Write(_wake, (byte*)&one, sizeof(ulong));
            }
        }
    }

    public void Dispose()
    {
        lock (_closing)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _ = Close(_file);
                _ = Close(_wake);
            }
        }
    }

    private static int Milliseconds(TimeSpan span) => (int)Math.Clamp(Math.Ceiling(span.TotalMilliseconds), 0, 3_600_000);

    private static void Set(int file, SerialSettings settings)
    {
        Termios asked, got;
        if (GetAttributes(file, &asked) != 0)
        {
            throw new SerialException(DeviceErrorCode.PortFailed, Said("no serial line"));
        }
        MakeRaw(&asked);
        // The line must not drop its ready signal when it is closed: some devices start anew then.
        asked.ControlFlags &= ~(SizeMask | TwoStopBits | HasParity | IsOdd | Hardware | HangUpOnClose);
        asked.ControlFlags |= Receives | IgnoresModem | (uint)((settings.DataBits - 5) << 4)
            | (settings.StopBits == 2 ? TwoStopBits : 0) | (settings.Parity == Parity.None ? 0 : HasParity)
            | (settings.Parity == Parity.Odd ? IsOdd : 0) | (settings.Flow == FlowControl.Hardware ? Hardware : 0);
        asked.InputFlags |= (settings.Parity == Parity.None ? 0 : ChecksParity) | (settings.Flow == FlowControl.Software ? XonOut | XoffIn : 0);
        asked.Characters[MinimumAt] = 1;
        asked.Characters[TimeAt] = 0;
        if (!Speeds.TryGetValue(settings.Baud, out var speed) || SetSpeed(&asked, speed) != 0)
        {
            throw new SerialException(DeviceErrorCode.PortFailed, $"baud {settings.Baud}");
        }
        if (SetAttributes(file, 0, &asked) != 0)
        {
            throw new SerialException(DeviceErrorCode.PortFailed, Said("tcsetattr"));
        }
        if (GetAttributes(file, &got) != 0 || (got.ControlFlags & Compared) != (asked.ControlFlags & Compared))
        {
            throw new SerialException(DeviceErrorCode.PortFailed, $"the driver does not take {settings}: {asked.ControlFlags:X} became {got.ControlFlags:X}");
        }
    }
}
