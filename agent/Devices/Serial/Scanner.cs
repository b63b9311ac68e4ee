namespace EdgeHub.Agent.Devices.Serial;

/// <summary>What a scanner read. It may name a person: it is never logged.</summary>
/// <param name="Number">From 1 on since the agent started.</param>
public sealed record Scan(long Number, string Scanner, string Text, DateTimeOffset At)
{
    public override string ToString() => $"scan {Number} of {Scanner}";
}

/// <summary>The last scans, kept for a short while: whoever stands at the scanner takes them at once, or nobody does.</summary>
public sealed class Scans(TimeProvider time)
{
    public const int Most = 32;
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Queue<Scan> _scans = [];
    private TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>Number of the last scan; 0: none yet.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>The first scan behind that number; null: none came in time.</summary>
    /// <param name="scanner">Null: any.</param>
    public async Task<Scan?> After(long number, string? scanner, TimeSpan atMost, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            Task came;
            lock (_gate)
            {
                Forget();
                if (_scans.FirstOrDefault(scan => scan.Number > number && (scanner is null || scan.Scanner == scanner)) is { } found)
                {
                    return found;
                }
                came = _came.Task;
            }
            var left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }
            try
            {
                await came.WaitAsync(left, time, cancel);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    public void Add(string scanner, string text)
    {
        lock (_gate)
        {
            _scans.Enqueue(new Scan(++_last, scanner, text, time.GetUtcNow()));
            Forget();
            var waiting = _came;
            _came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.TrySetResult();
        }
    }

    private void Forget()
    {
        while (_scans.Count > Most || (_scans.TryPeek(out var oldest) && time.GetUtcNow() - oldest.At > Kept))
        {
            _scans.Dequeue();
        }
    }
}

/// <summary>A scanner of bar codes and QR codes.</summary>
internal sealed class Scanner(SerialDeviceSetting setting, SerialDevices devices) : ISerialDevice
{
    private readonly TextFormat _format = TextFormat.Of(setting.Profile.Options);
    private readonly byte[] _buffer = new byte[512];
    private TextFraming _framing = new(TextFormat.Of(setting.Profile.Options));
    private int _dropped;

    public void Opened(ISerialLine line) => (_framing, _dropped) = (new TextFraming(_format), 0);

    public void Turn(ISerialLine line, TimeSpan atMost)
    {
        var length = line.Read(_buffer, _framing.Held > 0 ? _format.Idle : atMost);
        var texts = length > 0 ? _framing.Add(_buffer.AsSpan(0, length)) : _framing.Pause();
        foreach (var text in texts)
        {
            devices.Scans.Add(setting.Name, text);
        }
        if (texts.Count > 0)
        {
            devices.Put(setting, DeviceStatus.Ready, null);
        }
        else if (_framing.Dropped > _dropped)
        {
            devices.Put(setting, DeviceStatus.Ready, new DeviceError(DeviceErrorCode.DeviceGarbled, "a piece that is no text was dropped"));
        }
        _dropped = _framing.Dropped;
    }

    public void Lost(DeviceError why)
    {
        // Nobody waits for a scanner in particular.
    }
}
