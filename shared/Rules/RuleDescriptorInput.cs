namespace EdgeHub.Rules;

/// <summary>What an input of a rule is, and so how its text is read.</summary>
public enum RuleInputType { Money, Rate, Number, Count, Day, Moment, Text, List }

/// <summary>One input of a rule as a person gives it: name, type, unit, bounds, default, and the worked example's value.</summary>
/// <param name="Unit">Money: the currency's code. Else the word for a person, for example persons.</param>
/// <param name="Example">The worked example's value as text; a list has <see cref="ExampleRows"/>.</param>
public sealed record RuleInput(string Name, RuleInputType Type, string Unit, string Example)
{
    /// <summary>Days, moments and years that an input takes.</summary>
    public const int FirstYear = 1900;
    public const int LastYear = 2999;

    /// <summary>An input must be given unless it has a <see cref="Parameter"/> or this is false.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Key of the scheme's parameter that stands in where nothing is given; null: none.</summary>
    public string? Parameter { get; init; }

    public decimal Lowest { get; init; }

    public decimal Highest { get; init; }

    /// <summary>Words that are allowed for a text; empty: any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The inputs of each row of a list.</summary>
    public IReadOnlyList<RuleInput> Columns { get; init; } = [];

    /// <summary>The worked example's rows, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ExampleRows { get; init; } = [];

    /// <summary>The name on the wire: an amount says its unit last, for example packageBudgetYuan.</summary>
    public string Key => Type is RuleInputType.Money ? AmountKey(Name, Unit) : Name;

    /// <summary>What would be right, for a person.</summary>
    public string Expected => Type switch
    {
        RuleInputType.Money => $"text with an amount of at most two decimals in {Unit}, from {Article.Written(Lowest)} to {Article.Written(Highest)}, for example \"{Example}\"",
        RuleInputType.Rate => $"a share from {Article.Written(Lowest)} to {Article.Written(Highest)}, for example \"{Example}\"",
        RuleInputType.Number => $"a number of {Unit} from {Article.Written(Lowest)} to {Article.Written(Highest)}, for example \"{Example}\"",
        RuleInputType.Count => $"a whole number of {Unit} from {Article.Written(Lowest)} to {Article.Written(Highest)}, for example {Example}",
        RuleInputType.Day => $"a day from {FirstYear} to {LastYear}, for example {Example}",
        RuleInputType.Moment => $"a time with its offset from {FirstYear} to {LastYear}, for example {Example}",
        RuleInputType.List => $"a list of at most {RuleInputs.MaxRows} rows",
        _ => Choices.Count > 0 ? "one of " + string.Join(", ", Choices) : $"text of at most {RuleInputs.MaxTextCharacters} characters, for example \"{Example}\"",
    };

    /// <summary>An amount; as a rule zero or more and at most 100 billion, so that no product of two overflows.</summary>
    public static RuleInput Money(string name, string example) =>
        new(name, RuleInputType.Money, "CNY", example) { Highest = 100_000_000_000m };

    public static RuleInput Rate(string name, string example) => new(name, RuleInputType.Rate, "share", example) { Highest = 1m };

    public static RuleInput Number(string name, string unit, string example, decimal highest) =>
        new(name, RuleInputType.Number, unit, example) { Highest = highest };

    public static RuleInput Count(string name, string unit, string example, long highest) =>
        new(name, RuleInputType.Count, unit, example) { Highest = highest };

    public static RuleInput Year(string name, string example) => new(name, RuleInputType.Count, "year", example) { Lowest = FirstYear, Highest = LastYear };

    public static RuleInput Day(string name, string example) => new(name, RuleInputType.Day, "day", example);

    /// <summary>A moment with its offset from UTC, to the minute or second.</summary>
    public static RuleInput Moment(string name, string example) => new(name, RuleInputType.Moment, "time", example);

    /// <summary>A yes or no.</summary>
    public static RuleInput Yes(string name, string example) => new(name, RuleInputType.Text, "word", example) { Choices = ["yes", "no"] };

    /// <summary>An amount in another currency than the yuan.</summary>
    public static RuleInput Money(string name, string example, Currency currency) => Money(name, example) with { Unit = currency.Code };

    public static RuleInput Text(string name, string example) => new(name, RuleInputType.Text, "text", example);

    public static RuleInput Word<T>(string name, T example) where T : struct, Enum =>
        new(name, RuleInputType.Text, "word", example.ToString()) { Choices = Enum.GetNames<T>() };

    public static RuleInput List(string name, IReadOnlyList<RuleInput> columns, params IReadOnlyList<IReadOnlyList<string>> exampleRows) =>
        new(name, RuleInputType.List, "rows", "") { Columns = columns, ExampleRows = exampleRows };

    /// <summary>The same with a parameter of the scheme as its default.</summary>
    public RuleInput Or(string parameter) => this with { Parameter = parameter, Required = false };

    /// <summary>The same, but it may be left out.</summary>
    public RuleInput Optional() => this with { Required = false };

    /// <summary>A name with the currency's unit last.</summary>
    internal static string AmountKey(string name, string currency) => name + currency switch
    {
        "CNY" => "Yuan",
        "SEK" => "Kronor",
        "GBP" => "Pounds",
        _ => throw new ArgumentException($"No word for the unit of {currency}.", nameof(currency)),
    };
}
