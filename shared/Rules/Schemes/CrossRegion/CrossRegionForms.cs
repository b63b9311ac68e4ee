namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>A form or table that the document names: its stable name, its title there, its rule, and its columns or fields.</summary>
/// <param name="Title">{0} stands for the province.</param>
public sealed record ClearingForm(string Name, string Title, string Rule, IReadOnlyList<string> Fields);

/// <summary>The forms and tables of cross-province settlement, from forms.csv. The document gives the titles of the clearing tables and
/// the fields of forms 1 and 2; the columns of the tables are a default.</summary>
public static class CrossRegionForms
{
    public static readonly IReadOnlyList<ClearingForm> All = Read();

    /// <summary>The seven tables of the clearing (C21), in the document's order.</summary>
    public static IReadOnlyList<ClearingForm> Clearing { get; } = [.. All.Where(form => form.Rule == "C21")];

    /// <summary>Forms 1 and 2 (C3): the application for a change of status, and the notice of it.</summary>
    public static IReadOnlyList<ClearingForm> StatusChange { get; } = [.. All.Where(form => form.Rule == "C3")];

    /// <summary>The form of this name.</summary>
    /// <exception cref="FaultException">There is none.</exception>
    public static ClearingForm Named(string name) => All.FirstOrDefault(form => form.Name == name)
        ?? throw new FaultException(new Fault(Codes.UnknownCode, "form", name, "one of " + string.Join(", ", All.Select(form => form.Name))));

    private static List<ClearingForm> Read() =>
    [
        .. CsvText.Embedded(typeof(CrossRegionForms).Assembly, "Schemes/CrossRegion/forms.csv", "name", "title", "rule", "fields").Rows
            .Select(row => new ClearingForm(row.Needed("name"), row.Needed("title"), row.Needed("rule"), row.Needed("fields").Split('|'))),
    ];
}
