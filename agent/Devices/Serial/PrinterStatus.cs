using System.Globalization;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>What a printer's bytes of status say. Source: ESC/POS command reference, DLE EOT n.</summary>
public static class PrinterStatus
{
    private const byte Fixed = 0x93;
    private const byte FixedValue = 0x12;
    private const byte CoverOpen = 0x04;
    private const byte PaperStops = 0x20;
    private const byte PaperEnd = 0x60;
    private const byte Faults = 0x68;

    /// <summary>Bits 0 and 7 are 0, bits 1 and 4 are 1 in each; anything else is noise.</summary>
    public static bool Is(byte one) => (one & Fixed) == FixedValue;

    /// <summary>What is wrong, paper first; null: nothing, or not said.</summary>
    /// <param name="offline">Answer to n = 2; null: none came.</param>
    /// <param name="fault">Answer to n = 3.</param>
    /// <param name="paper">Answer to n = 4.</param>
    public static DeviceError? Error(byte? offline, byte? fault, byte? paper) =>
        (paper & PaperEnd) == PaperEnd || (offline & PaperStops) == PaperStops ? new DeviceError(DeviceErrorCode.PaperOut)
        : (offline & CoverOpen) == CoverOpen ? new DeviceError(DeviceErrorCode.CoverOpen)
        : fault is { } bits && (bits & Faults) != 0 ? new DeviceError(DeviceErrorCode.PrinterFailed, bits.ToString("X2", CultureInfo.InvariantCulture))
        : null;
}
