namespace EdgeHub.Agent.Devices.Serial;

public enum Parity
{
    None,
    Odd,
    Even,
}

public enum FlowControl
{
    None,

    /// <summary>By the lines RTS and CTS.</summary>
    Hardware,

    /// <summary>By the characters XON and XOFF: not for devices that send bytes of every value.</summary>
    Software,
}

/// <summary>How a line is set.</summary>
/// <param name="Baud">Bits a second.</param>
public sealed record SerialSettings(int Baud = 9_600, int DataBits = 8, Parity Parity = Parity.None, int StopBits = 1, FlowControl Flow = FlowControl.None);

/// <summary>A port that cannot be opened or is lost.</summary>
public sealed class SerialException(DeviceErrorCode code, string detail) : IOException($"{code}: {detail}")
{
    public DeviceError Error { get; } = new(code, detail);
}

/// <summary>One open port. One thread reads and writes; any other may wake it.</summary>
public interface ISerialLine : IDisposable
{
    /// <summary>What has come, at most as much as fits; 0: nothing came in time, or somebody woke the reader.</summary>
    /// <exception cref="SerialException">The port is gone.</exception>
    int Read(Span<byte> buffer, TimeSpan atMost);

    /// <exception cref="SerialException">The port is gone, or the device does not take it in time: the bytes left are in the detail.</exception>
    void Write(ReadOnlySpan<byte> data, TimeSpan atMost);

    /// <summary>Forgets what has come and was not read.</summary>
    void Discard();

    void Wake();
}

/// <summary>Opens a port of this platform.</summary>
public static class SerialLines
{
    /// <param name="port">/dev/ttyS0 or a lasting name under /dev/serial/by-id; COM3 on Windows.</param>
    /// <exception cref="SerialException">Absent, held by another program, or its driver refuses the settings.</exception>
    public static ISerialLine Open(string port, SerialSettings settings, TimeProvider time) =>
        OperatingSystem.IsWindows() ? WindowsSerialLine.Open(port, settings, time) : LinuxSerialLine.Open(port, settings, time);
}
