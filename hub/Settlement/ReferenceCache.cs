using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>What other rooms publish, each thing read once in a step: settlement itself changes none of it.</summary>
internal sealed class ReferenceCache(StoreSession session, string region)
{
    private readonly Dictionary<string, IReadOnlyList<KnownMember>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownInstitution?> _institutions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<KnownItem>> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<KnownBlacklisting>> _blacklist = new(StringComparer.Ordinal);
    private IReadOnlyList<KnownParameter>? _parameters;

    /// <summary>All rows that a person ever had.</summary>
    public IReadOnlyList<KnownMember> Members(string person) => Of(_members, person, () => ReferenceStore.Members(session, region, person));

    /// <summary>Members and blacklist of many at once.</summary>
    public void Read(IReadOnlyCollection<string> persons)
    {
        if (!session.AsksAServer)
        {
            // Of a list and a view of two tables SQLite would read all members of the region.
            return;
        }
        var unknown = persons.Where(person => !_members.ContainsKey(person) || !_blacklist.ContainsKey(person)).ToArray();
        if (unknown.Length == 0)
        {
            return;
        }
        var members = ReferenceStore.Members(session, region, unknown).ToLookup(row => row.Person, StringComparer.Ordinal);
        var listed = ReferenceStore.Blacklist(session, region, unknown).ToLookup(row => row.Person, StringComparer.Ordinal);
        foreach (var person in unknown)
        {
            _members[person] = [.. members[person]];
            _blacklist[person] = [.. listed[person]];
        }
    }

    public KnownInstitution? Institution(string code) => Of(_institutions, code, () => ReferenceStore.Institution(session, region, code));

    public IReadOnlyList<KnownItem> Items(string code) => Of(_items, code, () => ReferenceStore.Items(session, region, code));

    public IReadOnlyList<KnownBlacklisting> Blacklist(string person) => Of(_blacklist, person, () => ReferenceStore.Blacklist(session, region, person));

    public IReadOnlyList<KnownParameter> Parameters => _parameters ??= ReferenceStore.Parameters(session, region);

    private static T Of<T>(Dictionary<string, T> read, string key, Func<T> now)
    {
        if (!read.TryGetValue(key, out var known))
        {
            read.Add(key, known = now());
        }
        return known;
    }
}
