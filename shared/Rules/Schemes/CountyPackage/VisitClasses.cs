namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>Visit classes by visit type code: data, because counties have variants of the national codes.</summary>
public sealed class VisitClasses
{
    private static readonly string[] Columns = ["code", "class", "note"];

    private readonly Dictionary<string, VisitClass> _byCode;

    private VisitClasses(Dictionary<string, VisitClass> byCode) => _byCode = byCode;

    /// <summary>The table that the scheme ships, visit-classes.csv.</summary>
    public static VisitClasses Shipped { get; } =
        Read(CsvText.Embedded(typeof(VisitClasses).Assembly, "Schemes/CountyPackage/visit-classes.csv", Columns));

    public IReadOnlyDictionary<string, VisitClass> ByCode => _byCode;

    /// <summary>Reads a table with the columns code, class, note.</summary>
    /// <exception cref="FaultException">Every row with an unknown class or a code that stands there twice.</exception>
    public static VisitClasses Parse(string name, string csv) => Read(CsvText.Parse(name, csv, Columns));

    /// <exception cref="FaultException">The code is not in the table.</exception>
    public VisitClass Of(string visitType) => _byCode.TryGetValue(visitType, out var visitClass)
        ? visitClass
        : throw new FaultException(new Fault(Codes.UnknownCode, "visitType", visitType, "one of " + string.Join(", ", _byCode.Keys)));

    private static VisitClasses Read(CsvText table)
    {
        var faults = new List<Fault>();
        var byCode = new Dictionary<string, VisitClass>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (!Enum.TryParse<VisitClass>(row["class"], out var visitClass) || visitClass.ToString() != row["class"])
            {
                faults.Add(row.Wrong(Codes.UnknownCode, "class", "one of " + string.Join(", ", Enum.GetNames<VisitClass>())).Fault);
            }
            else if (!byCode.TryAdd(row["code"], visitClass))
            {
                faults.Add(row.Wrong(Codes.Duplicated, "code", "each visit type code once").Fault);
            }
        }
        return faults.Count > 0 ? throw new FaultException(faults) : new VisitClasses(byCode);
    }
}
