using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>The benefit rules: the same function quotes and settles, on the agent and on the hub. Two stages: the lines make
/// totals (<see cref="SplitLines"/>), the totals on the accumulators make shares (Share).</summary>
public static class BenefitRules
{
    /// <summary>Computes a bill under a book on the accumulators as they stood before.</summary>
    /// <param name="accountBalance">The household account's balance at the start of the scheme year plus what came in; what is
    /// left is this less the AccountSpent accumulator.</param>
    /// <param name="useAccount">Whether the patient wants the account used (acct_used_flag of 2206 and 2207).</param>
    public static BenefitOutcome Compute(Bill bill, PolicyBook book, AccumulatorState before, Money accountBalance, bool useAccount) =>
        Compute(bill, book, before, new AccountFacts(accountBalance), useAccount);

    /// <summary>The same where the account that pays may be a family member's. Source: B32.</summary>
    public static BenefitOutcome Compute(Bill bill, PolicyBook book, AccumulatorState before, AccountFacts account, bool useAccount)
    {
        var lines = SplitLines(bill);
        if (lines is SplitOutcome.Refused wrong)
        {
            return new BenefitOutcome.Refused(wrong.Code, wrong.Article, wrong.Faults);
        }
        var split = ((SplitOutcome.Divided)lines).Bill;
        if (split.Totals.Total.Currency != book.Currency)
        {
            return new BenefitOutcome.Refused(Codes.UnknownCurrency, B01,
                [new Fault(Codes.UnknownCurrency, "lines", split.Totals.Total.Currency.Code, $"{book.Currency.Code}, as the policy book")]);
        }
        var choice = RowChoice.Of(book, bill.Visit, bill.Person);
        if (choice is RowChoice.Refused none)
        {
            return new BenefitOutcome.Refused(none.Code, none.Article, [none.Fault]);
        }
        var row = ((RowChoice.Chosen)choice).Row;
        var share = Share(new ShareCase(bill.Visit, bill.Person, split.Totals), row, before, account, useAccount);
        return new BenefitOutcome.Computed(new BenefitResult(
            book.Reference, row.Id, split.Lines, split.Categories, split.Totals, share.Deductible, share.Shares,
            share.Moves, share.Limits, [.. split.Steps, .. share.Steps]));
    }

    /// <summary>Divides a bill's lines into full self-pay, over price limit, pre-self-pay and eligible, and sums them by
    /// category. Refuses with every fault of the lines, the first one's code first. Source: B8, B10, B11, B13, B16 to B19.</summary>
    public static SplitOutcome SplitLines(Bill bill)
    {
        var faults = LineChecks.Faults(bill.Lines);
        return faults.Count == 0
            ? new SplitOutcome.Divided(BillSplit.Of(bill.Lines))
            : new SplitOutcome.Refused(faults[0].Code, B16, faults);
    }

    /// <summary>Who pays a bill's totals under one policy row, on the accumulators as they stood before. Source: B2 to B7, B9, B20,
    /// B26 to B31, Z30.</summary>
    /// <exception cref="ArgumentException">An accumulator that the row reads is negative.</exception>
    /// <exception cref="InvalidOperationException">Amounts of different currencies, or totals that break B8.</exception>
    public static BillShare Share(ShareCase @case, PolicyRow row, AccumulatorState before, Money accountBalance, bool useAccount) =>
        BillShare.Of(@case, row, before, new AccountFacts(accountBalance), useAccount);

    /// <summary>The same where the account that pays may be a family member's. Source: B32.</summary>
    /// <exception cref="ArgumentException">An accumulator that the row reads is negative.</exception>
    /// <exception cref="InvalidOperationException">Amounts of different currencies, or totals that break B8.</exception>
    public static BillShare Share(ShareCase @case, PolicyRow row, AccumulatorState before, AccountFacts account, bool useAccount) =>
        BillShare.Of(@case, row, before, account, useAccount);
}
