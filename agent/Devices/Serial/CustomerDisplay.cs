using System.Text;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>A display for the customer: a few short lines.</summary>
/// <param name="Begin">Sent before the first line: clears.</param>
/// <param name="Between">Sent between two lines.</param>
public sealed record DisplayFormat(int Columns, int Lines, byte[] Begin, byte[] Between, bool HasChinese)
{
    public static DisplayFormat Of(ProfileOptions options) => new(
        options.Whole("columns", 4, 80, 20), options.Whole("lines", 1, 8, 2), options.Bytes("begin", 8), options.Bytes("line", 8), options.Flag("chinese"));

    /// <summary>Lines cut to the width; what the display has no character for is a question mark.</summary>
    public byte[] Encode(IReadOnlyList<string> lines)
    {
        var encoding = HasChinese ? CodePagesEncodingProvider.Instance.GetEncoding(936)! : Encoding.ASCII;
        var to = new List<byte>(Begin);
        for (var i = 0; i < Math.Min(Lines, lines.Count); i++)
        {
            to.AddRange(i == 0 ? [] : Between);
            to.AddRange(encoding.GetBytes(Slip.Cut(new string([.. lines[i].Select(one => char.IsControl(one) ? ' ' : one)]), Columns)));
        }
        return [.. to];
    }
}

/// <summary>The customer's display: shows the last that it was told, again after it was away.</summary>
public sealed class CustomerDisplay : ISerialDevice
{
    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(2);
    private readonly SerialDeviceSetting _setting;
    private readonly SerialDevices _devices;
    private readonly DisplayFormat _format;
    private readonly byte[] _buffer = new byte[64];
    private volatile byte[]? _text;
    private byte[]? _shown;

    internal CustomerDisplay(SerialDeviceSetting setting, SerialDevices devices) =>
        (_setting, _devices, _format) = (setting, devices, DisplayFormat.Of(setting.Profile.Options));

    public string Name => _setting.Name;

    internal Action Wake { get; set; } = () => { };

    public void Show(params IReadOnlyList<string> lines)
    {
        _text = _format.Encode(lines);
        Wake();
    }

    void ISerialDevice.Opened(ISerialLine line)
    {
        _shown = null;
        // It never answers: that its port is open is all there is to know.
        _devices.Put(_setting, DeviceStatus.Unanswered, null);
    }

    void ISerialDevice.Turn(ISerialLine line, TimeSpan atMost)
    {
        if (_text is { } text && !ReferenceEquals(text, _shown))
        {
            line.Write(text, WriteWithin);
            _shown = text;
        }
        _ = line.Read(_buffer, atMost);
    }

    void ISerialDevice.Lost(DeviceError why) => _shown = null;
}
