namespace EdgeHub.Agent.Devices.Serial;

/// <summary>One port's thread: opens it, lets its device have turns, and when the port is lost opens it anew, four times a second, until
/// it is back.</summary>
internal sealed partial class SerialWorker : IDisposable
{
    /// <summary>Between two tries to open.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(2);

    private readonly SerialDeviceSetting _setting;
    private readonly ISerialDevice _device;
    private readonly SerialDevices _devices;
    private readonly Func<string, SerialSettings, ISerialLine> _open;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stop = new(false);
    private readonly Thread _thread;
    private volatile ISerialLine? _line;
    private DeviceErrorCode? _said;

    public SerialWorker(SerialDeviceSetting setting, ISerialDevice device, SerialDevices devices, Func<string, SerialSettings, ISerialLine> open, ILogger log)
    {
        (_setting, _device, _devices, _open, _log) = (setting, device, devices, open, log);
        _thread = new Thread(Run) { IsBackground = true, Name = "serial " + setting.Name };
    }

    public void Start() => _thread.Start();

    /// <summary>Something waits to be done: the device gets its turn now.</summary>
    public void Wake() => _line?.Wake();

    public void Dispose()
    {
        _stop.Set();
        Wake();
        if (_thread.Join(StopWithin))
        {
            _stop.Dispose();
        }
    }

    private void Run()
    {
        while (!_stop.IsSet)
        {
            try
            {
                using var line = _open(_setting.Port, _setting.Profile.Settings);
                _devices.Put(_setting, DeviceStatus.Ready, null);
                _said = null;
                _line = line;
                _device.Opened(line);
                while (!_stop.IsSet)
                {
                    _device.Turn(line, Turn);
                }
            }
            catch (SerialException lost)
            {
                Lost(lost.Error);
            }
            catch (Exception broken)
            {
                // A fault of the program with this device: it is shown, everything else goes on.
                Log.Broke(_log, _setting.Name, broken);
                Lost(new DeviceError(DeviceErrorCode.PortFailed, broken.GetType().Name));
            }
            finally
            {
                _line = null;
            }
            _stop.Wait(Again);
        }
        _device.Lost(new DeviceError(DeviceErrorCode.PortAbsent, "stopped"));
    }

    private void Lost(DeviceError why)
    {
        var status = why.Code switch
        {
            DeviceErrorCode.PortAbsent or DeviceErrorCode.PortUnplugged => DeviceStatus.Absent,
            DeviceErrorCode.PortBusy => DeviceStatus.Busy,
            _ => DeviceStatus.Faulty,
        };
        // That it was unplugged says more than that it is absent since.
        var shown = why.Code == DeviceErrorCode.PortAbsent && _said == DeviceErrorCode.PortUnplugged ? null : why;
        if (shown is not null)
        {
            _devices.Put(_setting, status, shown);
            if (_said != shown.Code)
            {
                Log.Lost(_log, _setting.Name, shown);
            }
            _said = shown.Code;
        }
        _device.Lost(why);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Device} is not there: {Why}")]
        public static partial void Lost(ILogger logger, string device, DeviceError why);

        [LoggerMessage(2, LogLevel.Error, "{Device} broke")]
        public static partial void Broke(ILogger logger, string device, Exception why);
    }
}
