namespace EdgeHub.Rules.Benefit;

/// <summary>The benefit rules: the same function quotes and settles, on the agent and on the hub.</summary>
public static class BenefitRules
{
    /// <summary>Computes a bill under a book on the accumulators as they stood before.</summary>
    /// <param name="accountBalance">The household account's balance at the start of the scheme year plus what came in; what is
    /// left is this less the AccountSpent accumulator.</param>
    public static BenefitOutcome Compute(Bill bill, PolicyBook book, AccumulatorState before, Money accountBalance) =>
        throw new InvalidOperationException("The benefit rules are not written yet.");
}
