namespace EdgeHub.Agent.Devices.Serial;

/// <summary>What became of a question to a terminal.</summary>
public abstract record TerminalOutcome
{
    private TerminalOutcome() { }

    public sealed record Answered(byte[] Data) : TerminalOutcome;

    /// <summary>With <see cref="DeviceErrorCode.DeviceSilent"/> behind an acknowledgement the terminal may have done what it was asked:
    /// it must be asked for its last transaction before anything is repeated.</summary>
    /// <param name="WasTaken">The terminal acknowledged the question.</param>
    public sealed record Failed(DeviceError Why, bool WasTaken) : TerminalOutcome;
}

/// <summary>A card or payment terminal: a question, an acknowledgement, signs of life, an answer. What the data mean is the business of
/// whoever asks; here it is framed, sent and taken whole or not at all.</summary>
public sealed class PaymentTerminal : ISerialDevice
{
    private readonly SerialDeviceSetting _setting;
    private readonly SerialDevices _devices;
    private readonly TimeProvider _time;
    private readonly TerminalFormat _format;
    private readonly Lock _gate = new();
    private readonly byte[] _buffer = new byte[1_024];
    private DeviceError? _lost = new(DeviceErrorCode.PortAbsent, "not opened yet");
    private Question? _question;

    internal PaymentTerminal(SerialDeviceSetting setting, SerialDevices devices, TimeProvider time) =>
        (_setting, _devices, _time, _format) = (setting, devices, time, TerminalFormat.Of(setting.Profile.Options));

    public string Name => _setting.Name;

    internal Action Wake { get; set; } = () => { };

    /// <summary>Asks, one question at a time.</summary>
    /// <param name="progress">Hears every sign of life; null: nobody does.</param>
    /// <exception cref="ArgumentException">More data than the terminal's form holds.</exception>
    public Task<TerminalOutcome> Ask(byte[] data, Action<byte[]>? progress = null)
    {
        var question = new Question(_format.Encode(data), progress, new TaskCompletionSource<TerminalOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (_lost is { } lost || _question is not null)
            {
                return Task.FromResult<TerminalOutcome>(new TerminalOutcome.Failed(_lost ?? new DeviceError(DeviceErrorCode.DeviceRefused, "a question is open"), WasTaken: false));
            }
            _question = question;
        }
        Wake();
        return question.Done.Task;
    }

    void ISerialDevice.Opened(ISerialLine line)
    {
        lock (_gate)
        {
            _lost = null;
        }
    }

    void ISerialDevice.Turn(ISerialLine line, TimeSpan atMost)
    {
        Question? question;
        lock (_gate)
        {
            question = _question;
        }
        if (question is null)
        {
            // What comes unasked is dropped; a hang-up is noticed.
            _ = line.Read(_buffer, atMost);
            return;
        }
        _devices.Put(_setting, DeviceStatus.Working, null);
        var exchange = new TerminalExchange(line, _format, question.Progress, _buffer, _time);
        try
        {
            var outcome = exchange.Run(question.Frame);
            var error = (outcome as TerminalOutcome.Failed)?.Why;
            _devices.Put(_setting, error is null ? DeviceStatus.Ready : DeviceStatus.Faulty, error);
            Finish(question, outcome);
        }
        catch (SerialException lost)
        {
            Finish(question, new TerminalOutcome.Failed(lost.Error, exchange.WasTaken));
            throw;
        }
    }

    void ISerialDevice.Lost(DeviceError why)
    {
        Question? open;
        lock (_gate)
        {
            (_lost, open, _question) = (why, _question, null);
        }
        open?.Done.TrySetResult(new TerminalOutcome.Failed(why, WasTaken: false));
    }

    private void Finish(Question question, TerminalOutcome outcome)
    {
        lock (_gate)
        {
            _question = null;
        }
        question.Done.TrySetResult(outcome);
    }

    private sealed record Question(byte[] Frame, Action<byte[]>? Progress, TaskCompletionSource<TerminalOutcome> Done);
}

/// <summary>One question from its first byte to its outcome.</summary>
internal sealed class TerminalExchange(ISerialLine line, TerminalFormat format, Action<byte[]>? progress, byte[] buffer, TimeProvider time)
{
    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(5);
    private readonly TerminalFraming _framing = new(format);

    public bool WasTaken { get; private set; }

    public TerminalOutcome Run(byte[] frame)
    {
        line.Discard();
        var why = Send(frame, out var early);
        return why is not null ? new TerminalOutcome.Failed(why, WasTaken) : Receive(early);
    }

    /// <summary>Sends until it is acknowledged. An answer that comes at once, its acknowledgement lost, counts as one.</summary>
    private DeviceError? Send(byte[] frame, out TerminalFrame? early)
    {
        early = null;
        var refused = 0;
        for (var tries = 0; tries < format.Tries; tries++)
        {
            line.Write(frame, WriteWithin);
            var begun = time.GetTimestamp();
            for (TerminalFrame? came; (came = Next(begun, format.Acknowledge)) is not null;)
            {
                if (came.Value.Kind is FrameKind.Ack or FrameKind.Frame)
                {
                    WasTaken = true;
                    early = came.Value.Kind == FrameKind.Frame ? came : null;
                    return null;
                }
                if (came.Value.Kind == FrameKind.Nak)
                {
                    refused++;
                    break;
                }
            }
        }
        return refused == format.Tries
            ? new DeviceError(DeviceErrorCode.DeviceRefused, $"{refused} times NAK")
            : new DeviceError(DeviceErrorCode.DeviceSilent, $"no ACK after {format.Tries} tries");
    }

    /// <summary>Waits for the answer: what is damaged is asked for again, a sign of life begins the wait anew.</summary>
    private TerminalOutcome Receive(TerminalFrame? early)
    {
        var bad = 0;
        var begun = time.GetTimestamp();
        while ((early ?? Next(begun, format.Answer)) is { } came)
        {
            early = null;
            if (came.Kind == FrameKind.Bad)
            {
                if (++bad >= format.Tries)
                {
                    return new TerminalOutcome.Failed(new DeviceError(DeviceErrorCode.DeviceGarbled, $"{bad} frames with a wrong sum"), WasTaken);
                }
                line.Write([TerminalFormat.Nak], WriteWithin);
                _framing.Pause();
                continue;
            }
            if (came.Kind != FrameKind.Frame)
            {
                continue;
            }
            line.Write([TerminalFormat.Ack], WriteWithin);
            if (format.Progress.Length == 0 || !came.Data.AsSpan().StartsWith(format.Progress))
            {
                return new TerminalOutcome.Answered(came.Data);
            }
            progress?.Invoke(came.Data);
            begun = time.GetTimestamp();
        }
        return new TerminalOutcome.Failed(new DeviceError(DeviceErrorCode.DeviceSilent, "no answer behind the ACK"), WasTaken);
    }

    private TerminalFrame? Next(long begun, TimeSpan atMost)
    {
        while (true)
        {
            if (_framing.Next() is { } frame)
            {
                return frame;
            }
            var left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                _framing.Pause();
                return null;
            }
            var length = line.Read(buffer, left);
            _framing.Add(buffer.AsSpan(0, length));
        }
    }
}
