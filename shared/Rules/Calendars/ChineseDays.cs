namespace EdgeHub.Rules.Calendars;

/// <summary>China's public holidays and make-up working days (调休上班) as the State Council announced them, from the table beside
/// this file. Its notice for a year may also name the last days of December before; so 29 to 31 December of the last announced
/// year hold as known now.</summary>
public static class ChineseDays
{
    public const int FirstYear = 2007;
    public const int LastYear = 2026;

    private const string Table = "Calendars/cn_public_holidays_and_makeup_workdays_2007_2026.csv";

    private static readonly ILookup<int, NamedDay> ByYear = Read();

    /// <summary>The named days that fall in a year.</summary>
    public static IEnumerable<NamedDay> Of(int year) => ByYear[year];

    private static ILookup<int, NamedDay> Read()
    {
        var days = CsvText.Embedded(typeof(ChineseDays).Assembly, Table, "date", "name", "day_type", "notice_year").Rows.Select(Named).ToList();
        var announced = days.Select(day => day.Day.Year).ToHashSet();
        for (var year = FirstYear; year <= LastYear; year++)
        {
            if (!announced.Contains(year))
            {
                throw new InvalidOperationException($"{Table} has no row of {year}.");
            }
        }
        return days.ToLookup(day => day.Day.Year);
    }

    private static NamedDay Named(CsvRow row) => new(row.Day("date"), row.Needed("name"), row["day_type"] switch
    {
        "holiday" => false,
        "makeup_workday" => true,
        _ => throw row.Wrong(Codes.UnknownCode, "day_type", "holiday or makeup_workday"),
    });
}
