using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>The inputs of one run of a rule, read and within bounds. Asking for a name that the descriptor does not have, or
/// with another type, is a mistake in the descriptor and throws.</summary>
public sealed class RuleInputs(IReadOnlyDictionary<string, object> values)
{
    public const int MaxRows = 1_000;
    public const int MaxTextCharacters = 200;

    private static readonly string[] MomentForms = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>By the input's name; what was left out and has no default is absent.</summary>
    public IReadOnlyDictionary<string, object> Values { get; } = values;

    public bool Has(string name) => Values.ContainsKey(name);

    public Money Money(string name) => (Money)Values[name];

    public Money? MoneyOrNone(string name) => Has(name) ? Money(name) : null;

    public Rate Rate(string name) => (Rate)Values[name];

    public decimal Number(string name) => (decimal)Values[name];

    public long Count(string name) => (long)Values[name];

    public DateOnly Day(string name) => (DateOnly)Values[name];

    public DateOnly? DayOrNone(string name) => Has(name) ? Day(name) : null;

    public DateTimeOffset Moment(string name) => (DateTimeOffset)Values[name];

    public DateTimeOffset? MomentOrNone(string name) => Has(name) ? Moment(name) : null;

    public string Text(string name) => (string)Values[name];

    public bool Yes(string name) => Text(name) == "yes";

    /// <summary>A whole number that an input's bounds keep within an int.</summary>
    public int Whole(string name) => checked((int)Count(name));

    public T Word<T>(string name) where T : struct, Enum => Enum.Parse<T>(Text(name));

    public IReadOnlyList<RuleInputs> List(string name) => (IReadOnlyList<RuleInputs>)Values[name];

    /// <summary>Reads one input that is no list from its text.</summary>
    /// <exception cref="FaultException">Not of the input's type, or outside its bounds.</exception>
    internal static object Parse(RuleInput input, string text, string field)
    {
        switch (input.Type)
        {
            case RuleInputType.Money:
                var amount = Amount(input, text, field);
                return amount.Major >= input.Lowest && amount.Major <= input.Highest ? amount : throw Wrong(Codes.BadAmount);
            case RuleInputType.Rate:
                return new Rate(Bounded(Codes.BadRate, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint));
            case RuleInputType.Number:
                return Bounded(Codes.BadNumber, NumberStyles.AllowDecimalPoint);
            case RuleInputType.Count:
                return (long)Bounded(Codes.BadNumber, NumberStyles.None);
            case RuleInputType.Day:
                return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && InBounds(day.Year) ? day : throw Wrong(Codes.BadDate);
            case RuleInputType.Moment:
                return DateTimeOffset.TryParseExact(text, MomentForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && InBounds(moment.Year) ? moment : throw Wrong(Codes.BadDate);
            default:
                var known = input.Choices.Count == 0 || input.Choices.Contains(text, StringComparer.Ordinal);
                return text.Length > MaxTextCharacters ? throw Wrong(Codes.TooLong) : known ? text : throw Wrong(Codes.UnknownCode);
        }

        decimal Bounded(string code, NumberStyles styles) =>
            decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out var number) && number >= input.Lowest && number <= input.Highest
                ? number
                : throw Wrong(code);

        FaultException Wrong(string code) => new(new Fault(code, field, Shown(text), input.Expected));
    }

    /// <summary>Years from which every rule can count months and days on and back.</summary>
    private static bool InBounds(int year) => year is >= RuleInput.FirstYear and <= RuleInput.LastYear;

    /// <summary>The first characters of what was given, for a fault.</summary>
    internal static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static Money Amount(RuleInput input, string text, string field)
    {
        try
        {
            return EdgeHub.Rules.Money.Parse(text, Currency.Parse(input.Unit), field);
        }
        catch (FaultException fault)
        {
            // The same fault, with this input's own bounds and example.
            throw new FaultException(fault.Fault with { Value = Shown(text), Expected = input.Expected });
        }
    }
}
