using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>One value of one parameter: how it is written, its unit, when it holds, from when it was known, where it stands,
/// and when somebody last checked it.</summary>
/// <param name="Unit">share (0.02 is 2 %), count, number, day, text, or a currency's code for an amount in major units.</param>
/// <param name="Article">As cited: Z7 (四(一)2(1)).</param>
public sealed record ParameterRow(
    string Key, string Value, string Unit, DateRange Valid, DateOnly KnownFrom, string Article, DateOnly CheckedOn, string Note);

/// <summary>A scheme's parameters: what the document or a default gives as a number, with its days. A scheme ships its own as
/// parameters.csv.</summary>
public sealed class SchemeParameters
{
    /// <summary>Rows that a book may hold, far above need.</summary>
    public const int MaxRows = 5_000;

    private static readonly string[] Columns = ["key", "value", "unit", "first day", "last day", "known from", "article", "checked on", "note"];

    private readonly Dictionary<string, Dated<ParameterRow>> _byKey;

    private SchemeParameters(IReadOnlyList<ParameterRow> rows)
    {
        Rows = rows;
        _byKey = rows.GroupBy(r => r.Key, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => new Dated<ParameterRow>(g.Key, [.. g.Select(r => new DatedValue<ParameterRow>(r.Valid, r.KnownFrom, r))]),
            StringComparer.Ordinal);
    }

    public IReadOnlyList<ParameterRow> Rows { get; }

    /// <summary>The parameters that a scheme ships, for example "CountyPackage".</summary>
    public static SchemeParameters Shipped(string scheme) =>
        Read(CsvText.Embedded(typeof(SchemeParameters).Assembly, $"Schemes/{scheme}/parameters.csv", Columns));

    /// <summary>Reads a book of parameters from CSV with the columns key, value, unit, first day, last day (blank: open),
    /// known from, article, checked on, note.</summary>
    /// <param name="name">The book's name, for faults.</param>
    /// <exception cref="FaultException">Every row that cannot be read: line, column, value, what would be right.</exception>
    public static SchemeParameters Parse(string name, string csv) => Read(CsvText.Parse(name, csv, Columns));

    /// <summary>The parameters as they hold on a day and were known on another.</summary>
    public ParametersOn On(DateOnly day, DateOnly knownOn) => new(this, day, knownOn);

    /// <exception cref="RuleGap">The key is unknown, or no value holds on that day.</exception>
    /// <exception cref="RuleConflict">Two values hold on that day.</exception>
    internal ParameterRow Of(string key, DateOnly day, DateOnly knownOn) =>
        _byKey.TryGetValue(key, out var dated) ? dated.On(day, knownOn) : throw new RuleGap(key, day, knownOn);

    private static SchemeParameters Read(CsvText table)
    {
        var faults = new List<Fault>();
        if (table.Rows.Count > MaxRows)
        {
            faults.Add(new Fault(Codes.TooMany, table.Name, table.Rows.Count.ToString(CultureInfo.InvariantCulture), $"at most {MaxRows} parameters"));
        }
        var rows = new List<ParameterRow>();
        foreach (var row in table.Rows.Take(MaxRows))
        {
            try
            {
                rows.Add(ReadRow(row));
            }
            catch (FaultException fault)
            {
                // Collected, so that a person mends the whole file at once; thrown together below.
                faults.AddRange(fault.Faults);
            }
        }
        return faults.Count > 0 ? throw new FaultException(faults) : new SchemeParameters(rows);
    }

    private static ParameterRow ReadRow(CsvRow row)
    {
        var first = row.Day("first day");
        var last = row.DayOrOpen("last day");
        if (last < first)
        {
            throw row.Wrong(Codes.BadDate, "last day", "a day not before the first day, or nothing");
        }
        var read = new ParameterRow(
            row.Needed("key"), row.Needed("value"), row.Needed("unit"), DateRange.Inclusive(first, last), row.Day("known from"),
            row.Needed("article"), row.Day("checked on"), row["note"]);
        RefuseValue(row, read);
        return read;
    }

    /// <summary>A value that its unit cannot hold is found when the book is loaded, not when a rule first asks.</summary>
    private static void RefuseValue(CsvRow row, ParameterRow read)
    {
        switch (read.Unit)
        {
            case "share":
                _ = Rate.ParseShare(read.Value, $"line {row.Line} {read.Key}");
                break;
            case "count":
                _ = row.Whole("value", 0, int.MaxValue);
                break;
            case "text":
                break;
            case "number":
                _ = ParametersOn.NumberOf(read, $"line {row.Line} {read.Key}");
                break;
            case "day":
                _ = row.Day("value");
                break;
            case var unit when Currency.TryParse(unit, out var currency):
                _ = Money.Parse(read.Value, currency, $"line {row.Line} {read.Key}");
                break;
            default:
                throw row.Wrong(Codes.UnknownCode, "unit", $"share, count, number, day, text, {Currency.Known}");
        }
    }
}
