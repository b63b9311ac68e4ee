namespace EdgeHub.Agent.Settlement;

// What the local interface answers about money. Amounts are whole minor units of the currency.

/// <summary>Who pays; the five make the total.</summary>
public sealed record SharesShown(long Fund, long Account, long Cash, long Catastrophic = 0, long Assistance = 0);

public sealed record TotalsShown(long Total, long FullSelfPay, long OverPriceLimit, long PreSelfPay, long Eligible, long Deductible);

/// <summary>A limit that the bill touches, and what is left of it before and after.</summary>
public sealed record LimitShown(string Name, long Limit, long Before, long After);

/// <summary>One step of the computation with the article that it rests on; value and inputs as text.</summary>
public sealed record StepShown(string Name, string Value, string Rule, string Document, string Clause, IReadOnlyList<InputShown> Inputs);

public sealed record InputShown(string Name, string Value);

public sealed record LineShown(
    int No, string Item, string Name, int Category, string Class, long Amount, long FullSelfPay, long OverPriceLimit, long PreSelfPay, long Eligible);

public sealed record CategoryShown(int Category, long Total, long Eligible);

public sealed record PolicyShown(string Id, int Version, string Hash, int Row);

/// <summary>What staff should know though it refuses nothing: a snapshot or a blacklist that grows old.</summary>
public sealed record WarningShown(string Code, string Name, string Value, string Limit);

/// <summary>A bill explained: what a settlement would give now.</summary>
/// <param name="OfflineLimits">What would be left of each offline limit, minor units or counts.</param>
public sealed record QuoteAnswer(
    string Visit, int Ordinal, DateOnly ServiceDay, string Currency, bool Offline, PolicyShown Policy, TotalsShown Totals, SharesShown Shares,
    IReadOnlyList<CategoryShown> Categories, IReadOnlyList<LineShown> Lines, IReadOnlyList<LimitShown> Limits,
    IReadOnlyDictionary<string, long> OfflineLimits, IReadOnlyList<WarningShown> Warnings, IReadOnlyList<StepShown> Steps);

/// <summary>A settlement as it was confirmed; the same bytes again for the same request key.</summary>
/// <param name="Seq">Its place in the journal at that time.</param>
public sealed record SettledAnswer(
    Guid Settlement, long Epoch, long Seq, string ReceiptNo, string Visit, int Ordinal, DateOnly ServiceDay, DateOnly CivilDay, string Currency,
    bool Offline, PolicyShown Policy, TotalsShown Totals, SharesShown Shares, IReadOnlyList<CategoryShown> Categories,
    IReadOnlyList<LineShown> Lines, IReadOnlyList<LimitShown> Limits, IReadOnlyDictionary<string, long> OfflineLimits, IReadOnlyList<WarningShown> Warnings, IReadOnlyList<StepShown> Steps);

public sealed record ReversedAnswer(
    Guid Reversal, Guid Settlement, long Epoch, long Seq, string Visit, int Ordinal, string Currency, long Total, SharesShown Shares);

/// <summary>What a partial refund would give: what remains, and what comes back by share.</summary>
/// <param name="Difference">The old shares less the new ones; cash is what the patient gets back.</param>
public sealed record PartRefundQuote(
    Guid Settlement, TotalsShown Totals, SharesShown Shares, SharesShown Difference, IReadOnlyList<LineShown> Lines, IReadOnlyList<StepShown> Steps);

/// <summary>A partial refund as it was confirmed.</summary>
/// <param name="Settlement">The old one; it stands no more.</param>
/// <param name="CivilDay">The day on which the difference was given back.</param>
/// <param name="Difference">The old shares less the new ones; cash is what the patient gets back.</param>
/// <param name="Now">The settlement that stands in its place, with its own id and receipt.</param>
public sealed record PartRefundAnswer(Guid Refund, Guid Settlement, DateOnly CivilDay, SharesShown Difference, SettledAnswer Now);

public sealed record PaidAnswer(Guid Refund, string Decision, string Settlement, string Person, long Epoch, long Seq, string Currency, long Amount);

/// <summary>A settlement looked up: how it was confirmed, and what became of it since.</summary>
/// <param name="Reversal">The reversal, or the partial refund, that took it back; null: it stands.</param>
/// <param name="Acknowledged">The hub has stored it durably.</param>
/// <param name="Decision">What the hub decided; null: not yet heard.</param>
/// <param name="Chain">Where a part was refunded: the settlements that stood one after the other, the first one first.</param>
public sealed record SettlementShown(SettledAnswer Confirmed, Guid? Reversal, bool Acknowledged, DecisionShown? Decision, IReadOnlyList<ChainShown> Chain);

/// <summary>One of the settlements that stood for a part of a visit one after the other.</summary>
/// <param name="Reversal">The reversal, or the partial refund, that took it back; null: it stands.</param>
public sealed record ChainShown(Guid Settlement, string ReceiptNo, long Total, SharesShown Shares, Guid? Reversal);

public sealed record DecisionShown(string Status, string Code, long FundDifference, string Cause, string DecidedAt);

/// <summary>One clinic day's money: settled, reversed, refunded in part, paid out. Net is settled less reversed less refunded in
/// part; its count is without the partial refunds, for what they leave stands on.</summary>
public sealed record DayTotalsAnswer(
    DateOnly Day, string Currency, DaySum Settled, DaySum Reversed, DaySum PartRefunded, DaySum Net, DayRefunds Refunds, IReadOnlyList<DayVisitType> VisitTypes, long Unacknowledged);

public sealed record DaySum(long Count, long Total, long Fund, long Account, long Cash, long Catastrophic, long Assistance);

public sealed record DayRefunds(long Count, long Amount);

public sealed record DayVisitType(string VisitType, DaySum Settled, DaySum Reversed, DaySum PartRefunded);

public sealed record PayableShown(string Decision, string Person, string Settlement, long Amount, long Open, string Cause);
