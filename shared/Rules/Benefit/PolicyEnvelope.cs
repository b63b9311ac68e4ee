using System.Globalization;
using System.Text.Json;

namespace EdgeHub.Rules.Benefit;

/// <summary>The envelope of a policy book: who says it, for which days, known since when; the rows still as text.</summary>
/// <param name="Rows">A CSV table: a header, then a row each.</param>
/// <param name="Covers">Cases that must match on every day, by the key columns that they name.</param>
internal sealed record PolicyEnvelope(
    string Id, int Version, string Region, Currency Currency, DateRange Effective, DateOnly KnownFrom, string Source,
    string Rows, IReadOnlyList<IReadOnlyDictionary<string, string>> Covers)
{
    private const int MaxTextCharacters = 200;
    private static readonly string[] Names = ["id", "version", "region", "currency", "first", "last", "knownFrom", "source", "note", "covers", "rows"];

    /// <summary>The envelope, or null where anything in it is faulty.</summary>
    public static PolicyEnvelope? Read(JsonElement root, List<Fault> faults)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new Fault(Codes.BadJson, "book", root.ValueKind.ToString(), "a JSON object"));
            return null;
        }
        foreach (var property in root.EnumerateObject().Where(p => !Names.Contains(p.Name, StringComparer.Ordinal)))
        {
            faults.Add(new Fault(Codes.UnknownCode, property.Name, Shown(property.Value), $"no property but {string.Join(", ", Names)}"));
        }
        var reader = new Reader(root, faults);
        var id = reader.Code("id");
        var region = reader.Code("region");
        var version = reader.Version();
        var currency = reader.Currency();
        var first = reader.Day("first");
        var last = reader.DayOrOpen("last");
        var knownFrom = reader.Day("knownFrom");
        var source = reader.Text("source");
        var rows = reader.Rows();
        var covers = reader.Covers();
        if (last < first)
        {
            faults.Add(new Fault(Codes.BadDate, "last", Article.Written(last), $"not before {Article.Written(first)}"));
        }
        return faults.Count > 0
            ? null
            : new PolicyEnvelope(id, version, region, currency, DateRange.Inclusive(first, last), knownFrom, source, rows, covers);
    }

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 60 } longer ? longer[..60] : value.GetRawText();

    private sealed class Reader(JsonElement root, List<Fault> faults)
    {
        public string Text(string name)
        {
            var text = root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            if (string.IsNullOrWhiteSpace(text) || text.Length > MaxTextCharacters)
            {
                Wrong(Codes.Missing, name, $"a text of 1 to {MaxTextCharacters} characters");
                return "";
            }
            return text;
        }

        /// <summary>A text that becomes part of keys: no blanks, no slash.</summary>
        public string Code(string name)
        {
            var text = Text(name);
            if (text.AsSpan().ContainsAny(" \t\r\n/"))
            {
                Wrong(Codes.BadCharacter, name, "a code without blanks and slashes");
            }
            return text;
        }

        public int Version()
        {
            if (root.TryGetProperty("version", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0)
            {
                return number;
            }
            Wrong(Codes.BadNumber, "version", "a whole number from 1");
            return 0;
        }

        public Currency Currency()
        {
            var text = Text("currency");
            try
            {
                return EdgeHub.Rules.Currency.Parse(text);
            }
            catch (FaultException wrong)
            {
                faults.Add(wrong.Fault);
                return EdgeHub.Rules.Currency.Cny;
            }
        }

        public DateOnly Day(string name)
        {
            if (root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && PolicyDays.TryRead(value.GetString() ?? "", out var day))
            {
                return day;
            }
            Wrong(Codes.BadDate, name, PolicyDays.Expected);
            return DateOnly.MaxValue;
        }

        /// <summary>Null where the property is missing or null: open.</summary>
        public DateOnly? DayOrOpen(string name) =>
            root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Day(name) : null;

        /// <summary>One text, or a list of lines of which the first is the header.</summary>
        public string Rows()
        {
            if (root.TryGetProperty("rows", out var value))
            {
                if (value.ValueKind == JsonValueKind.String)
                {
                    return value.GetString() ?? "";
                }
                if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String))
                {
                    return string.Concat(value.EnumerateArray().Select(line => line.GetString() + "\n"));
                }
            }
            Wrong(Codes.Missing, "rows", "the rows as a CSV text, or as a list of its lines");
            return "";
        }

        public IReadOnlyList<IReadOnlyDictionary<string, string>> Covers()
        {
            if (!root.TryGetProperty("covers", out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return [];
            }
            if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > PolicyBookReader.MaxCovers)
            {
                Wrong(Codes.BadJson, "covers", $"a list of at most {PolicyBookReader.MaxCovers} cases");
                return [];
            }
            var covers = new List<IReadOnlyDictionary<string, string>>();
            foreach (var cover in value.EnumerateArray())
            {
                covers.Add(Cover(string.Create(CultureInfo.InvariantCulture, $"covers[{covers.Count + 1}]"), cover));
            }
            return covers;
        }

        private Dictionary<string, string> Cover(string place, JsonElement cover)
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            if (cover.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new Fault(Codes.BadJson, place, Shown(cover), "an object of key columns and their values"));
                return cells;
            }
            foreach (var cell in cover.EnumerateObject())
            {
                if (PolicyColumns.Key.Contains(cell.Name, StringComparer.Ordinal) && cell.Value.ValueKind == JsonValueKind.String)
                {
                    cells[cell.Name] = cell.Value.GetString() ?? "";
                }
                else
                {
                    faults.Add(new Fault(Codes.UnknownCode, $"{place}.{cell.Name}", Shown(cell.Value), $"a text under one of {string.Join(", ", PolicyColumns.Key)}"));
                }
            }
            return cells;
        }

        private void Wrong(string code, string name, string expected) =>
            faults.Add(new Fault(code, name, root.TryGetProperty(name, out var value) ? Shown(value) : "", expected));
    }
}
