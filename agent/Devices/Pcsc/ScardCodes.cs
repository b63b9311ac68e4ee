namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>Results of PC/SC calls, the low 32 bits, by the names of the specification. Source: PC/SC part 6, pcsclite.h, winerror.h.</summary>
public enum ScardError : uint
{
    Success = 0,
    InternalError = 0x80100001,
    Cancelled = 0x80100002,
    InvalidHandle = 0x80100003,
    InvalidParameter = 0x80100004,
    NoMemory = 0x80100006,
    InsufficientBuffer = 0x80100008,
    UnknownReader = 0x80100009,
    Timeout = 0x8010000A,
    SharingViolation = 0x8010000B,
    NoSmartcard = 0x8010000C,
    UnknownCard = 0x8010000D,
    ProtoMismatch = 0x8010000F,
    NotReady = 0x80100010,
    InvalidValue = 0x80100011,
    SystemCancelled = 0x80100012,
    CommError = 0x80100013,
    UnknownError = 0x80100014,
    NotTransacted = 0x80100016,
    ReaderUnavailable = 0x80100017,
    Shutdown = 0x80100018,
    NoService = 0x8010001D,
    ServiceStopped = 0x8010001E,
    UnsupportedFeatureOfPcsclite = 0x8010001F,
    UnsupportedFeature = 0x80100022,
    NoReadersAvailable = 0x8010002E,
    CommDataLost = 0x8010002F,
    ServerTooBusy = 0x80100031,
    UnsupportedCard = 0x80100065,
    UnresponsiveCard = 0x80100066,
    UnpoweredCard = 0x80100067,
    ResetCard = 0x80100068,
    RemovedCard = 0x80100069,

    /// <summary>Windows: the service's pipe is gone (ERROR_BROKEN_PIPE).</summary>
    BrokenPipe = 109,

    /// <summary>Windows, a session over remote desktop: no local readers (ERROR_INVALID_HANDLE).</summary>
    WindowsInvalidHandle = 6,
}

/// <summary>The state of a reader, low 16 bits; the high 16 count cards put in and taken out.</summary>
[Flags]
public enum ReaderFlags : uint
{
    Unaware = 0,
    Ignore = 1,
    Changed = 2,
    Unknown = 4,
    Unavailable = 8,
    Empty = 0x10,
    Present = 0x20,
    AtrMatch = 0x40,
    Exclusive = 0x80,
    InUse = 0x100,
    Mute = 0x200,
    Unpowered = 0x400,
}

/// <summary>One reader that is watched. Current is what the caller knows, Event what the platform answers.</summary>
public struct ReaderWatch(string name)
{
    public string Name { get; } = name;

    public ReaderFlags Current { get; set; }

    public ReaderFlags Event { get; set; }

    public byte[] Atr { get; set; } = [];
}

/// <summary>A PC/SC call failed.</summary>
public sealed class ScardException(string call, ScardError error) : Exception($"{call}: {ScardErrors.Name(error)}")
{
    public ScardError Error { get; } = error;
}

public static class ScardErrors
{
    /// <summary>The name, or the number where there is no name.</summary>
    public static string Name(ScardError error) => Enum.IsDefined(error) ? error.ToString() : $"0x{(uint)error:X8}";

    /// <summary>The context is dead for good: a fresh one is needed, and works once daemon or service are back.</summary>
    public static bool IsContextLost(ScardError error) => error is ScardError.CommError or ScardError.NoService or ScardError.ServiceStopped
        or ScardError.InvalidHandle or ScardError.Shutdown or ScardError.SystemCancelled or ScardError.BrokenPipe or ScardError.WindowsInvalidHandle;

    /// <summary>Worth another try at once: another program reset the card, or is about to let go.</summary>
    public static bool IsPassing(ScardError error) => error is ScardError.ResetCard or ScardError.SharingViolation or ScardError.NotReady or ScardError.ServerTooBusy;

    /// <summary>What a failed call while a card is read is to people.</summary>
    public static DeviceErrorCode ToDevice(ScardError error) => error switch
    {
        ScardError.NoSmartcard or ScardError.RemovedCard => DeviceErrorCode.CardPulled,
        ScardError.UnresponsiveCard or ScardError.UnpoweredCard or ScardError.UnsupportedCard or ScardError.ProtoMismatch or ScardError.NotTransacted
            or ScardError.ResetCard or ScardError.CommDataLost => DeviceErrorCode.CardMute,
        ScardError.SharingViolation or ScardError.ServerTooBusy or ScardError.NotReady => DeviceErrorCode.ReaderBusy,
        ScardError.UnknownReader or ScardError.ReaderUnavailable => DeviceErrorCode.ReaderGone,
        ScardError.Timeout => DeviceErrorCode.ReaderHung,
        _ when IsContextLost(error) => DeviceErrorCode.CardSystemStopped,
        _ => DeviceErrorCode.ReaderFailed,
    };
}
