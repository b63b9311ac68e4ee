using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>Whether the rows of a book leave no gap within a case that the book declares to cover: for every value of what the
/// case leaves open, and on every day, a row matches. Source: B1.</summary>
internal sealed class PolicyCoverage
{
    private const int MaxSteps = 200_000;
    private const int AgesEnd = 151;
    private static readonly string[] Dimensions =
    [
        PolicyColumns.PoolingArea, PolicyColumns.InsuranceType, PolicyColumns.VisitType, PolicyColumns.OutOfArea, PolicyColumns.Level,
        PolicyColumns.InstitutionType, PolicyColumns.PersonType, PolicyColumns.Disease,
    ];

    private readonly PolicyKey _cover;
    private readonly string[] _case;
    private int _steps;

    private PolicyCoverage(PolicyKey cover)
    {
        _cover = cover;
        _case = [.. Dimensions.Select((_, i) => Value(cover, i) ?? "any")];
    }

    /// <summary>Adds a fault for each run of days with a gap: the case, and the days.</summary>
    public static void Find(IReadOnlyList<PolicyRow> rows, PolicyKey cover, string place, List<Fault> faults)
    {
        var keys = rows.Select(row => row.Key).Where(key => PolicyOverlaps.Overlap(key, cover)).ToList();
        var starts = keys.SelectMany(key => new[] { key.Effective.First, key.Effective.End ?? cover.Effective.First })
            .Where(cover.Effective.Contains).Append(cover.Effective.First).Distinct().Order().ToList();
        (string Case, DateOnly First)? gap = null;
        for (var i = 0; i < starts.Count; i++)
        {
            var start = starts[i];
            var missing = new PolicyCoverage(cover).Gap(0, keys.FindAll(key => key.Effective.Contains(start)));
            if (gap is { } open && missing != open.Case)
            {
                faults.Add(Fault(place, open.Case, open.First, start.AddDays(-1)));
                gap = null;
            }
            gap ??= missing is null ? null : (missing, start);
        }
        if (gap is { } left)
        {
            faults.Add(Fault(place, left.Case, left.First, cover.Effective.End?.AddDays(-1)));
        }
    }

    /// <summary>A case that no key matches, as text; null: none.</summary>
    private string? Gap(int dimension, List<PolicyKey> keys)
    {
        if (++_steps > MaxSteps)
        {
            throw new FaultException(new Fault(Codes.TooMany, "covers", string.Join(' ', _case), $"{MaxSteps} combinations: name more of the case"));
        }
        if (dimension == Dimensions.Length || keys.Count == 0)
        {
            return AgeGap(keys);
        }
        var before = _case[dimension];
        foreach (var value in Value(_cover, dimension) is { } named ? [named] : Values(dimension, keys))
        {
            _case[dimension] = value ?? "other";
            if (Gap(dimension + 1, keys.FindAll(key => Value(key, dimension) is not { } of || of == value)) is { } gap)
            {
                return gap;
            }
        }
        _case[dimension] = before;
        return null;
    }

    /// <summary>The values to try: all of a closed list, else those that the keys name and one (null) that none names.</summary>
    private static IEnumerable<string?> Values(int dimension, List<PolicyKey> keys) => Dimensions[dimension] switch
    {
        PolicyColumns.OutOfArea => ["no", "yes"],
        PolicyColumns.Level => ["0", "1", "2", "3"],
        _ => keys.Select(key => Value(key, dimension)).Where(value => value is not null).Distinct(StringComparer.Ordinal).Append(null),
    };

    private string? AgeGap(List<PolicyKey> keys)
    {
        var age = _cover.AgeFrom ?? 0;
        var end = _cover.AgeTo ?? AgesEnd;
        foreach (var key in keys.OrderBy(key => key.AgeFrom ?? 0))
        {
            if ((key.AgeFrom ?? 0) > age)
            {
                break;
            }
            age = Math.Max(age, key.AgeTo ?? AgesEnd);
        }
        return age >= end
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", Dimensions.Zip(_case, (name, value) => $"{name} {value}"))}, age {age}");
    }

    private static string? Value(PolicyKey key, int dimension) => Dimensions[dimension] switch
    {
        PolicyColumns.PoolingArea => key.PoolingArea,
        PolicyColumns.InsuranceType => key.InsuranceType,
        PolicyColumns.VisitType => key.VisitType,
        PolicyColumns.OutOfArea => key.OutOfArea switch { true => "yes", false => "no", null => null },
        PolicyColumns.Level => key.InstitutionLevel?.ToString(CultureInfo.InvariantCulture),
        PolicyColumns.InstitutionType => key.InstitutionType,
        PolicyColumns.PersonType => key.PersonType,
        _ => key.Disease,
    };

    private static Fault Fault(string place, string @case, DateOnly first, DateOnly? last) => new(
        Codes.NoPolicy, place, @case, $"a row on each day; none from {Article.Written(first)} to {(last is { } day ? Article.Written(day) : "later")}");
}
