namespace EdgeHub.Rules.Benefit;

/// <summary>The policy books of a region over time.</summary>
public static class PolicyBooks
{
    /// <summary>The book valid on the service day with the latest known-from not after a day: what was known later supersedes
    /// what was known before, so a past settlement can be computed again as it was. Of one id, a higher version known from the
    /// same day supersedes a lower one.</summary>
    /// <exception cref="RuleGap">No book is valid on the service day, or none was known yet.</exception>
    /// <exception cref="RuleConflict">Two books of different ids valid on that day became known on the same day.</exception>
    public static PolicyBook Choose(IReadOnlyList<PolicyBook> books, DateOnly serviceDay, DateOnly knownOn)
    {
        var latest = books.Where(book => !books.Any(other =>
            other.Reference.Id == book.Reference.Id && other.KnownFrom == book.KnownFrom && other.Reference.Version > book.Reference.Version
            && other.Effective.Contains(serviceDay)));
        return new Dated<PolicyBook>(
            "policy book", [.. latest.Select(book => new DatedValue<PolicyBook>(book.Effective, book.KnownFrom, book))]).On(serviceDay, knownOn);
    }
}
