using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>One settlement of a visit part, and what of the payments for the others counts for it.</summary>
/// <param name="Fact">The one that has the last word on it.</param>
/// <param name="Payable">As it stands; null: nothing was ever owed or paid for it.</param>
/// <param name="Carried">Minor units; above zero where it stands, below zero where it does not.</param>
internal sealed record PaidSettlement(SettledFact Fact, Payable? Payable, long Carried)
{
    /// <summary>What was paid out beyond what is owed, minor units.</summary>
    public long Over => Math.Max(0, checked((Payable?.Paid ?? 0) + Carried - (Payable?.Amount ?? 0)));
}

/// <summary>What was paid out to a person, by visit part (of an invoice: by issuer and number). At most one settlement of a part stands,
/// and what was paid out for any of them, at whatever desk, counts for that one: money is owed once. Where none stands, it was paid too
/// much where it was paid. Source: B21, B22; data.md, business key.</summary>
internal static class PaidParts
{
    /// <summary>The settlements of each visit part of which something was paid out to the person.</summary>
    public static IReadOnlyList<IReadOnlyList<PaidSettlement>> Of(StoreSession session, string region, string person)
    {
        var done = new HashSet<(string, string, long)>();
        var found = new List<IReadOnlyList<PaidSettlement>>();
        foreach (var paid in PayableStore.PaidTo(session, region, person))
        {
            foreach (var fact in FactStore.OfId(session, region, paid.Settlement).Where(f => f.Person == person && done.Add((f.KeySite, f.Visit, f.Ordinal))))
            {
                found.Add([.. Part(session, [.. FactStore.OfVisit(session, fact).Where(f => f.Person == person && f.Currency == fact.Currency)])]);
            }
        }
        return found;
    }

    private static IEnumerable<PaidSettlement> Part(StoreSession session, IReadOnlyList<SettledFact> facts)
    {
        var stands = facts.FirstOrDefault(f => f.Standing == Standing.Stands)?.Settlement;
        var rows = facts.Where(f => f.Standing is not (Standing.Repeated or Standing.Waits)).GroupBy(f => f.Settlement)
            .Select(same => (Fact: same.MinBy(f => (f.Standing == Standing.Duplicate, f.Order))!, Payable: PayableStore.Of(session, same.First().Region, same.Key)))
            .ToList();
        var elsewhere = rows.Where(row => row.Fact.Settlement != stands).Sum(row => row.Payable?.Paid ?? 0);
        return rows.Select(row => new PaidSettlement(
            row.Fact, row.Payable, stands is null ? 0 : row.Fact.Settlement == stands ? elsewhere : -(row.Payable?.Paid ?? 0)));
    }
}
