namespace EdgeHub.Sync.Journal;

// Bodies of journal entries, schema 1. Amounts are whole minor units of the body's currency. Property order is the order on
// the wire. A body carries the insured person's number, never a name, an identity number or a card number.

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
/// <param name="Shares">By name: fund, account, cash.</param>
/// <param name="UseAccount">Whether the patient wanted the account used; the hub computes again with the same wish.</param>
public sealed record VisitSettled(
    Guid Settlement, string RequestKey, string Visit, int Ordinal, string Currency,
    string Person, string Cover, string PersonType, DateOnly BirthDate, string PoolingArea, bool OutOfArea,
    string Institution, int InstitutionLevel, string InstitutionType, string VisitType,
    IReadOnlyList<string> Diagnoses, string? Disease, DateOnly ServiceDay,
    SettledTotals Totals, SettledShares Shares, long AccountBalance, bool UseAccount,
    PolicyUsed Policy, string CatalogueVersion, OfflineFacts Offline, CardEvidence Evidence, string Operator,
    IReadOnlyList<SettledMove> Accumulators, IReadOnlyList<SettledLine> Lines);

public sealed record SettledTotals(long Total, long FullSelfPay, long OverPriceLimit, long PreSelfPay, long Eligible, long Deductible);

public sealed record SettledShares(long Fund, long Account, long Cash);

/// <summary>The policy book that the agent used, and the row.</summary>
public sealed record PolicyUsed(string Id, int Version, string Hash, int Row);

/// <summary>What the agent knew when it settled.</summary>
/// <param name="Offline">No exchange with the hub for the policy's limit of minutes.</param>
/// <param name="Feeds">Version of each feed that the settlement rests on: members, accumulators, policies, catalogue, blacklist.</param>
/// <param name="SnapshotAgeSeconds">Since the last exchange with the hub; null: never.</param>
/// <param name="LimitsLeft">What was left of each offline limit after it, minor units or counts.</param>
public sealed record OfflineFacts(bool Offline, long? SnapshotAgeSeconds, IReadOnlyDictionary<string, long> Feeds, IReadOnlyDictionary<string, long> LimitsLeft);

/// <summary>An accumulator before and after, by its key's text (<see cref="Rules.Benefit.AccumulatorKey"/>).</summary>
public sealed record SettledMove(string Key, long Before, long After);

/// <summary>A fee line. Price and quantity are decimals as text of JSON numbers; amounts in minor units.</summary>
public sealed record SettledLine(
    int No, string Item, int Category, string Class, decimal Price, decimal Quantity, long Amount,
    decimal? PriceLimit, decimal PreSelfPayRate, long FullSelfPay, long OverPriceLimit, long PreSelfPay, long Eligible);

/// <summary>A settlement was reversed; it mirrors the settlement that it points at.</summary>
public sealed record VisitReversed(
    Guid Reversal, Guid Settlement, string RequestKey, string Visit, int Ordinal, string Currency, string Person, string Institution,
    string VisitType, DateOnly ServiceDay, long Total, SettledShares Shares, IReadOnlyList<SettledMove> Accumulators,
    string Reason, string Operator);

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
