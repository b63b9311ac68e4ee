namespace EdgeHub.Sync.Journal;

// Bodies of journal entries, of the schema that Kinds.SchemaOf names. Amounts are whole minor units of the body's currency.
// Property order is the order on the wire. A body carries the insured person's number, never a name, an identity number or a card
// number. What a later schema added stands at the end with a default: so lines of schema 1 are read by the same types for ever.

/// <summary>The agent's process started.</summary>
public sealed record DeviceStarted(string Version, string Platform, string RulesVersion);

/// <summary>A patient arrived; a visit was opened.</summary>
/// <param name="Evidence">How the person was identified.</param>
public sealed record CheckedIn(string Visit, string Person, string VisitType, CardEvidence Evidence, string Operator);

/// <summary>How the person was identified. Kind: card, ecert, idnumber, manual; device: the reader's name; reason: why manual.</summary>
public sealed record CardEvidence(string Kind, string Device, string? Reason);

/// <summary>A visit part was settled. The business key is region + site + visit + ordinal.</summary>
/// <param name="RequestKey">The caller's own id.</param>
/// <param name="Cover">Insurance type of the national interface, 390 resident.</param>
/// <param name="PoolingArea">The insured place.</param>
/// <param name="Disease">Certified disease that the visit is for; null: none.</param>
/// <param name="Shares">By name: fund, account, cash, catastrophic, assistance.</param>
/// <param name="AccountBalance">Of the account that pays: the person's own, or the one that <paramref name="AccountOwner"/> names.</param>
/// <param name="UseAccount">Whether the patient wanted the account used; the hub computes again with the same wish.</param>
/// <param name="Accumulators">A family's account that is another person's is moved under AccountSpent/Year/YYYY/account:OWNER.</param>
/// <param name="Referral">Since schema 2: NotNeeded, Regular or Irregular (Z30).</param>
/// <param name="Admitted">Since schema 2: the day that a stay began; its discharge is the service day. Null: not a stay.</param>
/// <param name="AccountOwner">Since schema 2: the person whose account pays; blank: the insured person's own.</param>
/// <param name="KnownBy">Since schema 2: feed, lookup or index: how this site knew the person's cover.</param>
public sealed record VisitSettled(
    Guid Settlement, string RequestKey, string Visit, int Ordinal, string Currency,
    string Person, string Cover, string PersonType, DateOnly BirthDate, string PoolingArea, bool OutOfArea,
    string Institution, int InstitutionLevel, string InstitutionType, string VisitType,
    IReadOnlyList<string> Diagnoses, string? Disease, DateOnly ServiceDay,
    SettledTotals Totals, SettledShares Shares, long AccountBalance, bool UseAccount,
    PolicyUsed Policy, string CatalogueVersion, OfflineFacts Offline, CardEvidence Evidence, string Operator,
    IReadOnlyList<SettledMove> Accumulators, IReadOnlyList<SettledLine> Lines,
    string Referral = SettledWords.NotNeeded, DateOnly? Admitted = null, string AccountOwner = "", string KnownBy = SettledWords.Feed);

/// <summary>The words of a settlement's fields that have few of them.</summary>
public static class SettledWords
{
    public const string NotNeeded = "NotNeeded";
    public const string Regular = "Regular";
    public const string Irregular = "Irregular";

    public const string Feed = "feed";
    public const string Lookup = "lookup";
    public const string Index = "index";
}

public sealed record SettledTotals(long Total, long FullSelfPay, long OverPriceLimit, long PreSelfPay, long Eligible, long Deductible);

/// <summary>Who pays; the five make the total. Catastrophic and assistance: since schema 2 of what holds them.</summary>
public sealed record SettledShares(long Fund, long Account, long Cash, long Catastrophic = 0, long Assistance = 0);

/// <summary>The policy book that the agent used, and the row.</summary>
public sealed record PolicyUsed(string Id, int Version, string Hash, int Row);

