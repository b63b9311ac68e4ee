using System.Globalization;

namespace EdgeHub.Hub.Export;

/// <summary>What a column holds: text, a count, or an amount in minor units.</summary>
public enum CellKind { Text, Count, Amount }

/// <summary>A column.</summary>
/// <param name="Key">Name in JSON.</param>
/// <param name="Heading">As people read it, with the Chinese word of the form.</param>
public sealed record ReportColumn(string Key, string Heading, CellKind Kind);

/// <summary>A report as rows of text and whole numbers; amounts are minor units and are written as major units only where
/// people read them.</summary>
/// <param name="Facts">What the whole report is about, for example month and region.</param>
/// <param name="Totals">Sums of the count and amount columns, blank text for the others; null: no sums.</param>
/// <param name="Notes">Lines below it: what a figure means, with its article.</param>
public sealed record ReportTable(
    string Name, string Title, IReadOnlyList<(string Key, string Value)> Facts, IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<IReadOnlyList<object>> Rows, IReadOnlyList<object>? Totals, IReadOnlyList<string> Notes)
{
    /// <summary>A table whose totals are the sums of its rows.</summary>
    public static ReportTable WithTotals(
        string name, string title, IReadOnlyList<(string, string)> facts, IReadOnlyList<ReportColumn> columns, IReadOnlyList<IReadOnlyList<object>> rows, IReadOnlyList<string> notes)
    {
        var totals = new object[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            totals[i] = columns[i].Kind == CellKind.Text ? i == 0 ? "合计 total" : "" : rows.Aggregate(0L, (sum, row) => checked(sum + (long)row[i]));
        }
        return new ReportTable(name, title, facts, columns, rows, totals, notes);
    }

    /// <summary>A cell as people read it: amounts in major units with two decimals and a dot.</summary>
    public static string Shown(object cell, CellKind kind) => kind switch
    {
        CellKind.Amount => ((long)cell / 100m).ToString("0.00", CultureInfo.InvariantCulture),
        CellKind.Count => ((long)cell).ToString(CultureInfo.InvariantCulture),
        _ => (string)cell,
    };

    /// <summary>A cell of a totals row, where text stands for what is not summed.</summary>
    public static string ShownTotal(object cell, CellKind kind) => cell is string text ? text : Shown(cell, kind);
}
