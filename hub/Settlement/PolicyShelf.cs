using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Hub.Settlement;

/// <summary>A policy book with the feed version that told the sites of it.</summary>
/// <param name="ReleasedMs">Where a retroactive run brought it: when it was let loose. What was captured before could not know of it. Null: it was loaded in time.</param>
public sealed record ShelvedBook(PolicyBook Book, long FeedVersion, long? ReleasedMs = null);

/// <summary>The region's policy books: which one holds for a service day as known on a day, and the one that a site names.</summary>
public sealed class PolicyShelf
{
    private readonly IReadOnlyList<ShelvedBook> _shelved;
    private readonly IReadOnlyList<PolicyBook> _books;
    private readonly Dictionary<string, ShelvedBook> _byHash = new(StringComparer.Ordinal);

    public PolicyShelf(IReadOnlyList<ShelvedBook> books)
    {
        _shelved = books;
        _books = [.. books.Select(shelved => shelved.Book)];
        foreach (var shelved in books)
        {
            _byHash[shelved.Book.Reference.Hash] = shelved;
        }
    }

    /// <summary>The shelf as somebody who captured at that moment could know it: without books that a retroactive run brought later.
    /// Null: it is this one.</summary>
    public PolicyShelf? AsKnownAt(long effectiveMs)
    {
        var known = _shelved.Where(shelved => shelved.ReleasedMs is not { } released || released < effectiveMs).ToList();
        return known.Count == _shelved.Count ? null : new PolicyShelf(known);
    }

    /// <summary>The shelf as a site holds it that was told through this version of the feed.</summary>
    public PolicyShelf AsTold(long feedVersion) => new([.. _shelved.Where(shelved => shelved.FeedVersion <= feedVersion)]);

    /// <summary>Whether the region's books are in this currency; no book yet: nothing can be said against it.</summary>
    public bool Pays(string currency) => _books.Count == 0 || _books.Any(book => book.Currency.Code == currency);

    /// <summary>The one book valid on the service day as known on the given day.</summary>
    /// <exception cref="RuleGap">None.</exception>
    /// <exception cref="RuleConflict">Two.</exception>
    public ShelvedBook On(DateOnly serviceDay, DateOnly knownOn) =>
        _byHash[PolicyBooks.Choose(_books, serviceDay, knownOn).Reference.Hash];

    /// <summary>The book with these bytes; null: the hub never had it.</summary>
    public ShelvedBook? ByHash(string hash) => _byHash.GetValueOrDefault(hash);
}
