namespace EdgeHub.Agent.Devices.Serial;

/// <summary>What became of a slip.</summary>
public abstract record PrintOutcome
{
    private PrintOutcome() { }

    /// <summary>The printer took it and says that it is well.</summary>
    public sealed record Printed : PrintOutcome;

    /// <summary>The line took it; the printer says nothing of itself.</summary>
    public sealed record Unconfirmed : PrintOutcome;

    /// <summary>Not, or not whole: it may be printed again.</summary>
    public sealed record Failed(DeviceError Why) : PrintOutcome;
}

/// <summary>A receipt printer of the ESC/POS family. Slips wait in a short queue; each is told of.</summary>
public sealed class ReceiptPrinter : ISerialDevice
{
    private const int MostWaiting = 16;
    private const byte Printer = 1;
    private const byte Offline = 2;
    private const byte Fault = 3;
    private const byte Paper = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly SerialDeviceSetting _setting;
    private readonly SerialDevices _devices;
    private readonly TimeProvider _time;
    private readonly PrinterFormat _format;
    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Bytes, TaskCompletionSource<PrintOutcome> Done)> _waiting = [];
    private readonly byte[] _buffer = new byte[64];
    private DeviceError? _lost = new(DeviceErrorCode.PortAbsent, "not opened yet");
    private long _asked;

    internal ReceiptPrinter(SerialDeviceSetting setting, SerialDevices devices, TimeProvider time) =>
        (_setting, _devices, _time, _format) = (setting, devices, time, PrinterFormat.Of(setting.Profile.Options));

    public string Name => _setting.Name;

    internal Action Wake { get; set; } = () => { };

    /// <summary>Prints a slip, after those that wait. It never waits for a printer that is not there: that is said at once.</summary>
    public Task<PrintOutcome> Print(Slip slip)
    {
        var bytes = EscPos.Encode(slip, _format);
        var done = new TaskCompletionSource<PrintOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lost is { } lost || _waiting.Count >= MostWaiting)
            {
                return Task.FromResult<PrintOutcome>(new PrintOutcome.Failed(_lost ?? new DeviceError(DeviceErrorCode.DeviceSilent, $"{MostWaiting} slips wait")));
            }
            _waiting.Enqueue((bytes, done));
        }
        Wake();
        return done.Task;
    }

    void ISerialDevice.Opened(ISerialLine line)
    {
        lock (_gate)
        {
            _lost = null;
        }
        Look(line);
    }

    void ISerialDevice.Turn(ISerialLine line, TimeSpan atMost)
    {
        while (Next() is { } job)
        {
            try
            {
                job.Done.SetResult(PrintNow(line, job.Bytes));
            }
            catch (SerialException lost)
            {
                job.Done.SetResult(new PrintOutcome.Failed(lost.Error));
                throw;
            }
        }
        // What it says unasked is of no use; a hang-up is.
        _ = line.Read(_buffer, atMost);
        if (_time.GetElapsedTime(_asked) > Between)
        {
            Look(line);
        }
    }

    void ISerialDevice.Lost(DeviceError why)
    {
        lock (_gate)
        {
            _lost = why;
            while (_waiting.TryDequeue(out var job))
            {
                job.Done.SetResult(new PrintOutcome.Failed(why));
            }
        }
    }

    private (byte[] Bytes, TaskCompletionSource<PrintOutcome> Done)? Next()
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out var job) ? job : null;
        }
    }

    private PrintOutcome PrintNow(ISerialLine line, byte[] bytes)
    {
        var (isAnswering, before) = Look(line);
        if (before is not null)
        {
            return new PrintOutcome.Failed(before);
        }
        _devices.Put(_setting, DeviceStatus.Working, null);
        line.Write(bytes, Patience + TimeSpan.FromSeconds(bytes.Length * 12.0 / _setting.Profile.Settings.Baud));
        if (!isAnswering)
        {
            _devices.Put(_setting, DeviceStatus.Unanswered, null);
            return new PrintOutcome.Unconfirmed();
        }
        var (isKnown, after) = Look(line);
        return after is not null ? new PrintOutcome.Failed(after) : isKnown ? new PrintOutcome.Printed() : new PrintOutcome.Unconfirmed();
    }

    /// <summary>Asks for the status and shows it. Printers that are copies may not answer: then it is unknown, which is no fault.</summary>
    private (bool IsKnown, DeviceError? Error) Look(ISerialLine line)
    {
        _asked = _time.GetTimestamp();
        var known = _format.SaysStatus ? Ask(line, Printer) : null;
        if (known is null)
        {
            _devices.Put(_setting, DeviceStatus.Unanswered, null);
            return (false, null);
        }
        var (offline, fault, paper) = (Ask(line, Offline), Ask(line, Fault), Ask(line, Paper));
        var error = PrinterStatus.Error(offline, fault, paper);
        _devices.Put(_setting, error is null ? DeviceStatus.Ready : DeviceStatus.Faulty, error);
        return (true, error);
    }

    /// <summary>One byte of status (DLE EOT n); null: no answer.</summary>
    private byte? Ask(ISerialLine line, byte which)
    {
        line.Discard();
        line.Write([0x10, 0x04, which], Patience);
        var begun = _time.GetTimestamp();
        while (_time.GetElapsedTime(begun) is var elapsed && elapsed < _format.AnswersWithin)
        {
            var length = line.Read(_buffer, _format.AnswersWithin - elapsed);
            foreach (var one in _buffer.AsSpan(0, length))
            {
                if (PrinterStatus.Is(one))
                {
                    return one;
                }
            }
        }
        return null;
    }
}
