namespace EdgeHub.Hub.Settlement;

/// <summary>Which of a person's rows a settlement is judged by: the cover and insurance of its service day, the account of its scheme
/// year. What was loaded since, for later days, takes nothing from a bill of before. Source: data.md, Accumulators and recompute.</summary>
internal static class MemberOn
{
    /// <param name="rows">Every row that the person ever had, in any order; the one that holds now has no end.</param>
    /// <param name="dayOf">The civil day of an instant.</param>
    /// <returns>Null: nobody of the number was ever loaded.</returns>
    public static KnownMember? Of(IReadOnlyList<KnownMember> rows, DateOnly serviceDay, Func<long, DateOnly> dayOf)
    {
        var now = rows.SingleOrDefault(row => row.UntilMs == 0);
        if (now is null)
        {
            return null;
        }
        var newestFirst = rows.OrderByDescending(row => row.UntilMs == 0).ThenByDescending(row => row.Version).ToList();
        var chosen = newestFirst.Find(row => Covers(row)) ?? now;
        var account = OfYear() is { } held && Covers(held) ? held : chosen;
        return chosen.WithAccountOf(account);

        // Who was removed was covered until then, whatever end the row named.
        bool Covers(KnownMember row) => !row.Removed
            && serviceDay >= row.CoverFirst
            && (row.CoverEnd.Length == 0 || serviceDay < Day(row.CoverEnd))
            && (!now.Removed || !ReferenceEquals(row, newestFirst.ElementAtOrDefault(1)) || serviceDay <= dayOf(row.UntilMs));

        // The balances of a scheme year are those loaded last within it.
        KnownMember? OfYear() => rows.Where(row => !row.Removed && (row.UntilMs == 0 || dayOf(row.UntilMs).Year > serviceDay.Year)).MinBy(row => (row.UntilMs == 0, row.Version));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
