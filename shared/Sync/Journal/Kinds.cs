namespace EdgeHub.Sync.Journal;

/// <summary>The kinds of journal entries. Kinds are added, never changed; a changed body gets a new schema number.</summary>
public static class Kinds
{
    public const string DeviceStarted = "DeviceStarted";
    public const string CheckedIn = "CheckedIn";
    public const string VisitSettled = "VisitSettled";
    public const string VisitReversed = "VisitReversed";
    public const string RefundPaid = "RefundPaid";
    public const string ContactRecorded = "ContactRecorded";
    public const string OfflineRefused = "OfflineRefused";
    public const string ClockJumped = "ClockJumped";
    public const string StoreChecked = "StoreChecked";
    public const string EvidenceKept = "EvidenceKept";
    public const string CarriedFrom = "CarriedFrom";
    public const string VisitPartlyRefunded = "VisitPartlyRefunded";
    public const string ReimbursementClaimed = "ReimbursementClaimed";
    public const string PersonLookedUp = "PersonLookedUp";
    public const string BookingMade = "BookingMade";
    public const string BookingCancelled = "BookingCancelled";
    public const string BookingStepped = "BookingStepped";
    public const string PersonSeen = "PersonSeen";
    public const string AccessChanged = "AccessChanged";
    public const string ActionApproved = "ActionApproved";
    public const string DrawerCounted = "DrawerCounted";
    public const string VisitUnsettled = "VisitUnsettled";

    /// <summary>The schema that is written of a kind now. All from 1 up to it are read.</summary>
    public static int SchemaOf(string kind) => kind is VisitSettled or VisitReversed ? 2 : 1;
}