/// <summary>What the agent knew when it settled.</summary>
/// <param name="Offline">No exchange with the hub for the policy's limit of minutes.</param>
/// <param name="Feeds">Version of each feed that the settlement rests on: members, accumulators, policies, catalogue, blacklist; since schema 2 parameters. -1: part of the next
/// version was stored already (<see cref="EdgeHub.Sync.Feeds.FeedNames.Mixed"/>); accumulators alone state it.</param>
/// <param name="SnapshotAgeSeconds">Since the last exchange with the hub; null: never.</param>
/// <param name="LimitsLeft">What was left of each offline limit after it, minor units or counts.</param>
public sealed record OfflineFacts(bool Offline, long? SnapshotAgeSeconds, IReadOnlyDictionary<string, long> Feeds, IReadOnlyDictionary<string, long> LimitsLeft);

/// <summary>An accumulator before and after, by its key's text (<see cref="Rules.Benefit.AccumulatorKey"/>).</summary>
public sealed record SettledMove(string Key, long Before, long After);

/// <summary>A fee line. Price and quantity are decimals as text of JSON numbers; amounts in minor units.</summary>
public sealed record SettledLine(
    int No, string Item, int Category, string Class, decimal Price, decimal Quantity, long Amount,
    decimal? PriceLimit, decimal PreSelfPayRate, long FullSelfPay, long OverPriceLimit, long PreSelfPay, long Eligible);

/// <summary>A settlement was reversed; it mirrors the settlement that it points at. A partial refund's successor is reversed like any other.</summary>
public sealed record VisitReversed(
    Guid Reversal, Guid Settlement, string RequestKey, string Visit, int Ordinal, string Currency, string Person, string Institution,
    string VisitType, DateOnly ServiceDay, long Total, SettledShares Shares, IReadOnlyList<SettledMove> Accumulators,
    string Reason, string Operator);

/// <summary>A part of a settlement's bill was taken back: the lines that remain were computed again on the accumulators as they stood
/// before it (B21). One entry is the reversal of the old settlement and the new one at its place; the old one stands no more.</summary>
/// <param name="Settlement">The old one.</param>
/// <param name="Now">What remains, a whole settlement with an id of its own: same visit, part, person and service day.</param>
/// <param name="Difference">By share what is given back: the old share less the new one. A share that grew is negative.</param>
public sealed record VisitPartlyRefunded(
    Guid Refund, Guid Settlement, string Reason, string RequestKey, VisitSettled Now, SettledShares Difference, string Operator);

/// <summary>A desk took in an invoice that the patient paid in full (Z20, Z37). The hub computes what the funds owe the person for it;
/// the claim itself moves no accumulator. The business key is issuer + invoice number, whatever desk.</summary>
/// <param name="Desk">The institution whose desk took it in.</param>
/// <param name="Institution">Who treated: a code of the national interface; blank: it has none here, and its name says who.</param>
/// <param name="InstitutionName">As on the invoice; blank: the code says who.</param>
/// <param name="Admitted">The day that a stay began; its discharge is the service day. Null: not a stay.</param>
/// <param name="InvoiceIssuer">Who gave out the invoice: a tax number, a code or a name, as printed, without outer blanks.</param>
/// <param name="Lines">An item that the catalogue does not have is class C: the patient's own.</param>
/// <param name="ReasonCode">Why it was not settled at once: one of <see cref="ClaimReasons"/>.</param>
/// <param name="RefusedRequest">Request key of the settlement that an offline limit refused; null: none.</param>
public sealed record ReimbursementClaimed(
    Guid Claim, string RequestKey, string Desk, string Currency,
    string Person, string Cover, string PersonType, DateOnly BirthDate, string PoolingArea, bool OutOfArea,
    string Institution, string InstitutionName, int InstitutionLevel, string InstitutionType, string VisitType, string Referral,
    IReadOnlyList<string> Diagnoses, string? Disease, DateOnly? Admitted, DateOnly ServiceDay,
    string InvoiceIssuer, string InvoiceNumber, SettledTotals Totals, IReadOnlyList<SettledLine> Lines, string CatalogueVersion,
    string ReasonCode, string? RefusedRequest, OfflineFacts Offline, CardEvidence Evidence, string KnownBy, string Operator);

