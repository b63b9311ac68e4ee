namespace EdgeHub.Agent.Devices.Serial;

/// <summary>Every device over a serial line, from the start of the agent to its end.</summary>
public sealed class SerialHost(
    IReadOnlyList<SerialDeviceSetting> settings, SerialDevices devices, TimeProvider time, ILogger<SerialHost> log) : IHostedService, IDisposable
{
    private readonly List<SerialWorker> _workers = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var made = settings.Select(setting => (Setting: setting, Device: Made(setting))).ToList();
        (devices.Printers, devices.Terminals, devices.Displays) =
            ([.. made.Select(each => each.Device).OfType<ReceiptPrinter>()], [.. made.Select(each => each.Device).OfType<PaymentTerminal>()], [.. made.Select(each => each.Device).OfType<CustomerDisplay>()]);
        foreach (var (setting, device) in made)
        {
            devices.Put(setting, DeviceStatus.Absent, new DeviceError(DeviceErrorCode.PortAbsent, "not opened yet"));
            var worker = new SerialWorker(setting, device, devices, (port, line) => SerialLines.Open(port, line, time), log);
            switch (device)
            {
                case ReceiptPrinter printer:
                    printer.Wake = worker.Wake;
                    break;
                case PaymentTerminal terminal:
                    terminal.Wake = worker.Wake;
                    break;
                case CustomerDisplay display:
                    display.Wake = worker.Wake;
                    break;
            }
            _workers.Add(worker);
            worker.Start();
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
        _workers.Clear();
    }

    private ISerialDevice Made(SerialDeviceSetting setting) => setting.Profile.Kind switch
    {
        "printer" => new ReceiptPrinter(setting, devices, time),
        "scanner" => new Scanner(setting, devices),
        "terminal" => new PaymentTerminal(setting, devices, time),
        "display" => new CustomerDisplay(setting, devices),
        _ => throw new InvalidOperationException($"No device is a {setting.Profile.Kind}."),
    };
}
