namespace EdgeHub.Rules.Statistics;

/// <summary>Indices of a patient's continuity of care, from the visits in the order of time, each given as the code of who was met.
/// Exact ratios. Null: fewer visits than the minimum, so that the index is not defined or says nothing.</summary>
public static class ContinuityIndices
{
    /// <summary>Bice and Boxerman's continuity of care index: (sum of nj squared - n) / (n (n - 1)), nj being the visits to provider
    /// j of n. 1: always the same one; 0: never the same one twice.</summary>
    /// <param name="minimum">Visits that are needed, at least 2.</param>
    public static Fraction? ContinuityOfCare(IReadOnlyList<string> visits, int minimum)
    {
        long n = visits.Count;
        return n < AtLeast(2, minimum) ? null : new Fraction(PerProvider(visits).Sum(each => each * each) - n, n * (n - 1));
    }

    /// <summary>Usual provider continuity: the share of visits to the provider met most.</summary>
    public static Fraction? UsualProvider(IReadOnlyList<string> visits, int minimum) =>
        visits.Count < AtLeast(1, minimum) ? null : new Fraction(PerProvider(visits).Max(), visits.Count);

    /// <summary>Sequential continuity (SLICC of a single patient's visits, Steinwachs' SECON): the share of visits after the first
    /// that met the same provider as the visit before. The only one here that depends on the order.</summary>
    public static Fraction? Sequential(IReadOnlyList<string> visits, int minimum)
    {
        if (visits.Count < AtLeast(2, minimum))
        {
            return null;
        }
        var same = Enumerable.Range(1, visits.Count - 1).Count(i => visits[i] == visits[i - 1]);
        return new Fraction(same, visits.Count - 1);
    }

    /// <summary>Magill and Senf's modified modified continuity index: (1 - k / (n + 0.1)) / (1 - 1 / (n + 0.1)) for k providers in n
    /// visits, which is (10n + 1 - 10k) / (10n - 9). 1: one provider; near 0: another each time.</summary>
    public static Fraction? ModifiedModified(IReadOnlyList<string> visits, int minimum)
    {
        long n = visits.Count;
        return n < AtLeast(1, minimum) ? null : new Fraction((10 * n) + 1 - (10L * PerProvider(visits).Count()), (10 * n) - 9);
    }

    private static IEnumerable<long> PerProvider(IReadOnlyList<string> visits) =>
        visits.GroupBy(each => each, StringComparer.Ordinal).Select(each => (long)each.Count());

    /// <summary>An index with a minimum below what its formula needs is a mistake in the parameters.</summary>
    private static int AtLeast(int least, int minimum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, least);
        return minimum;
    }
}
