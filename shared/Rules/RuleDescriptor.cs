using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHub.Rules;

/// <summary>The same words in the three languages of the product.</summary>
public sealed record LocalText(string Chinese, string Swedish, string English)
{
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    public string In(string language) => language switch
    {
        Languages.Swedish => Swedish,
        Languages.English => English,
        _ => Chinese,
    };
}

/// <summary>A rule as a person can try it: its name, its articles, its inputs and its function. One descriptor gives the
/// command line's calculation, its template, its HTTP endpoint and its page in the rule book.</summary>
/// <param name="Name">Stable, for example county.annual-clearing.</param>
/// <param name="Articles">The first is the one by whose number the rule can be asked for.</param>
/// <param name="Compute">From inputs that were read and lie within bounds.</param>
public sealed record RuleDescriptor(
    string Name, LocalText Title, IReadOnlyList<Article> Articles, IReadOnlyList<RuleInput> Inputs, Func<RuleInputs, RuleResult> Compute)
{
    /// <summary>Characters that a run's JSON may have.</summary>
    public const int MaxCharacters = 1_048_576;

    /// <summary>Day of the template, for which parameters stand in.</summary>
    private const string ExampleDay = "2025-01-01";

    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Scheme whose parameters stand in for what is left out, for example CountyPackage; null: none.</summary>
    public string? Scheme { get; init; }

    /// <summary>JSON that <see cref="Run"/> takes, filled with the worked example; amounts are text in major units.</summary>
    public string Template() => Json(json =>
    {
        WriteHead(json);
        json.WriteStartObject("units");
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (list, input) in Inputs.SelectMany(i => i.Columns.Select(column => (i.Key, column)).Prepend((i.Key, i))))
        {
            // Two lists may have columns of one name: the second says whose it is.
            json.WriteString(named.Add(input.Key) ? input.Key : $"{list}.{input.Key}", input.Expected + (input.Parameter is null ? input.Required ? "" : "; may be left out" : $"; left out: parameter {input.Parameter}"));
        }
        json.WriteEndObject();
        if (Inputs.Any(i => i.Parameter is not null))
        {
            json.WriteString("day", ExampleDay);
            json.WriteString("knownOn", ExampleDay);
        }
        json.WriteStartObject("inputs");
        foreach (var input in Inputs)
        {
            json.WritePropertyName(input.Key);
            WriteExample(json, input);
        }
        json.WriteEndObject();
    });

    /// <summary>Reads the inputs, computes, and writes rule, article, inputs as used, result and cited steps.</summary>
    /// <param name="json">As <see cref="Template"/> gives it.</param>
    /// <param name="book">The region's parameters; null: those that the scheme ships.</param>
    /// <exception cref="FaultException">Every fault of the JSON and its values, or what the rule itself refuses.</exception>
    public string Run(string json, SchemeParameters? book = null)
    {
        var inputs = new RuleDescriptorJson(this, book).Read(json);
        var result = Computed(inputs);
        return Json(to =>
        {
            WriteHead(to);
            to.WritePropertyName("inputs");
            RuleResult.Write(to, Echo(Inputs, inputs));
            to.WritePropertyName("result");
            RuleResult.Write(to, result.Values);
            to.WritePropertyName("steps");
            RuleResult.Write(to, result.Steps);
        });
    }

    private RuleResult Computed(RuleInputs inputs)
    {
        try
        {
            return Compute(inputs);
        }
        catch (FaultException refused)
        {
            // A rule names its input by name; the caller wrote it under its key.
            throw new FaultException([.. refused.Faults.Select(f => f with { Field = Inputs.FirstOrDefault(i => i.Name == f.Field)?.Key ?? f.Field })]);
        }
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteString("rule", Name);
        json.WriteString("title", Title.English);
        json.WriteString("article", string.Join(", ", Articles));
        json.WriteString("document", Articles[0].Document);
    }

    private static List<RuleValue> Echo(IReadOnlyList<RuleInput> described, RuleInputs inputs) =>
        [.. described.Where(i => inputs.Has(i.Name)).Select(i => new RuleValue(i.Name, i.Type is RuleInputType.List
            ? inputs.List(i.Name).Select(row => new RuleRow(Echo(i.Columns, row))).ToList()
            : inputs.Values[i.Name]))];

    private static void WriteExample(Utf8JsonWriter json, RuleInput input)
    {
        if (input.Type is not RuleInputType.List)
        {
            WriteText(json, input, input.Example);
            return;
        }
        json.WriteStartArray();
        foreach (var row in input.ExampleRows)
        {
            json.WriteStartObject();
            for (var i = 0; i < input.Columns.Count; i++)
            {
                json.WritePropertyName(input.Columns[i].Key);
                WriteText(json, input.Columns[i], row[i]);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, RuleInput input, string text)
    {
        if (text.Length == 0 && !input.Required)
        {
            json.WriteNullValue();
        }
        else if (input.Type is RuleInputType.Count)
        {
            json.WriteRawValue(text);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Written))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
