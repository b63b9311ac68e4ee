using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>One row of a table of worked examples: its case, inputs, what is expected, and the arithmetic behind it.</summary>
public sealed class BenefitRow(CsvRow row)
{
    public string this[string column] => row[column];

    public Money Yuan(string column) => Money.Parse(row.Needed(column), Currency.Cny, column);

    public Money? YuanOrNone(string column) => row[column].Length == 0 ? null : Yuan(column);

    public decimal Number(string column) => decimal.Parse(row.Needed(column), CultureInfo.InvariantCulture);

    public decimal? NumberOrNone(string column) => row[column].Length == 0 ? null : Number(column);

    public long Count(string column) => long.Parse(row.Needed(column), CultureInfo.InvariantCulture);

    public DateOnly Day(string column) => row.Day(column);

    public bool Yes(string column) => row[column] switch
    {
        "yes" => true,
        "no" => false,
        _ => throw row.Wrong(Codes.UnknownCode, column, "yes or no"),
    };

    public T Word<T>(string column) where T : struct, Enum => Enum.Parse<T>(row[column], ignoreCase: true);

    public override string ToString() => row["case"];
}

/// <summary>Tables of worked examples beside the rules: Rules/Benefit/Examples/B04.csv, columns case, inputs, expected, arithmetic.</summary>
public static class BenefitTable
{
    public static TheoryData<BenefitRow> Of(string rule)
    {
        var data = new TheoryData<BenefitRow>();
        foreach (var row in Rows(rule))
        {
            data.Add(row);
        }
        return data;
    }

    public static IReadOnlyList<BenefitRow> Rows(string rule) =>
        [.. CsvText.Embedded(typeof(BenefitTable).Assembly, $"Benefit/Examples/{rule}.csv", "case", "arithmetic").Rows.Select(row => new BenefitRow(row))];
}
