namespace EdgeHub.Rules.Benefit;

/// <summary>How far an agent may go without the hub. Amounts are the fund's share unless they say otherwise. Source: B23; defaults and names in README.md.</summary>
/// <param name="OfflineAfterMinutes">Without an exchange with the hub for so long, an agent is offline.</param>
/// <param name="InpatientVisitTypes">Visit types under the inpatient limit; all others are under the outpatient limits.</param>
public sealed record OfflineLimits(
    int OfflineAfterMinutes, Money OutpatientFundPerSettlement, Money OutpatientFundPerPersonDay, int OutpatientCountPerPersonDay,
    Money InpatientFundPerSettlement, int SnapshotWarnDays, int SnapshotRefuseDays, int BlacklistWarnDays,
    Money UnacknowledgedFund, int UnacknowledgedCount, IReadOnlyList<string> InpatientVisitTypes)
{
    /// <summary>While the hub is not reached, a person of another catchment who is found in the county's index may be settled: nothing is
    /// known of accumulators and account then. False: refused by name.</summary>
    public bool SettleOutsideCatchment { get; init; } = true;

    /// <summary>Of a settlement for such a person, on line or not, until the hub was asked for the person.</summary>
    public Money OutsideCatchmentFund { get; init; } = new(200_00, OutpatientFundPerSettlement.Currency);

    /// <summary>The account's share of a person's outpatient settlements of a day: what is left of an account is not known offline, and what
    /// was not there any more the package bears.</summary>
    public Money OutpatientAccountPerPersonDay { get; init; } = new(1_000_00, OutpatientFundPerSettlement.Currency);

    /// <summary>What holds where the parameters feed says nothing (data.md, offline limits).</summary>
    public static OfflineLimits Defaults(Currency currency) => new(
        10, new Money(500_00, currency), new Money(800_00, currency), 3, new Money(20_000_00, currency), 3, 30, 7,
        new Money(50_000_00, currency), 500, ["21"]);

    /// <summary>Whether an agent is offline; from the named minute on.</summary>
    /// <param name="sinceLastExchange">Null: there never was one.</param>
    public bool IsOffline(TimeSpan? sinceLastExchange) => sinceLastExchange is not { } since || since >= TimeSpan.FromMinutes(OfflineAfterMinutes);

    public bool IsInpatient(string visitType) => InpatientVisitTypes.Contains(visitType, StringComparer.Ordinal);
}

/// <summary>Names of the offline limits: as parameters, and as keys of what is left.</summary>
public static class OfflineLimitNames
{
    public const string AfterMinutes = "offline.after_minutes";
    public const string OutpatientFundPerSettlement = "offline.outpatient.fund_per_settlement";
    public const string OutpatientFundPerPersonDay = "offline.outpatient.fund_per_person_day";
    public const string OutpatientCountPerPersonDay = "offline.outpatient.count_per_person_day";
    public const string OutpatientAccountPerPersonDay = "offline.outpatient.account_per_person_day";
    public const string InpatientFundPerSettlement = "offline.inpatient.fund_per_settlement";
    public const string InpatientVisitTypes = "offline.inpatient.visit_types";
    public const string SnapshotWarnDays = "offline.snapshot.warn_days";
    public const string SnapshotRefuseDays = "offline.snapshot.refuse_days";
    public const string BlacklistWarnDays = "offline.blacklist.warn_days";
    public const string OutsideCatchment = "offline.outside_catchment";
    public const string OutsideCatchmentFund = "offline.outside_catchment.fund_per_settlement";
    public const string UnacknowledgedFund = "unacknowledged.fund";
    public const string UnacknowledgedCount = "unacknowledged.count";

    public static readonly IReadOnlyList<string> All =
    [
        AfterMinutes, OutpatientFundPerSettlement, OutpatientFundPerPersonDay, OutpatientCountPerPersonDay, InpatientFundPerSettlement,
        InpatientVisitTypes, SnapshotWarnDays, SnapshotRefuseDays, BlacklistWarnDays, UnacknowledgedFund, UnacknowledgedCount,
        OutsideCatchment, OutsideCatchmentFund, OutpatientAccountPerPersonDay,
    ];
}
