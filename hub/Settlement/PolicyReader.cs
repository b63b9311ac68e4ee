using EdgeHub.Hub.Settlement.Retro;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>Gives the region's policy books, each parsed once. Used by one thread at a time.</summary>
internal sealed class PolicyReader
{
    private Dictionary<string, PolicyBook> _parsed = new(StringComparer.Ordinal);

    /// <param name="wouldBe">A book that is not the region's yet; null: none.</param>
    public PolicyShelf Read(StoreSession session, string region, ShelvedBook? wouldBe = null)
    {
        var released = PolicyRunStore.Released(session, region);
        var held = new Dictionary<string, PolicyBook>(StringComparer.Ordinal);
        var shelved = new List<ShelvedBook>();
        foreach (var known in ReferenceStore.Books(session, region))
        {
            var book = _parsed.GetValueOrDefault(known.Hash) ?? PolicyBookReader.Read(known.Book).OrThrow();
            held[known.Hash] = book;
            shelved.Add(new ShelvedBook(book, known.Version, released.TryGetValue(known.Hash, out var ms) ? ms : null));
        }
        if (wouldBe is not null)
        {
            shelved.Add(wouldBe);
        }
        _parsed = held;
        return new PolicyShelf(shelved);
    }
}
