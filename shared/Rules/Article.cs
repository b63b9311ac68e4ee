using System.Collections;
using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>Where a rule stands: its number in the requirements (Z24), the document, and the clause there (四(三)5).</summary>
public sealed record Article(string Rule, string Document, string Clause)
{
    /// <summary>A value under this article, with the inputs it was made of, so that the sum and its citation cannot drift.</summary>
    /// <remarks>The inputs are values that do not change; their texts are made when somebody reads them.</remarks>
    public Cited<T> Gives<T>(T value, params ReadOnlySpan<(string Name, object? Value)> inputs) =>
        new(value, this, inputs.Length == 0 ? [] : new GivenInputs(inputs.ToArray()));

    public override string ToString() => $"{Rule} ({Clause})";

    /// <summary>A value as it is written in explanations and stored with a decision: invariant, unrounded.</summary>
    public static string Written(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>Lists as inputs: a figure is explained by how many it was made of.</summary>
public static class InputCounts
{
    /// <summary>How many there are, under this name.</summary>
    public static (string Name, object? Value) CountAs<T>(this IReadOnlyCollection<T> list, string name) => (name, list.Count);
}

/// <summary>One named input of a cited value, written as text.</summary>
public sealed record CitedInput(string Name, string Value);

/// <summary>A value with the article that gave it and the inputs it was computed from.</summary>
public sealed record Cited<T>(T Value, Article Article, IReadOnlyList<CitedInput> Inputs)
{
    /// <summary>The same as one line of an explanation, under the field's name for it.</summary>
    public CitedStep As(string name) => new(name, Article, Article.Written(Value), Inputs);
}

/// <summary>One line of an explanation: what was computed, under which article, its value and inputs as text.</summary>
public sealed record CitedStep(string Name, Article Article, string Value, IReadOnlyList<CitedInput> Inputs);

/// <summary>Inputs as they were given, written when they are first read: a sum that is computed again has no reader.</summary>
internal sealed class GivenInputs((string Name, object? Value)[] given) : IReadOnlyList<CitedInput>
{
    private CitedInput[]? _written;

    public int Count => given.Length;
    public CitedInput this[int index] => Written[index];

    private CitedInput[] Written => _written ??= Array.ConvertAll(given, input => new CitedInput(input.Name, Article.Written(input.Value)));

    public IEnumerator<CitedInput> GetEnumerator() => ((IEnumerable<CitedInput>)Written).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
