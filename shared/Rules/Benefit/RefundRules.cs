using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>What a refund gives: what remains of the settlement and what each payer gets back, or why it is none.</summary>
public abstract record RefundOutcome
{
    private RefundOutcome() { }

    /// <summary>Nothing remains: the settlement is reversed whole.</summary>
    /// <param name="Back">What was paid, by payer.</param>
    public sealed record Reversed(Cited<Shares> Back) : RefundOutcome;

    /// <param name="Now">The remaining lines, settled in the old one's place.</param>
    /// <param name="Back">What was paid less what is paid now, by payer; where rounding works against a payer, a part is below zero.</param>
    public sealed record Partly(BenefitResult Now, Cited<Shares> Back) : RefundOutcome;

    public sealed record Refused(string Code, Article Article, IReadOnlyList<Fault> Faults) : RefundOutcome;
}

/// <summary>Refunds: the whole settlement is mirrored; a part of it is the remaining lines computed again on the accumulators as they
/// stood before the settlement, and one entry carries the difference. Minor units. Source: B21.</summary>
public static class RefundRules
{
    /// <summary>What each payer gets back when the whole settlement is reversed.</summary>
    public static Cited<Shares> Whole(Shares paid) => B21.Gives(paid, ("paid", paid.Total));

    /// <summary>What each payer gets back when a part is taken back: what was paid less what is paid for the rest.</summary>
    public static Cited<Shares> Difference(Shares paid, Shares now) => B21.Gives(paid - now, ("paid", paid.Total), ("for the rest", now.Total));

    /// <summary>Takes back a part of a settled bill.</summary>
    /// <param name="settled">The bill as it was settled; visit and person stay.</param>
    /// <param name="paid">Who paid it.</param>
    /// <param name="remaining">The lines that stay, by their old numbers: with less quantity and amount where a part of a line is
    /// taken back. None: the settlement is reversed whole.</param>
    /// <param name="book">The book that the settlement was computed with, as <paramref name="before"/>, account and wish were its own.</param>
    public static RefundOutcome Partial(
        Bill settled, Shares paid, IReadOnlyList<BillLine> remaining, PolicyBook book, AccumulatorState before, AccountFacts account, bool useAccount)
    {
        if (remaining.Count == 0)
        {
            return new RefundOutcome.Reversed(Whole(paid));
        }
        var faults = RefundChecks.Faults(settled.Lines, remaining);
        if (faults.Count > 0)
        {
            return new RefundOutcome.Refused(faults[0].Code, B21, faults);
        }
        return BenefitRules.Compute(settled with { Lines = remaining }, book, before, account, useAccount) switch
        {
            BenefitOutcome.Computed now => new RefundOutcome.Partly(now.Result, Difference(paid, now.Result.Shares)),
            BenefitOutcome.Refused refused => new RefundOutcome.Refused(refused.Code, refused.Article, refused.Faults),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }
}
