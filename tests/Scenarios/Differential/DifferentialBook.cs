using System.Globalization;
using System.Text.Json;

namespace EdgeHub.Tests.Scenarios.Differential;

/// <summary>A made-up policy book. It uses each deductible mode; the caps of visit, day, month, quarter, disease, institution year and
/// year; tiers, referral reduction, age bands, catastrophic insurance and assistance; at four levels, for two person types, residents
/// (390) of one county. It does not use rows out of area (every row says no), rows by institution type, another insurance or another
/// pooling area; and the stories hold no manual reimbursement, which have tests of their own at the hub.</summary>
internal static class DifferentialBook
{
    public const string Region = "530924";
    public const string Ordinary = "15";
    public const string Assisted = "21";
    public const string Diabetes = "E11";
    public const string Renal = "N18";

    private static readonly string[] Columns =
    [
        "pooling_area", "insurance_type", "visit_type", "out_of_area", "level", "institution_type", "person_type", "age_from", "age_to", "disease", "first", "last",
        "deductible_mode", "deductible", "fund_rate", "daily_cap", "annual_cap", "scope", "visit_cap", "month_cap", "quarter_cap", "institution_year_cap", "disease_cap",
        "tiers", "referral_reduction", "catastrophic_threshold", "catastrophic_tiers", "catastrophic_cap", "assistance_threshold", "assistance_rate", "assistance_cap",
    ];

    public static string Text => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["id"] = "differential-2025", ["version"] = 1, ["region"] = Region, ["currency"] = "CNY", ["first"] = "2025-01-01", ["last"] = "2025-12-31",
        ["knownFrom"] = "2024-12-20", ["source"] = "sample", ["rows"] = Rows().Prepend(string.Join(',', Columns)).ToList(),
    });

    private static IEnumerable<string> Rows()
    {
        foreach (var person in (string[])[Ordinary, Assisted])
        {
            for (var level = 0; level <= 3; level++)
            {
                yield return Row(person, level, "11", level switch
                {
                    0 => "deductible_mode=none fund_rate=0.6 daily_cap=30.00 annual_cap=400.00 month_cap=120.00",
                    1 => "deductible_mode=year deductible=60.00 fund_rate=0.55 annual_cap=600.00",
                    2 => "deductible_mode=institution_year deductible=100.00 fund_rate=0.5 annual_cap=800.00 institution_year_cap=300.00",
                    _ => "deductible_mode=quarter deductible=80.00 fund_rate=0.45 annual_cap=900.00 quarter_cap=250.00",
                });
                yield return Row(person, level, "13", "deductible_mode=month deductible=20.00 fund_rate=0.6 visit_cap=80.00 annual_cap=500.00 scope=emergency");
                yield return Row(person, level, "14", $"disease={Diabetes} age_to=60 deductible_mode=year deductible=30.00 fund_rate=0.7 disease_cap=500.00 annual_cap=2000.00 scope=chronic");
                yield return Row(person, level, "14", $"disease={Diabetes} age_from=60 deductible_mode=none fund_rate=0.75 disease_cap=600.00 annual_cap=2000.00 scope=chronic");
                yield return Row(person, level, "14", $"disease={Renal} deductible_mode=visit deductible=10.00 fund_rate=0.85 disease_cap=3000.00 scope=special");
                yield return Row(
                    person, level, "21", $"deductible_mode=visit deductible={100 + 100 * level}.00 tiers=2000:0.{8 - level};8000:0.{9 - level};*:0.9 annual_cap=60000.00 scope=inpatient referral_reduction=0.1");
            }
        }
    }

    private static string Row(string person, int level, string visitType, string given)
    {
        var cells = given.Split(' ').Select(each => each.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        cells["pooling_area"] = Region;
        cells["insurance_type"] = "390";
        cells["visit_type"] = visitType;
        cells["out_of_area"] = "no";
        cells["level"] = level.ToString(CultureInfo.InvariantCulture);
        cells["person_type"] = person;
        cells["catastrophic_threshold"] = "1500.00";
        cells["catastrophic_tiers"] = "5000:0.6;*:0.7";
        cells["catastrophic_cap"] = "100000.00";
        if (person == Assisted)
        {
            cells["assistance_threshold"] = "50.00";
            cells["assistance_rate"] = "0.7";
            cells["assistance_cap"] = "3000.00";
        }
        return string.Join(',', Columns.Select(column => cells.GetValueOrDefault(column, "")));
    }
}