/// <summary>Why an invoice comes to a desk instead of having been settled at once (Z20, Z37).</summary>
public static class ClaimReasons
{
    public const string OfflineLimit = "OfflineLimit";
    public const string SystemDown = "SystemDown";
    public const string NoCard = "NoCard";
    public const string WorkingAway = "WorkingAway";
    public const string Resettled = "Resettled";
    public const string Referred = "Referred";
    public const string SuddenlyIll = "SuddenlyIll";
    public const string Other = "Other";

    public static readonly IReadOnlyList<string> All = [OfflineLimit, SystemDown, NoCard, WorkingAway, Resettled, Referred, SuddenlyIll, Other];
}

/// <summary>What a decision owes a person was paid out at this institution.</summary>
public sealed record RefundPaid(Guid Refund, string RequestKey, Guid Settlement, Guid Decision, string Person, string Institution, string Currency, long Amount, string Operator);

/// <summary>A contact with a patient by any channel: physical, video, telephone, chat, home.</summary>
public sealed record ContactRecorded(Guid Contact, string Visit, string Person, string Channel, string Profession, bool ReplacesPhysical, string Operator);

/// <summary>A settlement was refused by an offline limit of the bureau: evidence that it is not the clinic's failure (Z27 rule 2).</summary>
public sealed record OfflineRefused(string RequestKey, string Visit, int Ordinal, string Person, string VisitType, string Code, string Currency, long FundAsked, long LimitLeft, string Operator);

/// <summary>The wall clock moved against the monotonic one.</summary>
public sealed record ClockJumped(long ExpectedMilliseconds, long SeenMilliseconds);

/// <summary>The store was checked at start. Result: sound, or what was found.</summary>
public sealed record StoreChecked(string Result, long LastSeq, long Unacknowledged);

/// <summary>Evidence kept beside a manual entry, and why.</summary>
public sealed record EvidenceKept(string Visit, string Person, string Reason, string Operator);

/// <summary>First entry of an epoch: where the unacknowledged entries behind it came from.</summary>
public sealed record CarriedFrom(long Epoch, long Seq, string Hash, long Carried);

/// <summary>A person of another catchment was looked for: at the hub, or in the county's index while the hub was not reached.</summary>
/// <param name="Person">Blank: nobody was found.</param>
/// <param name="By">What was shown: id, card or person. The number itself is never here.</param>
/// <param name="Where">lookup or index.</param>
/// <param name="Why">CheckIn, Settlement: what the look was for.</param>
public sealed record PersonLookedUp(string Person, string By, string Where, string Why, string Operator);

/// <summary>A desk booked a visit. Source: O7.</summary>
/// <param name="Booking">Its key, unique at the site; a desk's own begin with "desk-".</param>
/// <param name="Starts">The booked moment, UTC, to the minute.</param>
/// <param name="Minutes">How long it is to take.</param>
/// <param name="Room">Where; blank: not yet known.</param>
/// <param name="Profession">Whom the visit is to: nurse, physician, …; blank: not said.</param>
/// <param name="Staff">The member of staff; blank: whoever is free.</param>
public sealed record BookingMade(
    string Booking, string RequestKey, string Person, DateTimeOffset Starts, int Minutes, string Room, string Profession, string Staff, string Operator);

/// <summary>A booking was cancelled at the desk.</summary>
public sealed record BookingCancelled(string Booking, string Reason, string Operator);

/// <summary>A booked visit went a step: Booked, CheckedIn, Called, Done, NoShow. Source: O7.</summary>
/// <param name="By">kiosk or desk.</param>
/// <param name="Place">The kiosk's name, or the room that called; blank: none.</param>
/// <param name="Number">The queue's number of that day; 0: none.</param>
public sealed record BookingStepped(string Booking, string Person, string From, string To, string By, string Place, int Number, string Operator);

