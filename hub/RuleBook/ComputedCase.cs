using System.Text.Json;
using EdgeHub.Rules;

namespace EdgeHub.Hub.RuleBook;

/// <summary>One rule computed with its own example: the inputs as used, the result and the cited steps, as hub calculate gives them.</summary>
public static class ComputedCase
{
    public static void Write(HtmlText html, BookWords words, RuleDescriptor rule)
    {
        using var run = JsonDocument.Parse(rule.Run(rule.Template()));
        html.In("section", () =>
        {
            html.In("h5", () => html.Text(rule.Title.In(words.Language)).Text(" ").Leaf("code", "", rule.Name));
            html.Leaf("p", "other-languages", string.Join(" · ", Languages.All.Where(each => each != words.Language).Select(rule.Title.In)));
            Inputs(html, words, rule.Inputs, run.RootElement.GetProperty("inputs"));
            html.Leaf("p", "label", words["result"]);
            Values(html, words, run.RootElement.GetProperty("result"));
            BookTable.Write(html, "steps", [words["step"], words["clause"], words["from"], words["value"]],
                [.. run.RootElement.GetProperty("steps").EnumerateArray().Select(step => (IReadOnlyList<string>)
                    [Text(words, step.GetProperty("name")), $"{Text(words, step.GetProperty("article"))} {Text(words, step.GetProperty("clause"))}",
                     string.Join("; ", step.GetProperty("inputs").EnumerateObject().Select(input => $"{input.Name} {Text(words, input.Value)}")), Text(words, step.GetProperty("value"))])]);
            html.In("p", () => html.Text(words["try"]).Text(" ").Leaf("code", "", $"hub calculate {rule.Name} --template"), ("class", "try"));
        }, ("class", "case"), ("id", rule.Name));
    }

    private static void Inputs(HtmlText html, BookWords words, IReadOnlyList<RuleInput> described, JsonElement used)
    {
        var single = described.Where(input => input.Type is not RuleInputType.List).ToList();
        if (single.Count > 0)
        {
            var hasDefaults = single.Any(input => input.Parameter is not null);
            BookTable.Write(html, "inputs", [words["input"], words["value"], words["unit"], .. hasDefaults ? [words["default"]] : Array.Empty<string>()],
                [.. single.Select(input => (IReadOnlyList<string>)
                    [input.Key, used.TryGetProperty(input.Key, out var value) ? Text(words, value) : words["left-out"], Unit(words, input), .. hasDefaults ? [input.Parameter ?? ""] : Array.Empty<string>()])]);
        }
        foreach (var list in described.Where(input => input.Type is RuleInputType.List))
        {
            html.Leaf("p", "list-name", list.Key);
            var columns = list.Columns.Select(column => column.Key).ToList();
            var rows = used.TryGetProperty(list.Key, out var given)
                ? given.EnumerateArray().Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row.TryGetProperty(column, out var cell) ? Text(words, cell) : "")]).ToList()
                : [];
            BookTable.Write(html, "inputs", columns, rows);
        }
    }

    /// <summary>Single values as pairs, then each list as a table of its own.</summary>
    private static void Values(HtmlText html, BookWords words, JsonElement result)
    {
        var single = result.EnumerateObject().Where(each => each.Value.ValueKind is not JsonValueKind.Array).Select(each => (each.Name, Text(words, each.Value))).ToList();
        if (single.Count > 0)
        {
            html.In("div", () => BookTable.Pairs(html, single), ("class", "result"));
        }
        foreach (var list in result.EnumerateObject().Where(each => each.Value.ValueKind is JsonValueKind.Array))
        {
            html.Leaf("p", "list-name", list.Name);
            var columns = list.Value.EnumerateArray().SelectMany(row => row.EnumerateObject().Select(each => each.Name)).Distinct().ToList();
            BookTable.Write(html, "inputs", columns.Count > 0 ? columns : ["–"],
                [.. list.Value.EnumerateArray().Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row.TryGetProperty(column, out var cell) ? Text(words, cell) : "")])]);
        }
    }

    private static string Unit(BookWords words, RuleInput input) => input.Choices.Count > 0
        ? string.Join(", ", input.Choices)
        : words.Or("unit." + (input.Type is RuleInputType.Rate ? "share" : input.Unit), input.Unit);

    private static string Text(BookWords words, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "–",
        JsonValueKind.True => words["yes"],
        JsonValueKind.False => words["no"],
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(" | ", value.EnumerateArray().Select(each => Text(words, each))),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(each => $"{each.Name} {Text(words, each.Value)}")),
        _ => value.GetRawText(),
    };
}
