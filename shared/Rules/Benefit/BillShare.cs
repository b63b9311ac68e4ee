namespace EdgeHub.Rules.Benefit;

/// <summary>What the shares of a bill need besides the policy: the visit, the person, and the bill's totals. Enough to compute
/// a person's year again from stored totals, without the lines.</summary>
public sealed record ShareCase(VisitFacts Visit, PersonFacts Person, BillTotals Totals);

/// <summary>Who pays, what each limit had left, and how the accumulators move.</summary>
/// <param name="PolicyRow">Number of the row in its book.</param>
/// <param name="Deductible">The part of the eligible amount that the deductible took.</param>
public sealed record BillShare(
    int PolicyRow, Money Deductible, Shares Shares,
    IReadOnlyList<AccumulatorMove> Moves, IReadOnlyList<LimitLeft> Limits, IReadOnlyList<CitedStep> Steps)
{
    /// <summary>Deductible, rate or tiers, referral, caps, catastrophic insurance, assistance, then account and cash (B20).</summary>
    /// <exception cref="ArgumentException">An accumulator is negative.</exception>
    internal static BillShare Of(ShareCase @case, PolicyRow row, AccumulatorState before, AccountFacts account, bool useAccount)
    {
        var (visit, totals) = (@case.Visit, @case.Totals);
        var work = new ShareWork(before, totals.Total.Currency);
        var deductible = TakeDeductible(work, row, visit, totals.Eligible);
        var fund = new CapChain(work, ByRates(work, row, visit, totals.Eligible, deductible)).Through(row, visit);
        var (catastrophic, assistance) = BillLayers.Of(work, row, visit.ServiceDay, totals.Eligible, fund);
        var fromAccount = FromAccount(work, visit.ServiceDay, totals.Total - fund - catastrophic - assistance, account, useAccount);
        var cash = work.Note(StepNames.Cash, row.Catastrophic is null && row.Assistance is null
            ? ShareRules.Cash(totals.Total, fund, fromAccount)
            : ShareRules.Cash(totals.Total, fund, catastrophic, assistance, fromAccount));
        var shares = new Shares(fund, catastrophic, assistance, fromAccount, cash);
        BenefitInvariants.Check(totals, deductible, shares);
        return new BillShare(row.Id, deductible, shares, work.Moves, work.Limits, work.Steps);
    }

    private static Money TakeDeductible(ShareWork work, PolicyRow row, VisitFacts visit, Money eligible)
    {
        var key = BenefitKeys.Deductible(row.DeductibleMode, visit, row.Scope);
        var taken = key is null ? Money.Zero(eligible.Currency) : work.Of(key);
        var left = work.Note(StepNames.DeductibleLeft, ShareRules.DeductibleLeft(row, taken));
        var deductible = work.Note(StepNames.Deductible, ShareRules.Deductible(eligible, left));
        if (row.DeductibleMode != DeductibleMode.None)
        {
            work.Limit(LimitNames.OfDeductible(row.DeductibleMode), row.Deductible, left, deductible);
        }
        if (key is not null)
        {
            work.Move(key, taken, deductible);
        }
        return deductible;
    }

    /// <summary>One rate, or tiers, of what is above the deductible; less where the referral was irregular.</summary>
    private static Money ByRates(ShareWork work, PolicyRow row, VisitFacts visit, Money eligible, Money deductible)
    {
        var share = work.Note(StepNames.AtRate, row.Tiers is { } tiers
            ? ShareRules.AtTiers(eligible, deductible, tiers)
            : ShareRules.AtRate(eligible, deductible, row.FundRate));
        return visit.Referral == Referral.Irregular && row.ReferralReduction > Rate.Zero
            ? work.Note(StepNames.Referral, ShareRules.AfterReferral(
                eligible, deductible, row.Tiers ?? new RateTiers(new RateTier(null, row.FundRate)), row.ReferralReduction))
            : share;
    }

    private static Money FromAccount(ShareWork work, DateOnly day, Money patientShare, AccountFacts account, bool useAccount)
    {
        var key = BenefitKeys.AccountSpent(day, account.Owner);
        var spent = work.Of(key);
        var left = ShareRules.AccountLeft(account.Balance, spent);
        var pays = work.Note(StepNames.Account, string.IsNullOrEmpty(account.Owner)
            ? ShareRules.Account(patientShare, left, useAccount)
            : ShareRules.FamilyAccount(patientShare, left, useAccount, account.Owner));
        if (useAccount)
        {
            work.Limit(LimitNames.Account, account.Balance, left, pays);
            work.Move(key, spent, pays);
        }
        return pays;
    }
}
