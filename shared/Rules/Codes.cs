namespace EdgeHub.Rules;

/// <summary>The codes of everything that can be refused or found wrong. Each has one row in Texts.csv: whether a retry can
/// help, what staff may do, and the words in three languages.</summary>
public static class Codes
{
    // Values that cannot be read
    public const string UnknownCurrency = "UnknownCurrency";
    public const string BadAmount = "BadAmount";
    public const string BadRate = "BadRate";
    public const string BadDate = "BadDate";
    public const string BadNumber = "BadNumber";
    public const string BadCheckDigit = "BadCheckDigit";
    public const string BadLength = "BadLength";
    public const string BadCharacter = "BadCharacter";
    public const string UnknownCode = "UnknownCode";
    public const string Missing = "Missing";
    public const string TooMany = "TooMany";
    public const string TooLong = "TooLong";
    public const string BadJson = "BadJson";
    public const string Duplicated = "Duplicated";

    // A scheme's way of doing things
    public const string StepNotAllowed = "StepNotAllowed";
    public const string NotRegistered = "NotRegistered";
    public const string CardOfAnother = "CardOfAnother";
    public const string ProviderNotOpen = "ProviderNotOpen";
    public const string ServiceSuspended = "ServiceSuspended";

    // A settlement that is refused
    public const string UnknownPerson = "UnknownPerson";
    public const string NotCovered = "NotCovered";
    public const string BenefitStopped = "BenefitStopped";
    public const string Blacklisted = "Blacklisted";
    public const string UnknownItem = "UnknownItem";
    public const string ItemNotValid = "ItemNotValid";
    public const string LineAmountMismatch = "LineAmountMismatch";
    public const string NoPolicy = "NoPolicy";
    public const string PolicyConflict = "PolicyConflict";
    public const string QuoteChanged = "QuoteChanged";
    public const string ReportChanged = "ReportChanged";
    public const string AlreadySettled = "AlreadySettled";
    public const string NotFound = "NotFound";
    public const string AlreadyReversed = "AlreadyReversed";
    public const string PartlyRefunded = "PartlyRefunded";
    public const string LineGrows = "LineGrows";
    public const string NothingRemains = "NothingRemains";
    public const string InvoiceAlreadyClaimed = "InvoiceAlreadyClaimed";
    public const string NothingTakenBack = "NothingTakenBack";
    public const string LaterSettlementFirst = "LaterSettlementFirst";
    public const string RefundAlreadyPaid = "RefundAlreadyPaid";
    public const string RequestKeyReused = "RequestKeyReused";
    public const string VisitClosed = "VisitClosed";
    public const string NothingOpen = "NothingOpen";

    // A card or its reader: which one of the devices' own errors it is stands in the value
    public const string CardRefused = "CardRefused";
    public const string CardNotRead = "CardNotRead";

    // The desk
    public const string NobodyWaits = "NobodyWaits";
    public const string ChangedElsewhere = "ChangedElsewhere";
    public const string NotByHand = "NotByHand";

    // Offline limits: a bureau's limit, not the clinic's failure
    public const string OfflineAmountPerVisit = "OfflineAmountPerVisit";
    public const string OfflineAmountPerDay = "OfflineAmountPerDay";
    public const string OfflineAccountPerDay = "OfflineAccountPerDay";
    public const string OfflineCountPerDay = "OfflineCountPerDay";
    public const string OfflineInpatientAmount = "OfflineInpatientAmount";
    public const string SnapshotTooOld = "SnapshotTooOld";
    public const string SnapshotAging = "SnapshotAging";
    public const string OutsideCatchmentOffline = "OutsideCatchmentOffline";
    public const string BlacklistAging = "BlacklistAging";
    public const string UnacknowledgedAmount = "UnacknowledgedAmount";
    public const string UnacknowledgedCount = "UnacknowledgedCount";

    // The agent itself
    public const string NotEnrolled = "NotEnrolled";
    public const string AlreadyEnrolled = "AlreadyEnrolled";
    public const string EnrolmentCodeInvalid = "EnrolmentCodeInvalid";
    public const string TicketInvalid = "TicketInvalid";
    public const string TokenInvalid = "TokenInvalid";
    public const string TooManyLooks = "TooManyLooks";
    public const string HubUnreachable = "HubUnreachable";
    public const string HubRestored = "HubRestored";
    public const string HandKeyMissing = "HandKeyMissing";
    public const string FileOfAnother = "FileOfAnother";
    public const string FileDamaged = "FileDamaged";
    public const string FileStale = "FileStale";
    public const string NotLocal = "NotLocal";
    public const string FormStale = "FormStale";
    public const string NotAllowed = "NotAllowed";
    public const string SignInNeeded = "SignInNeeded";
    public const string SignInWrong = "SignInWrong";
    public const string SignInWait = "SignInWait";
    public const string PinEnded = "PinEnded";
    public const string WeakPin = "WeakPin";
    public const string StaffExists = "StaffExists";
    public const string LastManager = "LastManager";
    public const string SecondPersonNeeded = "SecondPersonNeeded";
    public const string Unexpected = "Unexpected";
    public const string DiskFull = "DiskFull";
    public const string StoreDamaged = "StoreDamaged";
    public const string Busy = "Busy";
    public const string StoreUnreachable = "StoreUnreachable";
    public const string HubClockJumped = "HubClockJumped";

    // A journal batch that the hub refuses, in this order of precedence
    public const string UnknownDevice = "UnknownDevice";
    public const string Revoked = "Revoked";
    public const string WrongRegion = "WrongRegion";
    public const string BadSignature = "BadSignature";
    public const string StaleEpoch = "StaleEpoch";
    public const string Fork = "Fork";
    public const string Cloned = "Cloned";
    public const string Gap = "Gap";
    public const string UnknownFormat = "UnknownFormat";
    public const string BatchTooLarge = "BatchTooLarge";
    public const string BatchDamaged = "BatchDamaged";

    // An entry that the hub puts into quarantine, or a settlement that it refuses
    public const string Duplicate = "Duplicate";
    public const string UnknownKind = "UnknownKind";
    public const string BodyUnreadable = "BodyUnreadable";
    public const string ReversedUnknown = "ReversedUnknown";
    public const string PossibleDouble = "PossibleDouble";
    public const string Withdrawn = "Withdrawn";
    public const string EarlierVisitReversed = "EarlierVisitReversed";

    // Why a settlement was decided otherwise than claimed. "Stale": the site could not know; "Ignored": it had been told.
    public const string Reversed = "Reversed";
    public const string AccumulatorsStale = "AccumulatorsStale";
    public const string AccumulatorsIgnored = "AccumulatorsIgnored";
    public const string PolicyStale = "PolicyStale";
    public const string PolicyIgnored = "PolicyIgnored";
    public const string RetroactivePolicy = "RetroactivePolicy";
    public const string CatalogueStale = "CatalogueStale";
    public const string CatalogueIgnored = "CatalogueIgnored";
    public const string MemberStale = "MemberStale";
    public const string MemberIgnored = "MemberIgnored";
    public const string SiteStale = "SiteStale";
    public const string LimitIgnored = "LimitIgnored";
    public const string ManualReimbursement = "ManualReimbursement";
    public const string ComputedOtherwise = "ComputedOtherwise";
    public const string RefundOverpaid = "RefundOverpaid";
}
