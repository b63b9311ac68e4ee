using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>Two rows that can match a same case make the book unusable: on that case it would have to choose. Source: B1.</summary>
internal static class PolicyOverlaps
{
    /// <summary>Adds a fault for each pair, both rows shown, up to a number of faults.</summary>
    public static void Find(IReadOnlyList<PolicyRow> rows, List<Fault> faults, int maxFaults)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = i + 1; j < rows.Count && faults.Count < maxFaults; j++)
            {
                if (Overlap(rows[i].Key, rows[j].Key))
                {
                    faults.Add(new Fault(
                        Codes.PolicyConflict, string.Create(CultureInfo.InvariantCulture, $"rows[{rows[i].Id}], rows[{rows[j].Id}]"),
                        $"{Shown(rows[i].Key)} | {Shown(rows[j].Key)}", "rows of which at most one matches a case"));
                }
            }
        }
    }

    /// <summary>Whether some case matches both keys.</summary>
    public static bool Overlap(PolicyKey a, PolicyKey b) =>
        a.PoolingArea == b.PoolingArea
        && Meet(a.InsuranceType, b.InsuranceType) && Meet(a.VisitType, b.VisitType) && Meet(a.OutOfArea, b.OutOfArea)
        && Meet(a.InstitutionLevel, b.InstitutionLevel) && Meet(a.InstitutionType, b.InstitutionType)
        && Meet(a.PersonType, b.PersonType) && Meet(a.Disease, b.Disease)
        && (a.AgeFrom ?? 0) < (b.AgeTo ?? int.MaxValue) && (b.AgeFrom ?? 0) < (a.AgeTo ?? int.MaxValue)
        && a.Effective.Overlaps(b.Effective);

    private static bool Meet<T>(T? a, T? b) => a is null || b is null || EqualityComparer<T>.Default.Equals(a, b);

    private static string Shown(PolicyKey key) => string.Join(',', PolicyColumns.Cells(key).Take(PolicyColumns.Key.Count - 2));
}
