using EdgeHub.Rules;

namespace EdgeHub.Hub.Ledger;

/// <summary>The kinds of envelopes that money lies in. Stored by their names, so names are never changed.</summary>
public enum AccountKind
{
    /// <summary>What the year's funding gives; its balance is below zero by all that was issued.</summary>
    Funding,
    CityExtraction,
    CatastrophicPremium,
    RiskReserve,

    /// <summary>The lead hospital's package of a year (打包付费指标).</summary>
    PackageBudget,

    /// <summary>The yearly indicator of one private designated provider.</summary>
    ProviderIndicator,
    OutOfCountyReserve,
    Prepaid,

    /// <summary>What the pooled fund owes an institution for decided settlements.</summary>
    SettledPool,
    SettledCatastrophic,
    SettledAssistance,

    /// <summary>A person's own account, or what an institution received out of such accounts; the person's is below zero by what was spent.</summary>
    PersonalAccount,

    /// <summary>Passed through by what the fund paid too much because a site's data were stale: what came in is what it cost.</summary>
    OfflineDifference,
    QualityDeposit,
    Deduction,
    Clawback,
    CarryOver,

    /// <summary>What is owed to a person and not yet paid out; below zero: paid out more than is owed.</summary>
    PayableTo,

    /// <summary>Below zero by what an institution owes for a limit, a book or a blacklist that it had and ignored.</summary>
    ReceivableFrom,
    Bank,
    Suspense,
}

/// <summary>One envelope. Its balance is the sum of its legs, in minor units of its currency.</summary>
/// <param name="Owner">Institution code, person number, or "*" where the kind has one envelope in the region.</param>
/// <param name="Scheme">For example CountyPackage.</param>
/// <param name="Period">The scheme year, for example 2025.</param>
public sealed record Account(string Region, Currency Currency, AccountKind Kind, string Owner, string Scheme, string Period)
{
    public const string TheRegion = "*";

    /// <summary>Owner of the Suspense envelope that medical assistance is advanced out of (Z4).</summary>
    public const string Assistance = "assistance";

    public override string ToString() => $"{Kind}/{Owner}/{Scheme}/{Period}/{Currency.Code}";
}
