namespace EdgeHub.Rules.Benefit;

/// <summary>What holds for every result (B8, B9). A break is an error of ours and throws.</summary>
internal static class BenefitInvariants
{
    /// <exception cref="InvalidOperationException">The parts do not make the total, or one is negative.</exception>
    public static void Check(BillTotals totals)
    {
        var parts = totals.FullSelfPay + totals.OverPriceLimit + totals.PreSelfPay + totals.Eligible;
        if (totals.Total != parts)
        {
            throw new InvalidOperationException($"The total {totals.Total} is not the sum of its parts {parts} (B8): {totals}.");
        }
        NotNegative(totals.Total, totals.FullSelfPay, totals.OverPriceLimit, totals.PreSelfPay, totals.Eligible);
    }

    /// <exception cref="InvalidOperationException">The shares do not make the total, one is negative, the fund pays more than the
    /// eligible amount above the deductible, or the layers pay more than the in-scope own pay.</exception>
    public static void Check(BillTotals totals, Money deductible, Shares shares)
    {
        Check(totals);
        if (totals.Total != shares.Total)
        {
            throw new InvalidOperationException($"The total {totals.Total} is not what is paid, {shares.Total} (B9): {shares}.");
        }
        NotNegative(deductible, shares.Fund, shares.Catastrophic, shares.Assistance, shares.Account, shares.Cash);
        NotNegative(totals.Eligible - deductible - shares.Fund, totals.Eligible - shares.Fund - shares.Catastrophic - shares.Assistance);
    }

    private static void NotNegative(params ReadOnlySpan<Money> amounts)
    {
        foreach (var amount in amounts)
        {
            if (amount.IsNegative)
            {
                throw new InvalidOperationException($"A part of a bill is negative: {amount} (B8, B9).");
            }
        }
    }
}
