namespace EdgeHub.Agent.Settlement;

/// <summary>A bill to be quoted or settled, as the caller sends it. Null means not given; what is needed is refused by name.</summary>
/// <param name="RequestKey">The caller's own id; needed to settle, not to quote.</param>
/// <param name="Ordinal">Which part of the visit, 1 to 99; 1 when not given.</param>
/// <param name="Disease">Certified disease that the visit is for; null: none.</param>
/// <param name="ServiceDay">The day that decides the policy. Outpatient: the day of the check-in, also when not given; inpatient: the discharge, from check-in to today, today when not given.</param>
/// <param name="UseAccount">Whether the household account pays from the patient's share.</param>
/// <param name="ExpectedCash">Minor units of cash that the patient was told; another result is refused (QuoteChanged).</param>
public sealed record SettleRequest(
    string? RequestKey, int? Ordinal, IReadOnlyList<string>? Diagnoses, string? Disease, DateOnly? ServiceDay, bool? UseAccount,
    IReadOnlyList<LineGiven>? Lines, string? Operator, long? ExpectedCash) : IKeyed;

/// <summary>One fee line. Price and quantity in major units with up to 6 and 4 decimals; amount in minor units.</summary>
public sealed record LineGiven(string? Item, decimal? Price, decimal? Quantity, long? Amount);

public sealed record ReverseRequest(string? RequestKey, string? Reason, string? Operator) : IReasoned;

public sealed record PayOutRequest(string? RequestKey, string? Operator) : IKeyed;
