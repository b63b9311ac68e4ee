using System.Text.Json;

namespace EdgeHub.Rules;

/// <summary>One named value of a rule's result: an amount, a rate, a number, a day, a word, a truth, null for none, or a list of rows.</summary>
public sealed record RuleValue(string Name, object? Value);

/// <summary>One row of a list in a rule's result.</summary>
public sealed record RuleRow(IReadOnlyList<RuleValue> Values);

/// <summary>What a rule gives: its values and the steps that gave them, each with its article and inputs.</summary>
public sealed record RuleResult(IReadOnlyList<RuleValue> Values, IReadOnlyList<CitedStep> Steps)
{
    /// <summary>A single value under one article.</summary>
    public static RuleResult Of<T>(string name, Cited<T> cited) => new([new RuleValue(name, cited.Value)], [cited.As(name)]);

    /// <summary>Several values of one cited record; its step names them one after the other.</summary>
    public static RuleResult Of<T>(string step, Cited<T> cited, params IReadOnlyList<RuleValue> values) =>
        new(values, [cited.As(step) with { Value = Told(values) }]);

    /// <summary>Writes the values: amounts as text in major units under a name that says so, rates as text, whole numbers as numbers.</summary>
    internal static void Write(Utf8JsonWriter json, IReadOnlyList<RuleValue> values)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(value is Money amount ? RuleInput.AmountKey(name, amount.Currency.Code) : name);
            WriteValue(json, value);
        }
        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, IReadOnlyList<CitedStep> steps)
    {
        json.WriteStartArray();
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            json.WriteString("article", step.Article.Rule);
            json.WriteString("clause", step.Article.Clause);
            json.WriteString("value", step.Value);
            json.WriteStartObject("inputs");
            foreach (var input in step.Inputs)
            {
                json.WriteString(input.Name, input.Value);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Told(IReadOnlyList<RuleValue> values) => string.Join("; ", values.Select(each => each.Value is IReadOnlyList<RuleRow> rows
        ? string.Join(" | ", rows.Select(row => Told(row.Values)))
        : $"{each.Name} {Article.Written(each.Value)}".TrimEnd()));

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case Money amount:
                json.WriteStringValue(MajorText(amount));
                break;
            case Rate rate:
                json.WriteStringValue(Article.Written(rate.Value));
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case IReadOnlyList<RuleRow> rows:
                json.WriteStartArray();
                foreach (var row in rows)
                {
                    Write(json, row.Values);
                }
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Article.Written(value));
                break;
        }
    }

    internal static string MajorText(Money amount) => amount.Major.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
