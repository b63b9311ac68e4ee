using System.Globalization;

namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>The document's table of savings by attainment (P12), from savings.csv.</summary>
public static class SavingsTable
{
    /// <summary>In the order of attainment.</summary>
    public static readonly IReadOnlyList<SavingsRow> Shipped =
    [
        .. CsvText.Embedded(typeof(SavingsTable).Assembly, "Schemes/OutcomeContracts/savings.csv", "attainment", "direct", "indirect", "social_insurance").Rows
            .Select(row => new SavingsRow(
                new Rate(decimal.Parse(row.Needed("attainment"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)),
                new SocietyAmounts(Amount(row, "direct"), Amount(row, "indirect"), Amount(row, "social_insurance")))),
    ];

    private static Money Amount(CsvRow row, string column) => Money.Parse(row.Needed(column), Currency.Sek, column);
}
