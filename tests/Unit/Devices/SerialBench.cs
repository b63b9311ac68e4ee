using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>One device of the agent on a port, as the agent runs it.</summary>
internal sealed class SerialBench : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly SerialHost _host;

    public SerialBench(string port, string profile) : this(port, SerialProfiles.BuiltIn.Single(each => each.Name == profile)) { }

    public SerialBench(string port, SerialProfile profile)
    {
        Devices = new SerialDevices(TimeProvider.System);
        _host = new SerialHost([new SerialDeviceSetting("device", port, profile)], Devices, TimeProvider.System, NullLogger<SerialHost>.Instance);
        _host.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public SerialDevices Devices { get; }

    public ReceiptPrinter Printer => Devices.Printers.Single();

    public PaymentTerminal Terminal => Devices.Terminals.Single();

    public DeviceState State => Devices.States.Single();

    /// <summary>A profile of the table with other options and its line as pseudo terminals have it: 8 bits, no parity.</summary>
    public static SerialProfile Profile(string kind, string options) =>
        SerialProfiles.Read($"profile,kind,baud,data_bits,parity,stop_bits,flow,options\nt,{kind},9600,8,none,1,none,{options}\n").Single();

    public async Task Shows(DeviceStatus status, DeviceErrorCode? error = null) =>
        await Until(() => State.Status == status && State.Error?.Code == error, () => $"{State.Status} {State.Error}, expected {status} {error}");

    public static async Task Until(Func<bool> isSo, Func<string> what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, what());
            await Task.Delay(5);
        }
    }

    public void Dispose() => _host.Dispose();
}
