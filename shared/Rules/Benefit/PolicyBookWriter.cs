using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHub.Rules.Benefit;

/// <summary>Writes a policy book as <see cref="PolicyBookReader"/> reads it.</summary>
public static class PolicyBookWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The book as JSON text; its hash is made when it is read, from these bytes.</summary>
    public static string Write(PolicyBook book)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", book.Reference.Id);
            json.WriteNumber("version", book.Reference.Version);
            json.WriteString("region", book.Region);
            json.WriteString("currency", book.Currency.Code);
            json.WriteString("first", Article.Written(book.Effective.First));
            json.WriteString("last", book.Effective.End is { } end ? Article.Written(end.AddDays(-1)) : null);
            json.WriteString("knownFrom", Article.Written(book.KnownFrom));
            json.WriteString("source", book.Source);
            WriteCovers(json, book.Covers);
            json.WriteStartArray("rows");
            WriteRows(json, book.Rows);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, checked((int)stream.Length));
    }

    /// <summary>A header and a line for each row; of the optional columns those that some row uses, the scope always.</summary>
    private static void WriteRows(Utf8JsonWriter json, IReadOnlyList<PolicyRow> rows)
    {
        var given = rows.Select(PolicyColumns.Given).ToList();
        List<string> columns =
        [
            .. PolicyColumns.Gives,
            .. PolicyColumns.Optional.Where(column => column == PolicyColumns.Scope || given.Exists(cells => cells.ContainsKey(column))),
        ];
        json.WriteStringValue(string.Join(',', PolicyColumns.Key.Concat(columns)));
        for (var i = 0; i < rows.Count; i++)
        {
            var cells = given[i];
            json.WriteStringValue(string.Join(',', PolicyColumns.Cells(rows[i].Key).Concat(columns.Select(column => cells.GetValueOrDefault(column, "")))));
        }
    }

    private static void WriteCovers(Utf8JsonWriter json, IReadOnlyList<PolicyKey> covers)
    {
        json.WriteStartArray("covers");
        foreach (var cover in covers)
        {
            json.WriteStartObject();
            var cells = PolicyColumns.Cells(cover);
            for (var i = 0; i < cells.Count; i++)
            {
                if (cells[i].Length > 0)
                {
                    json.WriteString(PolicyColumns.Key[i], cells[i]);
                }
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
