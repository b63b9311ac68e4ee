using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

/// <summary>Whatever stands within an input's bounds is computed or refused by name, never a fault of the program: each input of
/// every rule is tried at its ends, each list empty, and each column of its first row at its ends.</summary>
public sealed class RuleDescriptorBoundsTests
{
    public static TheoryData<string> Names => [.. RuleCatalogue.All.Select(rule => rule.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Run_EachInputAtItsEnds_IsComputedOrRefused(string name)
    {
        var rule = RuleCatalogue.Find(name)!;
        foreach (var input in rule.Inputs)
        {
            if (input.Type is RuleInputType.List)
            {
                Try(rule, inputs => inputs[input.Key] = new JsonArray());
                foreach (var (column, value) in input.Columns.SelectMany(column => Ends(column).Select(value => (column, value))))
                {
                    Try(rule, inputs => inputs[input.Key]!.AsArray().FirstOrDefault()?.AsObject().Remove(column.Key), inputs => Set(inputs[input.Key]!.AsArray().FirstOrDefault(), column, value));
                }
            }
            foreach (var value in Ends(input))
            {
                Try(rule, inputs => Set(inputs, input, value));
            }
        }
    }

    private static void Set(JsonNode? row, RuleInput input, string value)
    {
        if (row is not null)
        {
            row[input.Key] = input.Type is RuleInputType.Count ? JsonValue.Create(long.Parse(value, CultureInfo.InvariantCulture)) : JsonValue.Create(value);
        }
    }

    private static void Try(RuleDescriptor rule, params Action<JsonNode>[] changes)
    {
        var json = JsonNode.Parse(rule.Template())!;
        foreach (var change in changes)
        {
            change(json["inputs"]!);
        }
        try
        {
            Assert.NotEmpty(rule.Run(json.ToJsonString()));
        }
        catch (FaultException refused)
        {
            Assert.All(refused.Faults, fault => Assert.NotEmpty(fault.Expected));
        }
    }

    private static IEnumerable<string> Ends(RuleInput input) => input.Type switch
    {
        RuleInputType.Money => [Written(input.Lowest, "0.00"), Written(input.Highest, "0.00")],
        RuleInputType.Rate or RuleInputType.Number => [Written(input.Lowest, "0.############"), Written(input.Highest, "0.############")],
        RuleInputType.Count => [Written(input.Lowest, "0"), Written(input.Highest, "0")],
        RuleInputType.Day => ["0001-01-01", "1900-01-01", "2024-02-29", "2999-12-31", "9999-12-31"],
        RuleInputType.Moment => ["0001-01-01T00:00+00:00", "1900-01-01T00:00+14:00", "2999-12-31T23:59:59-14:00", "9999-12-31T23:59:59+00:00"],
        RuleInputType.Text => input.Choices.Count > 0 ? input.Choices : ["", " ", new string('9', RuleInputs.MaxTextCharacters)],
        _ => [],
    };

    private static string Written(decimal number, string form) => number.ToString(form, CultureInfo.InvariantCulture);
}
