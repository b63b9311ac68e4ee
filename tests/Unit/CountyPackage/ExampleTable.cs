using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>One row of a table of worked examples: its case, inputs, what is expected, and the arithmetic behind it.</summary>
public sealed class ExampleRow(CsvRow row)
{
    public string this[string column] => row[column];

    public Money Yuan(string column) => Money.Parse(row.Needed(column), Currency.Cny, column);

    public Money? YuanOrNone(string column) => row[column].Length == 0 ? null : Yuan(column);

    public Rate Rate(string column) => new(decimal.Parse(row.Needed(column), CultureInfo.InvariantCulture));

    public long Count(string column) => long.Parse(row.Needed(column), CultureInfo.InvariantCulture);

    public bool Yes(string column) => row[column] switch
    {
        "yes" => true,
        "no" => false,
        _ => throw row.Wrong(Codes.UnknownCode, column, "yes or no"),
    };

    public T Word<T>(string column) where T : struct, Enum => Enum.Parse<T>(row[column]);

    public Money[] YuanList(string column) =>
        [.. row[column].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Money.Parse(text, Currency.Cny, column))];

    public override string ToString() => row["case"];
}

/// <summary>Tables of worked examples beside the tests: Tables/Z05.csv, columns case, inputs, expected, arithmetic.</summary>
public static class ExampleTable
{
    public static TheoryData<ExampleRow> Of(string rule)
    {
        var data = new TheoryData<ExampleRow>();
        foreach (var row in CsvText.Embedded(typeof(ExampleTable).Assembly, $"CountyPackage/Tables/{rule}.csv", "case", "arithmetic").Rows)
        {
            data.Add(new ExampleRow(row));
        }
        return data;
    }
}
