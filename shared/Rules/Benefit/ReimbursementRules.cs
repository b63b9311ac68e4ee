using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>Manual reimbursement (零星报销): the patient paid the whole bill elsewhere; what the payers would have borne on the spot is
/// owed to the person. The same rules on the same accumulators, no account, no offline limits. Minor units.</summary>
public static class ReimbursementRules
{
    /// <summary>Computes an invoice that was paid in full, by the row that holds for the treating institution.</summary>
    public static BenefitOutcome Compute(Bill paid, PolicyBook book, AccumulatorState before) =>
        BenefitRules.Compute(paid, book, before, Money.Zero(book.Currency), useAccount: false);

    /// <summary>What the person gets: the shares of fund, catastrophic insurance and assistance. Source: Z37.</summary>
    public static Cited<Money> Owed(Shares shares) => Z37.Gives(
        shares.Fund + shares.Catastrophic + shares.Assistance,
        ("paid in advance", shares.Total), ("fund", shares.Fund), ("catastrophic", shares.Catastrophic), ("assistance", shares.Assistance));

    /// <summary>What of it is deducted from the package at half-year and annual clearing: the fund's share alone. Source: Z20, with Z4.</summary>
    public static Cited<Money> FromPackage(Shares shares) => Z20.Gives(shares.Fund, ("fund", shares.Fund), ("owed", Owed(shares).Value));
}
