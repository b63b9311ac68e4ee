using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHub.Hub.Export;

/// <summary>A report as JSON: amounts as whole minor units.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static void Write(ReportTable table, Stream to)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        json.WriteString("report", table.Name);
        foreach (var (key, value) in table.Facts)
        {
            json.WriteString(key, value);
        }
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            Row(json, table.Columns, row);
        }
        json.WriteEndArray();
        if (table.Totals is { } totals)
        {
            json.WritePropertyName("totals");
            Row(json, [.. table.Columns.Where(column => column.Kind != CellKind.Text)], [.. totals.Where((_, i) => table.Columns[i].Kind != CellKind.Text)]);
        }
        json.WriteStartArray("notes");
        foreach (var note in table.Notes)
        {
            json.WriteStringValue(note);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, IReadOnlyList<ReportColumn> columns, IReadOnlyList<object> row)
    {
        json.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            json.WritePropertyName(columns[i].Key);
            if (row[i] is long number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteStringValue((string)row[i]);
            }
        }
        json.WriteEndObject();
    }
}
