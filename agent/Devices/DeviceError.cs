namespace EdgeHub.Agent.Devices;

/// <summary>What can go wrong with a card or a device. Each has one row in DeviceErrors.csv: what staff may do, and the words.</summary>
public enum DeviceErrorCode
{
    /// <summary>The machine has no PC/SC: libpcsclite.so.1 or winscard.dll is missing.</summary>
    CardSystemAbsent,

    /// <summary>PC/SC is there, its daemon or service does not answer.</summary>
    CardSystemStopped,

    /// <summary>No reader is connected.</summary>
    NoReader,

    /// <summary>A reader that was there is not any more.</summary>
    ReaderGone,

    /// <summary>A card, or the reader, does not answer and holds the reader up.</summary>
    ReaderHung,

    /// <summary>Another program holds the reader.</summary>
    ReaderBusy,

    /// <summary>The reader failed otherwise; the detail is the platform's own name for it.</summary>
    ReaderFailed,

    /// <summary>More readers than can be watched at once.</summary>
    TooManyReaders,

    /// <summary>The card was taken out while it was read.</summary>
    CardPulled,

    /// <summary>A card is in but does not speak: upside down, dirty, broken.</summary>
    CardMute,

    /// <summary>It speaks, but what it says cannot be read.</summary>
    CardUnreadable,

    /// <summary>It opens only to whoever authenticates (version 3), and this machine has nothing to do that with.</summary>
    CardNeedsAuthentication,

    /// <summary>What authenticates to the card did not answer.</summary>
    AuthenticatorSilent,

    /// <summary>No profile knows it; the detail is its ATR and what was tried.</summary>
    CardUnknown,

    /// <summary>Issued by an area whose cards are not taken here.</summary>
    CardWrongArea,

    /// <summary>It refused its authentication: forged, or of another issuer.</summary>
    CardInvalid,

    /// <summary>It, or its application, was blocked.</summary>
    CardBlocked,

    /// <summary>Its last day is past.</summary>
    CardExpired,

    /// <summary>No such serial port.</summary>
    PortAbsent,

    /// <summary>Another program holds the port.</summary>
    PortBusy,

    /// <summary>The port went away while it was open.</summary>
    PortUnplugged,

    /// <summary>The port refuses its settings, or its driver fails.</summary>
    PortFailed,

    /// <summary>The device did not answer in time.</summary>
    DeviceSilent,

    /// <summary>What it sends cannot be read: noise, a wrong check sum, another device.</summary>
    DeviceGarbled,

    /// <summary>The device answered that it will not do it.</summary>
    DeviceRefused,

    /// <summary>The printer has no paper.</summary>
    PaperOut,

    /// <summary>The printer's cover is open.</summary>
    CoverOpen,

    /// <summary>The printer reports an error of its own: cutter, head, mechanics.</summary>
    PrinterFailed,
}

/// <summary>What went wrong, and what is worth keeping of it.</summary>
/// <param name="Detail">For whoever mends it: the platform's name of the error, an ATR, a status word. Never a number or a name of a
/// person.</param>
public sealed record DeviceError(DeviceErrorCode Code, string Detail = "")
{
    /// <summary>A longer one is cut: it stands in journals.</summary>
    public const int MaxDetailCharacters = 200;

    public string Detail { get; } = Detail.Length > MaxDetailCharacters ? Detail[..MaxDetailCharacters] : Detail;

    public Allowed Allowed => DeviceErrors.For(Code).Allowed;

    public override string ToString() => Detail.Length == 0 ? Code.ToString() : $"{Code} ({Detail})";
}
