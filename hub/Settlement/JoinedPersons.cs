namespace EdgeHub.Hub.Settlement;

/// <summary>Everybody whom family accounts join, by scheme year: what <see cref="AccountGroup"/> finds for one person, for all at once.</summary>
internal static class JoinedPersons
{
    /// <returns>For each joined person and year the group, one list for all of it, in the order of their numbers.</returns>
    public static IReadOnlyDictionary<(string Person, long Year), IReadOnlyList<string>> Of(IReadOnlyList<(string Person, string Owner, long Year)> pairs)
    {
        var root = new Dictionary<(string Person, long Year), (string Person, long Year)>();
        foreach (var (person, owner, year) in pairs)
        {
            root[Root((person, year))] = Root((owner, year));
        }
        var groups = new Dictionary<(string, long), IReadOnlyList<string>>();
        foreach (var together in root.Keys.ToList().GroupBy(Root).Where(together => together.Count() > 1))
        {
            IReadOnlyList<string> group = [.. together.Select(each => each.Person).Order(StringComparer.Ordinal)];
            foreach (var member in together)
            {
                groups.Add(member, group);
            }
        }
        return groups;

        (string, long) Root((string, long) of)
        {
            root.TryAdd(of, of);
            var found = of;
            while (root[found] != found)
            {
                // Each step shortens the way for the next one.
                found = root[found] = root[root[found]];
            }
            return found;
        }
    }
}
