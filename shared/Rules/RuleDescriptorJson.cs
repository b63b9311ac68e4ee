using System.Globalization;
using System.Text.Json;

namespace EdgeHub.Rules;

/// <summary>Reads the JSON of a rule's run within bounds: size, depth, rows, text. Collects every fault with field, value and
/// what would be right, and throws them together.</summary>
internal sealed class RuleDescriptorJson(RuleDescriptor rule, SchemeParameters? book)
{
    private static readonly string[] Known = ["rule", "title", "article", "document", "units", "day", "knownOn", "inputs"];
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private readonly List<Fault> _faults = [];

    /// <exception cref="FaultException">Every fault that was found.</exception>
    public RuleInputs Read(string json)
    {
        if (json.Length > RuleDescriptor.MaxCharacters)
        {
            throw new FaultException(new Fault(Codes.TooLong, "json", RuleInputs.Shown(json), $"at most {RuleDescriptor.MaxCharacters} characters"));
        }
        using var document = Parse(json);
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object)
        {
            throw new FaultException(new Fault(Codes.BadJson, "json", RuleInputs.Shown(json), "an object with inputs, as the template"));
        }
        RefuseUnknown(root, Known, "");
        if (root.TryGetProperty("rule", out var name) && !(name.ValueKind is JsonValueKind.String && name.GetString() == rule.Name))
        {
            _faults.Add(new Fault(Codes.UnknownCode, "rule", RuleInputs.Shown(name.GetRawText()), rule.Name));
        }
        var parameters = Parameters(root);
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        if (!root.TryGetProperty("inputs", out var inputs) || inputs.ValueKind is not JsonValueKind.Object)
        {
            _faults.Add(new Fault(Codes.Missing, "inputs", "", "an object with the rule's inputs, as the template"));
        }
        else
        {
            values = Object(rule.Inputs, inputs, "inputs.", parameters);
        }
        return _faults.Count > 0 ? throw new FaultException(_faults) : new RuleInputs(values);
    }

    private Dictionary<string, object> Object(IReadOnlyList<RuleInput> described, JsonElement from, string path, ParametersOn? parameters)
    {
        RefuseUnknown(from, [.. described.Select(i => i.Key)], path);
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var input in described)
        {
            var given = from.TryGetProperty(input.Key, out var element) && element.ValueKind is not JsonValueKind.Null;
            var value = given ? Value(input, element, path + input.Key) : Default(input, path + input.Key, parameters);
            if (value is not null)
            {
                values[input.Name] = value;
            }
        }
        return values;
    }

    private object? Value(RuleInput input, JsonElement element, string field)
    {
        if (input.Type is RuleInputType.List)
        {
            return Rows(input, element, field);
        }
        var isNumber = element.ValueKind is JsonValueKind.Number && input.Type is RuleInputType.Rate or RuleInputType.Number or RuleInputType.Count;
        if (element.ValueKind is not JsonValueKind.String && !isNumber)
        {
            _faults.Add(new Fault(CodeOf(input.Type), field, RuleInputs.Shown(element.GetRawText()), input.Expected));
            return null;
        }
        try
        {
            return RuleInputs.Parse(input, element.ValueKind is JsonValueKind.String ? element.GetString()! : element.GetRawText(), field);
        }
        catch (FaultException wrong)
        {
            // Kept, and thrown with the others once all inputs are read.
            _faults.AddRange(wrong.Faults);
            return null;
        }
    }

    private List<RuleInputs>? Rows(RuleInput input, JsonElement element, string field)
    {
        if (element.ValueKind is not JsonValueKind.Array || element.GetArrayLength() > RuleInputs.MaxRows)
        {
            _faults.Add(new Fault(element.ValueKind is JsonValueKind.Array ? Codes.TooMany : Codes.BadJson, field, RuleInputs.Shown(element.GetRawText()), input.Expected));
            return null;
        }
        var rows = new List<RuleInputs>();
        foreach (var row in element.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{field}[{rows.Count}]");
            if (row.ValueKind is JsonValueKind.Object)
            {
                rows.Add(new RuleInputs(Object(input.Columns, row, at + ".", null)));
            }
            else
            {
                _faults.Add(new Fault(Codes.BadJson, at, RuleInputs.Shown(row.GetRawText()), "an object, as in the template"));
                rows.Add(new RuleInputs(new Dictionary<string, object>()));
            }
        }
        return rows;
    }

    private object? Default(RuleInput input, string field, ParametersOn? parameters)
    {
        if (input.Parameter is null)
        {
            if (input.Required)
            {
                _faults.Add(new Fault(Codes.Missing, field, "", input.Expected));
            }
            return input.Type is RuleInputType.List && !input.Required ? new List<RuleInputs>() : null;
        }
        if (parameters is null)
        {
            _faults.Add(new Fault(Codes.Missing, field, "", $"a value, or a day on which the parameter {input.Parameter} holds"));
            return null;
        }
        try
        {
            return input.Type switch
            {
                RuleInputType.Money => parameters.Amount(input.Parameter),
                RuleInputType.Rate => parameters.Share(input.Parameter),
                RuleInputType.Count => parameters.Count(input.Parameter),
                RuleInputType.Number => parameters.Number(input.Parameter),
                RuleInputType.Day => parameters.DayOf(input.Parameter),
                _ => parameters.Text(input.Parameter),
            };
        }
        catch (Exception gap) when (gap is RuleGap or RuleConflict)
        {
            // A gap or conflict of parameters is the caller's to see beside the other faults.
            _faults.Add(new Fault(Codes.Missing, field, "", $"a value: {gap.Message}"));
            return null;
        }
    }

    private ParametersOn? Parameters(JsonElement root)
    {
        var day = Day(root, "day");
        var known = Day(root, "knownOn") ?? day;
        return rule.Scheme is null || day is null ? null : (book ?? SchemeParameters.Shipped(rule.Scheme)).On(day.Value, known!.Value);
    }

    private DateOnly? Day(JsonElement root, string name) =>
        root.TryGetProperty(name, out var element) && element.ValueKind is not JsonValueKind.Null
            ? (DateOnly?)Value(RuleInput.Day(name, "2025-01-01"), element, name)
            : null;

    private void RefuseUnknown(JsonElement from, IReadOnlyList<string> known, string path)
    {
        foreach (var property in from.EnumerateObject().Where(p => !known.Contains(p.Name, StringComparer.Ordinal)))
        {
            _faults.Add(new Fault(Codes.UnknownCode, Named(path, property.Name), RuleInputs.Shown(property.Value.GetRawText()), "one of " + string.Join(", ", known)));
        }
    }

    /// <summary>A property may have an empty name.</summary>
    private static string Named(string path, string name) => path + (name.Length > 0 ? RuleInputs.Shown(name) : "\"\"");

    private static string CodeOf(RuleInputType type) => type switch
    {
        RuleInputType.Money => Codes.BadAmount,
        RuleInputType.Rate => Codes.BadRate,
        RuleInputType.Day or RuleInputType.Moment => Codes.BadDate,
        RuleInputType.Text => Codes.BadJson,
        _ => Codes.BadNumber,
    };

    private static JsonDocument Parse(string json)
    {
        try
        {
            var document = JsonDocument.Parse(json, Strict);
            if (JsonWhole.Holds(document.RootElement))
            {
                return document;
            }
            document.Dispose();
        }
        catch (JsonException wrong)
        {
            throw new FaultException(new Fault(
                Codes.BadJson, "json", RuleInputs.Shown(json),
                string.Create(CultureInfo.InvariantCulture, $"JSON as the template; line {(wrong.LineNumber ?? 0) + 1}, byte {(wrong.BytePositionInLine ?? 0) + 1}: {wrong.Message.Split(" LineNumber")[0]}")));
        }
        catch (InvalidOperationException)
        {
            // A property's name is half a character: the parser compares names and meets it.
        }
        throw new FaultException(new Fault(Codes.BadCharacter, "json", "", "JSON as the template"));
    }
}
