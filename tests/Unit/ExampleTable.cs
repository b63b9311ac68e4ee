using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;

namespace EdgeHub.Tests.Unit;

/// <summary>One row of a table of worked examples: its case, inputs, what is expected, and the arithmetic behind it.</summary>
public sealed class ExampleRow(CsvRow row)
{
    public string this[string column] => row[column];

    public Money Yuan(string column) => Money.Parse(row.Needed(column), Currency.Cny, column);

    public Money Kronor(string column) => Money.Parse(row.Needed(column), Currency.Sek, column);

    public Money Pounds(string column) => Money.Parse(row.Needed(column), Currency.Gbp, column);

    public Money? YuanOrNone(string column) => row[column].Length == 0 ? null : Yuan(column);

    public Rate Rate(string column) => new(Decimal(column));

    public decimal Decimal(string column) => decimal.Parse(row.Needed(column), CultureInfo.InvariantCulture);

    public decimal? DecimalOrNone(string column) => row[column].Length == 0 ? null : Decimal(column);

    public long Count(string column) => long.Parse(row.Needed(column), CultureInfo.InvariantCulture);

    public int Whole(string column) => checked((int)Count(column));

    public DateOnly Day(string column) => row.Day(column);

    public DateOnly? DayOrNone(string column) => row.DayOrOpen(column);

    public DateTimeOffset Moment(string column) => DateTimeOffset.ParseExact(row.Needed(column), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>For example 2025-03.</summary>
    public YearMonth Month(string column) => YearMonth.Of(DateOnly.ParseExact(row.Needed(column), "yyyy-MM", CultureInfo.InvariantCulture));

    public YearMonth? MonthOrNone(string column) => row[column].Length == 0 ? null : Month(column);

    public bool Yes(string column) => row[column] switch
    {
        "yes" => true,
        "no" => false,
        _ => throw row.Wrong(Codes.UnknownCode, column, "yes or no"),
    };

    public T Word<T>(string column) where T : struct, Enum => Enum.Parse<T>(row[column]);

    /// <summary>What stands between blanks.</summary>
    public string[] Words(string column) => row[column].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public Money[] YuanList(string column) => [.. Words(column).Select(text => Money.Parse(text, Currency.Cny, column))];

    public override string ToString() => row["case"];
}

/// <summary>Tables of worked examples beside the rules: Rules/Schemes/CountyPackage/Examples/Z05.csv, columns case, inputs, expected,
/// arithmetic. A rule's letter names the folder of its scheme. The hub's rule book prints the same tables.</summary>
public static class ExampleTable
{
    private static readonly Dictionary<char, string> Folders = new()
    {
        ['Z'] = "CountyPackage", ['C'] = "CrossRegion", ['O'] = "PrimaryCareChoice", ['K'] = "GpServices", ['P'] = "OutcomeContracts",
    };

    public static TheoryData<ExampleRow> Of(string rule)
    {
        var data = new TheoryData<ExampleRow>();
        foreach (var row in CsvText.Embedded(typeof(ExampleTable).Assembly, $"Schemes/{Folders[rule[0]]}/Examples/{rule}.csv", "case", "arithmetic").Rows)
        {
            data.Add(new ExampleRow(row));
        }
        return data;
    }
}
