using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>Input of the right structure with hostile values in it: what gets past the outer checks and meets the inner ones.</summary>
internal sealed class Hostile(Mutation chance)
{
    private const string Mark = "§";
    private const int MostText = 1 << 20;
    private static readonly string[] Numbers =
    [
        "0", "-1", "-0", "1", "0.1", "0.5", "1.005", "1E-30", "1e400", "-1e400", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "79228162514264337593543950335", "-79228162514264337593543950335", "79228162514264337593543950336", "0.0000000000000000000000000001", "99999999999999999999999999999999999999999999",
        "20250230", "100000000000", "1000000000000000", "13", "366", "65536",
    ];

    private static readonly string[] Strings =
    [
        "", " ", "\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800", "\\ud83d\\ude00", "𠮷", "\\u202e", "\\r\\n", "\\\"", "\\\\", "null", "NaN", "Infinity", "-1.00", "1,000.00", "1e9", "１２", "٣", "ﬀ",
        "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-30", "2024-02-29", "-0001-01-01", "2025-03-05T01:02:03.004Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "2025-03-05T00:00:00+14:00",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "../../../../etc/passwd", "'; drop table entry; --", "=1+1", "<script>", "%00", "530924", "CNY", "XXX", "*", "*:0.5", "A1", "P1",
        "99999999999999999999", "-9223372036854775808", "79228162514264337593543950335",
    ];

    public byte[] Of(Shape shape, byte[] good) => shape switch
    {
        Shape.Json => Json(good),
        Shape.Csv => Csv(good),
        _ => good,
    };

    private byte[] Json(byte[] good)
    {
        var text = Encoding.UTF8.GetString(good);
        var root = JsonNode.Parse(text)!;
        for (var times = 1 + chance.Next(3); times > 0; times--)
        {
            var places = new List<(JsonNode Parent, string Key, int At)>();
            Walk(root, places);
            if (places.Count > 0)
            {
                Alter(places[chance.Next(places.Count)]);
            }
        }
        return Encoding.UTF8.GetBytes(Unmarked(root.ToJsonString(Relaxed)) + (text.EndsWith('\n') ? "\n" : ""));
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    private static void Walk(JsonNode? node, List<(JsonNode Parent, string Key, int At)> places)
    {
        if (node is JsonObject dictionary)
        {
            foreach (var (key, value) in dictionary)
            {
                places.Add((dictionary, key, -1));
                Walk(value, places);
            }
        }
        else if (node is JsonArray list)
        {
            for (var at = 0; at < list.Count; at++)
            {
                places.Add((list, "", at));
                Walk(list[at], places);
            }
        }
    }

    private void Alter((JsonNode Parent, string Key, int At) place)
    {
        var old = place.At < 0 ? place.Parent[place.Key] : place.Parent[place.At];
        var isNumber = old is JsonValue value && value.GetValueKind() == JsonValueKind.Number;
        switch (chance.Next(12))
        {
            case 0 when place.Parent is JsonObject dictionary:
                dictionary.Remove(place.Key);
                return;
            case 1 when place.Parent is JsonObject dictionary:
                dictionary[$"{Mark}key{Mark}{place.Key}"] = old?.DeepClone();
                return;
            case 2 when place.Parent is JsonObject dictionary:
                dictionary[$"later{chance.Next(4)}"] = old?.DeepClone();
                return;
            case 3 when place.Parent is JsonArray list:
                Repeat(list, old);
                return;
            case 4:
                Put(place, JsonValue.Create(Marked(Deep())));
                return;
            case 5:
                Put(place, JsonValue.Create(Marked(chance.Next(3) switch { 0 => "null", 1 => "[]", _ => "{}" })));
                return;
            case 6:
                Put(place, JsonValue.Create(Marked('"' + new string("a长"[chance.Next(2)], 1 << chance.Next(18)) + '"')));
                return;
            default:
                var asNumber = chance.Next(5) == 0 ? !isNumber : isNumber;
                Put(place, JsonValue.Create(Marked(asNumber ? Numbers[chance.Next(Numbers.Length)] : '"' + Strings[chance.Next(Strings.Length)] + '"')));
                return;
        }
    }

    private static void Put((JsonNode Parent, string Key, int At) place, JsonNode? value)
    {
        if (place.At < 0)
        {
            place.Parent[place.Key] = value;
        }
        else
        {
            place.Parent[place.At] = value;
        }
    }

    private void Repeat(JsonArray list, JsonNode? item)
    {
        var most = MostText / Math.Max(16, item?.ToJsonString().Length ?? 4);
        for (var left = Math.Min(most, 1 << chance.Next(15)); left > 0; left--)
        {
            list.Add(item?.DeepClone());
        }
    }

    private string Deep()
    {
        var depth = 1 << chance.Next(12);
        return chance.Next(2) == 0
            ? new string('[', depth) + "1" + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    /// <summary>A value as it shall stand in the text: what no writer of JSON would write.</summary>
    private static string Marked(string raw) => $"{Mark}raw{Mark}{Convert.ToHexString(Encoding.UTF8.GetBytes(raw))}";

    private static string Unmarked(string json)
    {
        var text = new StringBuilder(json.Replace($"\"{Mark}key{Mark}", "\"", StringComparison.Ordinal));
        json = text.ToString();
        text.Clear();
        var (from, start) = (0, $"\"{Mark}raw{Mark}");
        for (int at; (at = json.IndexOf(start, from, StringComparison.Ordinal)) >= 0;)
        {
            var end = json.IndexOf('"', at + start.Length);
            text.Append(json, from, at - from).Append(Encoding.UTF8.GetString(Convert.FromHexString(json.AsSpan(at + start.Length, end - at - start.Length))));
            from = end + 1;
        }
        return text.Append(json, from, json.Length - from).ToString();
    }

    private byte[] Csv(byte[] good)
    {
        var rows = Encoding.UTF8.GetString(good).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split(',').ToList()).ToList();
        for (var times = 1 + chance.Next(3); times > 0; times--)
        {
            var row = rows[chance.Next(rows.Count)];
            var at = chance.Next(row.Count);
            switch (chance.Next(10))
            {
                case 0:
                    rows.Add([.. row]);
                    break;
                case 1:
                    row.RemoveAt(at);
                    break;
                case 2:
                    row.Insert(at, row[at]);
                    break;
                case 3:
                    row[at] = new string('9', 1 << chance.Next(17));
                    break;
                case 4:
                    row[at] = "\"" + row[at];
                    break;
                case 5:
                    rows.AddRange(Enumerable.Range(0, 1 << chance.Next(11)).Select(_ => new List<string>(row)));
                    break;
                default:
                    row[at] = Cell();
                    break;
            }
            if (row.Count == 0)
            {
                row.Add("");
            }
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => string.Join(',', row))) + "\n") is var bytes && bytes.Length <= MostText ? bytes : bytes[..MostText];
    }

    private string Cell() => chance.Next(3) switch
    {
        0 => Numbers[chance.Next(Numbers.Length)],
        1 => chance.Next(40).ToString(CultureInfo.InvariantCulture) + ".00",
        _ => Strings[chance.Next(Strings.Length)] switch { "\\u0000" => "\0", "\\r\\n" => "\"a\r\nb\"", var word => word },
    };
}
