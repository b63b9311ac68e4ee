using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>The line itself, on a real pseudo terminal: absent, busy, unplugged, back again, not read, woken.</summary>
public sealed class SerialLineTests
{
    private static readonly SerialSettings Usual = new();
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static SerialException Refused(Action open) => Assert.Throws<SerialException>(open);

    [PtyFact]
    public void Open_NoSuchPort_IsAbsent() =>
        Assert.Equal(DeviceErrorCode.PortAbsent, Refused(() => SerialLines.Open("/dev/no-such-port", Usual, TimeProvider.System)).Error.Code);

    [PtyFact]
    public void Open_NoSerialLine_IsAFaultByName() =>
        Assert.Equal(DeviceErrorCode.PortFailed, Refused(() => SerialLines.Open("/dev/null", Usual, TimeProvider.System)).Error.Code);

    [PtyFact]
    public void Open_HeldByAnother_IsBusy()
    {
        using var pty = new Pty((_, _) => { });
        using var first = SerialLines.Open(pty.Port, Usual, TimeProvider.System);
        Assert.Equal(DeviceErrorCode.PortBusy, Refused(() => SerialLines.Open(pty.Port, Usual, TimeProvider.System)).Error.Code);
        first.Dispose();
        SerialLines.Open(pty.Port, Usual, TimeProvider.System).Dispose();
    }

    /// <summary>A pseudo terminal has no parity: it takes the rest and says well, so the settings are read back.</summary>
    [PtyFact]
    public void Open_SettingsThatOnlyPartlyTook_IsAFaultByName()
    {
        using var pty = new Pty((_, _) => { });
        Assert.Equal(DeviceErrorCode.PortFailed, Refused(() => SerialLines.Open(pty.Port, Usual with { Parity = Parity.Even, DataBits = 7 }, TimeProvider.System)).Error.Code);
        Assert.Equal(DeviceErrorCode.PortFailed, Refused(() => SerialLines.Open(pty.Port, Usual with { Baud = 9_601 }, TimeProvider.System)).Error.Code);
    }

    [PtyFact]
    public void Read_EveryByteValue_ComesUnchanged()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        using var pty = new Pty((device, bytes) => device.Say(bytes));
        using var line = SerialLines.Open(pty.Port, Usual, TimeProvider.System);
        line.Write(all, Soon);
        var got = new List<byte>();
        var buffer = new byte[64];
        while (got.Count < all.Length)
        {
            var length = line.Read(buffer, Soon);
            Assert.True(length > 0);
            got.AddRange(buffer.AsSpan(0, length));
        }
        Assert.Equal(all, got);
        Assert.Equal(0, line.Read(buffer, TimeSpan.FromMilliseconds(5)));
    }

    [PtyFact]
    public void Read_Unplugged_SaysSo()
    {
        var pty = new Pty((_, _) => { });
        using var line = SerialLines.Open(pty.Port, Usual, TimeProvider.System);
        pty.Unplug();
        Assert.Equal(DeviceErrorCode.PortUnplugged, Refused(() => line.Read(new byte[8], Soon)).Error.Code);
        Assert.Equal(DeviceErrorCode.PortUnplugged, Refused(() => line.Write([1], Soon)).Error.Code);
    }

    [PtyFact]
    public void Write_DeviceThatDoesNotRead_EndsWithTheBytesLeft()
    {
        using var pty = new Pty((_, _) => { }, reads: false);
        using var line = SerialLines.Open(pty.Port, Usual, TimeProvider.System);
        var why = Refused(() => line.Write(new byte[1_000_000], TimeSpan.FromMilliseconds(100)));
        Assert.Equal(DeviceErrorCode.DeviceSilent, why.Error.Code);
        Assert.Matches(@"\d+ bytes are not taken", why.Error.Detail);
    }

    [PtyFact]
    public async Task Read_Woken_ComesBackWithNothing()
    {
        using var pty = new Pty((_, _) => { });
        using var line = SerialLines.Open(pty.Port, Usual, TimeProvider.System);
        var reading = Task.Run(() => line.Read(new byte[8], TimeSpan.FromMinutes(1)));
        line.Wake();
        Assert.Equal(0, await reading.WaitAsync(Soon));
    }

    [PtyFact]
    public async Task Worker_AbsentThenThereThenUnpluggedThenBack_GoesOnByItself()
    {
        var link = Path.Combine(Path.GetTempPath(), "serial-link-" + Environment.ProcessId);
        using var bench = new SerialBench(link, "scanner-cr");
        await bench.Shows(DeviceStatus.Absent, DeviceErrorCode.PortAbsent);
        var first = new Pty((_, _) => { }, link);
        await bench.Shows(DeviceStatus.Ready);
        first.Unplug();
        await bench.Shows(DeviceStatus.Absent, DeviceErrorCode.PortUnplugged);
        using var second = new Pty((_, _) => { }, link);
        await bench.Shows(DeviceStatus.Ready);
        second.Say("A-1\r"u8.ToArray());
        Assert.Equal("A-1", (await bench.Devices.Scans.After(0, null, Soon, CancellationToken.None))?.Text);
    }

    [PtyFact]
    public async Task Worker_PortHeldByAnother_IsShownBusyUntilItIsFree()
    {
        using var pty = new Pty((_, _) => { });
        var held = SerialLines.Open(pty.Port, Usual, TimeProvider.System);
        using var bench = new SerialBench(pty.Port, "scanner-cr");
        await bench.Shows(DeviceStatus.Busy, DeviceErrorCode.PortBusy);
        held.Dispose();
        await bench.Shows(DeviceStatus.Ready);
    }
}