/// <summary>Somebody at the desk, or a program of the clinic's, had a person's data before them. Once for each operator, person, visit and hour.</summary>
/// <param name="Person">Blank: a list of several, which the page names with how many stood in it.</param>
/// <param name="Visit">Blank: outside a visit.</param>
/// <param name="Page">Which page or call showed it, and so why.</param>
public sealed record PersonSeen(string Person, string Visit, string Page, string Operator);

/// <summary>Who may work at this site, or with which program, was changed. Neither a PIN nor a token nor a hash of one is ever here.</summary>
/// <param name="Subject">staff or client.</param>
/// <param name="Name">The staff number or the client's name.</param>
/// <param name="Change">Added, RoleChanged, PinReset, PinChanged, Left, Returned, LockedOut, Revoked.</param>
/// <param name="Role">doctor, cashier, manager or client.</param>
/// <param name="By">The operator; "console" where it was done on the machine's console, the number itself where a person changed the own PIN.</param>
public sealed record AccessChanged(string Subject, string Name, string Change, string Role, string By);

/// <summary>A second person agreed to what one alone may not do.</summary>
/// <param name="Action">The action, for example Reverse.</param>
/// <param name="RequestKey">Of the request that was then made, or not.</param>
/// <param name="Amount">Minor units that it was about.</param>
public sealed record ActionApproved(string Action, string RequestKey, string Currency, long Amount, string Operator, string Approver);

/// <summary>The drawer's cash was counted. Expected: what the day's settlements, refunds and payments leave; amounts in minor units.</summary>
/// <param name="Reason">Why they differ; blank where they do not.</param>
public sealed record DrawerCounted(Guid Count, DateOnly Day, string Currency, long Expected, long Counted, string Reason, string Operator);

/// <summary>Why a visit was not settled on the spot, as somebody at the desk said: evidence for Z27 rule 2 (五(二)2). Said again, the later one
/// counts; a visit that was settled on its day after all needs none.</summary>
/// <param name="VisitDay">The clinic's day on which the visit was opened.</param>
/// <param name="Reason">One of <see cref="UnsettledReasons"/>.</param>
public sealed record VisitUnsettled(string Visit, string Person, string VisitType, DateOnly VisitDay, string Reason, string Operator);

/// <summary>Why a visit was not settled on the spot (Z27 rule 2, 五(二)2): a closed list, so that a year's cases can be counted.</summary>
public static class UnsettledReasons
{
    /// <summary>Nothing was charged: advice, a contact, a certificate.</summary>
    public const string NothingCharged = "NothingCharged";

    /// <summary>The patient left before the bill, or did not want it.</summary>
    public const string PatientLeft = "PatientLeft";

    /// <summary>Sent on to another institution before anything was charged.</summary>
    public const string SentOn = "SentOn";

    /// <summary>A limit of the bureau refused it: not the clinic's failure.</summary>
    public const string LimitOfBureau = "LimitOfBureau";

    /// <summary>Cover or policy does not pay for it.</summary>
    public const string NotCovered = "NotCovered";

    /// <summary>The patient paid in full and comes back with the invoice (Z20, Z37).</summary>
    public const string PaidInFull = "PaidInFull";

    /// <summary>The reader, the card or the printer failed.</summary>
    public const string DeviceFailed = "DeviceFailed";

    /// <summary>The program, the machine or its line failed.</summary>
    public const string SystemFailed = "SystemFailed";

    /// <summary>Opened by mistake, or twice: there was no such visit.</summary>
    public const string OpenedByMistake = "OpenedByMistake";

    public static readonly IReadOnlyList<string> All =
        [NothingCharged, PatientLeft, SentOn, LimitOfBureau, NotCovered, PaidInFull, DeviceFailed, SystemFailed, OpenedByMistake];
}
