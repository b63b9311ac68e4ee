namespace EdgeHub.Tests.Browser;

/// <summary>What people do at a desk, and what may go wrong there: each is shown in every language, as <see cref="ScenarioTableTests"/> holds.</summary>
public enum Scene
{
    // What people do.
    QueueAndCallNext,
    CardToPerson,
    VisitToReceipt,
    QuoteExplained,
    ReceiptPrinted,
    Reversal,
    PartialRefund,
    PayOut,
    ContactOfEachKind,
    Invoice,
    Bookings,
    DayTotals,
    DrawerCount,
    DevicesAndSync,
    Quarantine,
    SignIn,
    Lockout,
    FirstPin,
    SecondPerson,
    LooksLogged,
    Evidence,
    EvidenceExport,
    ReasonWhyNot,
    TwoReaders,
    KeyboardAlone,
    WithoutScript,
    LongNames,

    // What may go wrong.
    CardExpired,
    CardBlocked,
    CardInvalid,
    CardWrongArea,
    CardUnknown,
    CardUnreadable,
    CardMute,
    CardPulled,
    ReaderGone,
    NoReader,
    ReaderHung,
    ReaderBusy,
    CardSystemStopped,
    NotCovered,
    PersonUnknown,
    WrongInput,
    NoNetwork,
    SlowNetwork,
    OfflineLimit,
    FullDisk,
    StoreDamaged,
    HubRefuses,
    ProgramGone,
    RestartUnderABill,
    SlowAnswer,
    AnswerLost,
    PressedTwice,
    PriceChanged,
    ChangedElsewhere,
    SessionEnds,
    NotAllowed,
    OtherOrigin,
}

/// <summary>Which scenes a test shows, in the languages that its rows name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShowsAttribute(params Scene[] scenes) : Attribute
{
    public IReadOnlyList<Scene> Scenes => scenes;
}
