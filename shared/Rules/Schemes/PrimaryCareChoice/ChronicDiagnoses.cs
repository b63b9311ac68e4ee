namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>The chronic diagnoses of the continuity index (O10), as groups of ICD-10 codes; from chronic-diagnoses.csv. A code of three
/// characters holds for all below it; a range holds for its ends too.</summary>
public sealed class ChronicDiagnoses
{
    private readonly IReadOnlyList<(string Group, string First, string Last)> _ranges;

    private ChronicDiagnoses(IReadOnlyList<(string Group, string First, string Last)> ranges, IReadOnlyList<(string Group, string Name)> groups) =>
        (_ranges, Groups) = (ranges, groups);

    /// <summary>The groups that the scheme ships.</summary>
    public static readonly ChronicDiagnoses Shipped = Read();

    /// <summary>Each group and its Swedish name, in the document's order.</summary>
    public IReadOnlyList<(string Group, string Name)> Groups { get; }

    /// <summary>The group of a code; null: no chronic diagnosis of the list.</summary>
    /// <param name="code">ICD-10, with or without its dot, for example I20.9 or I209.</param>
    /// <exception cref="FaultException">No such code: a letter, two digits, and up to four more characters.</exception>
    public string? GroupOf(string code)
    {
        var plain = code.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();
        if (plain.Length is < 3 or > 7 || !char.IsAsciiLetterUpper(plain[0]) || !char.IsAsciiDigit(plain[1]) || !char.IsAsciiDigit(plain[2]) || !plain.All(char.IsAsciiLetterOrDigit))
        {
            throw new FaultException(new Fault(Codes.UnknownCode, "diagnosis", code, "an ICD-10 code, for example I20.9"));
        }
        // A longer code lies within a range where its beginning does; compared over the range's own length.
        foreach (var (group, first, last) in _ranges)
        {
            if (plain.Length >= first.Length && string.CompareOrdinal(plain[..first.Length], first) >= 0 && string.CompareOrdinal(plain[..last.Length], last) <= 0)
            {
                return group;
            }
        }
        return null;
    }

    private static ChronicDiagnoses Read()
    {
        var rows = CsvText.Embedded(typeof(ChronicDiagnoses).Assembly, "Schemes/PrimaryCareChoice/chronic-diagnoses.csv", "group", "name", "codes").Rows;
        var ranges = new List<(string, string, string)>();
        foreach (var row in rows)
        {
            foreach (var range in row.Needed("codes").Replace(".", "", StringComparison.Ordinal).Split(' '))
            {
                var ends = range.Split('-');
                ranges.Add((row.Needed("group"), ends[0], ends[^1]));
            }
        }
        return new ChronicDiagnoses(ranges, [.. rows.Select(row => (row.Needed("group"), row.Needed("name")))]);
    }
}
