using System.Collections.Frozen;

namespace EdgeHub.Rules;

/// <summary>Whether the same request can succeed when it is sent again.</summary>
public enum Retry
{
    /// <summary>Not as it is: something in it must be changed first.</summary>
    No,

    /// <summary>At once, or after a question to the person.</summary>
    Yes,

    /// <summary>When something outside has changed: the line is up, the hub has corrected a book, the disk has room.</summary>
    Later,
}

/// <summary>The words for every code of <see cref="Codes"/>, from Texts.csv, in three languages.</summary>
public static class Texts
{
    private static readonly FrozenDictionary<string, CodeText> ByCode = Read();

    /// <summary>All rows, by code.</summary>
    public static IReadOnlyDictionary<string, CodeText> All => ByCode;

    /// <summary>The words for a code.</summary>
    /// <exception cref="ArgumentException">No such code: a fault of the program, not of a person.</exception>
    public static CodeText For(string code) => ByCode.TryGetValue(code, out var text)
        ? text
        : throw new ArgumentException($"Texts.csv has no row for the code {code}.", nameof(code));

    private static FrozenDictionary<string, CodeText> Read()
    {
        string[] staff = [.. Languages.All.Select(language => "staff_" + language)];
        var table = CsvText.Embedded(typeof(Texts).Assembly, "Texts.csv", ["code", "retry", .. Languages.All, .. staff]);
        var texts = new Dictionary<string, CodeText>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var text = new CodeText(
                row.Needed("code"), RetryOf(row), [.. Languages.All.Select(row.Needed)], [.. staff.Select(row.Needed)]);
            if (!texts.TryAdd(text.Code, text))
            {
                throw row.Wrong(Codes.Duplicated, "code", "each code once");
            }
        }
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Retry RetryOf(CsvRow row) => row["retry"] switch
    {
        "no" => Retry.No,
        "yes" => Retry.Yes,
        "later" => Retry.Later,
        _ => throw row.Wrong(Codes.UnknownCode, "retry", "yes, no or later"),
    };
}

/// <summary>The words for one code: what happened and what it means, and what staff may do.</summary>
public sealed class CodeText
{
    private readonly string[] _says;
    private readonly string[] _staffMay;

    internal CodeText(string code, Retry retry, string[] says, string[] staffMay)
    {
        Code = code;
        Retry = retry;
        _says = says;
        _staffMay = staffMay;
    }

    public string Code { get; }

    public Retry Retry { get; }

    /// <summary>What happened and what it means, with the fault's field, value and what would be right filled in, sums as the reader writes them. A personal
    /// value shows its last four characters only: a screen at a counter has onlookers.</summary>
    /// <param name="language">One of <see cref="Languages.All"/>; another is answered in the default one.</param>
    public string Say(string language, Fault fault) => Filled(_says[Place(language)], language, fault);

    /// <summary>What staff may do, as a plain sentence.</summary>
    public string StaffMay(string language) => _staffMay[Place(language)];

    private static int Place(string language)
    {
        for (var i = 0; i < Languages.All.Count; i++)
        {
            if (string.Equals(Languages.All[i], language, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        return 0;
    }

    // One pass, so that a value which itself holds "{expected}" is shown as it was given.
    private static string Filled(string text, string language, Fault fault)
    {
        var filled = new System.Text.StringBuilder(text.Length + 64);
        var from = 0;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', from))
        {
            var close = text.IndexOf('}', open);
            filled.Append(text, from, open - from).Append(text[(open + 1)..close] switch
            {
                "field" => fault.Field,
                "value" => Sums.InText(language, fault.ShownValue),
                "expected" => Sums.InText(language, Expectations.In(language, fault.Expected)),
                var other => throw new InvalidOperationException($"Texts.csv has an unknown placeholder {{{other}}}."),
            });
            from = close + 1;
        }
        return filled.Append(text, from, text.Length - from).ToString();
    }
}
