namespace EdgeHub.Agent.Devices.Serial;

/// <summary>Where a device over a serial line stands.</summary>
public enum DeviceStatus
{
    /// <summary>Its port is not there.</summary>
    Absent,

    /// <summary>Another program holds its port.</summary>
    Busy,

    Ready,

    /// <summary>The port is open and the device says nothing of itself: it may do its work, or be switched off.</summary>
    Unanswered,

    Working,

    /// <summary>Error says why.</summary>
    Faulty,
}

/// <summary>One device as the desk sees it.</summary>
/// <param name="Kind">printer, scanner, terminal or display.</param>
/// <param name="Since">UTC.</param>
public sealed record DeviceState(string Name, string Kind, string Profile, string Port, DeviceStatus Status, DeviceError? Error, DateTimeOffset Since);

/// <summary>What a device does on its open line. One thread calls all of it.</summary>
internal interface ISerialDevice
{
    /// <summary>The line is open, for the first time or again.</summary>
    /// <exception cref="SerialException">The port is gone.</exception>
    void Opened(ISerialLine line);

    /// <summary>One turn: what came is taken, what waits is done.</summary>
    /// <param name="atMost">The longest wait for either.</param>
    /// <exception cref="SerialException">The port is gone.</exception>
    void Turn(ISerialLine line, TimeSpan atMost);

    /// <summary>The line is lost, or could not be opened: whoever waits is told.</summary>
    void Lost(DeviceError why);
}

/// <summary>All devices over serial lines as they stand now.</summary>
public sealed class SerialDevices(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, DeviceState> _states = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <summary>Grows with every change of a state.</summary>
    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    public IReadOnlyList<DeviceState> States
    {
        get
        {
            lock (_gate)
            {
                return [.. _states.Values];
            }
        }
    }

    /// <summary>Printers by name; empty: there is none.</summary>
    public IReadOnlyList<ReceiptPrinter> Printers { get; internal set; } = [];

    public IReadOnlyList<PaymentTerminal> Terminals { get; internal set; } = [];

    public IReadOnlyList<CustomerDisplay> Displays { get; internal set; } = [];

    /// <summary>What scanners read.</summary>
    public Scans Scans { get; } = new(time);

    public void Put(SerialDeviceSetting setting, DeviceStatus status, DeviceError? error)
    {
        lock (_gate)
        {
            if (_states.TryGetValue(setting.Name, out var before) && before.Status == status && before.Error == error)
            {
                return;
            }
            _states[setting.Name] = new DeviceState(setting.Name, setting.Profile.Kind, setting.Profile.Name, setting.Port, status, error, time.GetUtcNow());
            _version++;
            var waiting = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.TrySetResult();
        }
    }

    /// <summary>How long a device is as it is.</summary>
    public TimeSpan Age(DeviceState state) => time.GetUtcNow() - state.Since;

    /// <summary>The version now, as soon as it is not <paramref name="seen"/> any more, or when the time is over.</summary>
    public async Task<long> WaitForChange(long seen, TimeSpan atMost, CancellationToken cancel)
    {
        Task changed;
        lock (_gate)
        {
            if (_version != seen)
            {
                return _version;
            }
            changed = _changed.Task;
        }
        try
        {
            await changed.WaitAsync(atMost, time, cancel);
        }
        catch (TimeoutException)
        {
            // Nothing changed.
        }
        return Version;
    }
}
