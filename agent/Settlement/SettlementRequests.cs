using System.Text.Json.Serialization;

namespace EdgeHub.Agent.Settlement;

/// <summary>A bill to be quoted or settled, as the caller sends it. Null means not given; what is needed is refused by name.</summary>
/// <param name="RequestKey">The caller's own id; needed to settle, not to quote.</param>
/// <param name="Ordinal">Which part of the visit, 1 to 99; 1 when not given.</param>
/// <param name="Disease">Certified disease that the visit is for; null: none.</param>
/// <param name="ServiceDay">The day that decides the policy. Outpatient: the day of the check-in, also when not given; inpatient: the discharge, from check-in to today, today when not given.</param>
/// <param name="UseAccount">Whether the household account pays from the patient's share.</param>
/// <param name="ExpectedCash">Minor units of cash that the patient was told; another result is refused (QuoteChanged).</param>
/// <param name="Referral">NotNeeded, Regular or Irregular; NotNeeded when not given, and then not part of the request's content hash, which
/// so stays that of an agent that did not know it.</param>
public sealed record SettleRequest(
    string? RequestKey, int? Ordinal, IReadOnlyList<string>? Diagnoses, string? Disease, DateOnly? ServiceDay, bool? UseAccount,
    IReadOnlyList<LineGiven>? Lines, string? Operator, long? ExpectedCash,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Referral = null) : IKeyed;

/// <summary>One fee line. Price and quantity in major units with up to 6 and 4 decimals; amount in minor units.</summary>
public sealed record LineGiven(string? Item, decimal? Price, decimal? Quantity, long? Amount);

public sealed record ReverseRequest(string? RequestKey, string? Reason, string? Operator) : IReasoned;

/// <summary>What remains of a settlement; what is not named is taken back.</summary>
/// <param name="Lines">By the settlement's line numbers.</param>
/// <param name="ExpectedDifference">Minor units of cash that the patient was told to get back; another result is refused (QuoteChanged).</param>
public sealed record PartRefundRequest(
    string? RequestKey, IReadOnlyList<LineRemains?>? Lines, string? Reason, string? Operator, long? ExpectedDifference) : IReasoned;

/// <summary>What remains of one line: quantity with up to 4 decimals and amount in minor units, or neither where all of it remains.</summary>
public sealed record LineRemains(int? No, decimal? Quantity, long? Amount);

public sealed record PayOutRequest(string? RequestKey, string? Operator) : IKeyed;
