using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>The policy books and parameters that hold, read once for each version of their feeds. Used on the writer's thread.</summary>
public sealed class PolicyStore
{
    private (long Version, IReadOnlyList<PolicyBook> Books) _books = (-1, []);
    private (long Version, OfflineLimits Limits) _limits = (-1, OfflineLimits.Defaults(Currency.Cny));

    /// <summary>All books held here. One that cannot be read was refused when it was fed.</summary>
    public IReadOnlyList<PolicyBook> Books(StoreSession session, long feedVersion)
    {
        if (_books.Version != feedVersion || feedVersion == 0)
        {
            var books = new List<PolicyBook>();
            using var rows = session.Prepared("select book, hash, feed_key from policy_book order by id, version").Read();
            while (rows.Read())
            {
                books.Add(Sound(rows.GetString(0), rows.GetString(1), rows.GetString(2)));
            }
            _books = (feedVersion, books);
        }
        return _books.Books;
    }

    /// <summary>A book's text is what was fed: a bit that turned over on the disk is seen by its hash.</summary>
    /// <exception cref="StoreException">StoreDamaged.</exception>
    private static PolicyBook Sound(string text, string hash, string key) =>
        PolicyBookReader.Read(text) is PolicyBookReading.Loaded { Book: var book } && book.Reference.Hash == hash
            ? book
            : throw new StoreException(EdgeHub.Rules.Codes.StoreDamaged, "policy_book", $"the book {key} is not what the hub fed");

    /// <summary>A visit type of the national interface, or one of the county's own that a policy row here names.</summary>
    public bool KnowsVisitType(StoreSession session, string visitType) =>
        VisitTypes.National.Contains(visitType, StringComparer.Ordinal)
        || Books(session, FeedStore.Versions(session).GetValueOrDefault(FeedNames.Policies)).SelectMany(book => book.Rows).Any(row => row.Key.VisitType == visitType);

    /// <summary>The offline limits, defaults where the feed says nothing.</summary>
    public OfflineLimits Limits(StoreSession session, long feedVersion)
    {
        if (_limits.Version != feedVersion || feedVersion == 0)
        {
            _limits = (feedVersion, ReadLimits(session));
        }
        return _limits.Limits;
    }

    /// <summary>The limits as the parameters stand now.</summary>
    /// <exception cref="EdgeHub.Rules.FaultException">A value cannot be used.</exception>
    public static OfflineLimits ReadLimits(StoreSession session)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rows = session.Prepared("select name, value, unit, row_sum from parameter").Read();
        while (rows.Read())
        {
            RowSum.Check(rows.GetValue(3), "parameter", rows.GetString(0), rows.GetString(1), rows.GetString(2));
            parameters.Add(rows.GetString(0), rows.GetString(1));
        }
        return OfflineLimitsReader.Read(parameters, Currency.Cny);
    }

    /// <summary>A page of either feed was stored: read again at the next use.</summary>
    public void Forget() => (_books.Version, _limits.Version) = (-1, -1);
}
