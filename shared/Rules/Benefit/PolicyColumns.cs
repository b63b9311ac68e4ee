using System.Globalization;

namespace EdgeHub.Rules.Benefit;

/// <summary>The columns of a policy book's rows, in the order in which they are written. README.md says what each may hold.</summary>
public static class PolicyColumns
{
    public const string PoolingArea = "pooling_area";
    public const string InsuranceType = "insurance_type";
    public const string VisitType = "visit_type";
    public const string OutOfArea = "out_of_area";
    public const string Level = "level";
    public const string InstitutionType = "institution_type";
    public const string PersonType = "person_type";
    public const string AgeFrom = "age_from";
    public const string AgeTo = "age_to";
    public const string Disease = "disease";
    public const string First = "first";
    public const string Last = "last";
    public const string DeductibleMode = "deductible_mode";
    public const string Deductible = "deductible";
    public const string FundRate = "fund_rate";
    public const string DailyCap = "daily_cap";
    public const string AnnualCap = "annual_cap";
    public const string Scope = "scope";
    public const string Note = "note";
    public const string VisitCap = "visit_cap";
    public const string MonthCap = "month_cap";
    public const string QuarterCap = "quarter_cap";
    public const string InstitutionYearCap = "institution_year_cap";
    public const string DiseaseCap = "disease_cap";
    public const string Tiers = "tiers";
    public const string ReferralReduction = "referral_reduction";
    public const string CatastrophicThreshold = "catastrophic_threshold";
    public const string CatastrophicTiers = "catastrophic_tiers";
    public const string CatastrophicCap = "catastrophic_cap";
    public const string AssistanceThreshold = "assistance_threshold";
    public const string AssistanceRate = "assistance_rate";
    public const string AssistanceCap = "assistance_cap";

    /// <summary>What names a case: of a row, and of a cover.</summary>
    public static readonly IReadOnlyList<string> Key =
        [PoolingArea, InsuranceType, VisitType, OutOfArea, Level, InstitutionType, PersonType, AgeFrom, AgeTo, Disease, First, Last];

    /// <summary>What a row gives.</summary>
    public static readonly IReadOnlyList<string> Gives = [DeductibleMode, Deductible, FundRate, DailyCap, AnnualCap];

    /// <summary>A table must have these; <see cref="Optional"/> it may have; any other is refused, for a misspelt cap is a lost cap.</summary>
    public static readonly IReadOnlyList<string> Required = [.. Key, .. Gives];

    /// <summary>What a row may give beside; a book without the column has none of it.</summary>
    public static readonly IReadOnlyList<string> Optional =
    [
        Scope, VisitCap, MonthCap, QuarterCap, InstitutionYearCap, DiseaseCap, Tiers, ReferralReduction,
        CatastrophicThreshold, CatastrophicTiers, CatastrophicCap, AssistanceThreshold, AssistanceRate, AssistanceCap, Note,
    ];

    /// <summary>The modes as a book writes them.</summary>
    public static readonly IReadOnlyDictionary<string, DeductibleMode> Modes = new Dictionary<string, DeductibleMode>(StringComparer.Ordinal)
    {
        ["none"] = Benefit.DeductibleMode.None,
        ["visit"] = Benefit.DeductibleMode.Visit,
        ["year"] = Benefit.DeductibleMode.Year,
        ["institution_year"] = Benefit.DeductibleMode.InstitutionYear,
        ["quarter"] = Benefit.DeductibleMode.Quarter,
        ["month"] = Benefit.DeductibleMode.Month,
    };

    /// <summary>The key's cells in the order of <see cref="Key"/>, as a row writes them.</summary>
    public static IReadOnlyList<string> Cells(PolicyKey key) =>
    [
        key.PoolingArea, key.InsuranceType ?? "", key.VisitType ?? "", key.OutOfArea switch { true => "yes", false => "no", null => "" },
        Text(key.InstitutionLevel), key.InstitutionType ?? "", key.PersonType ?? "", Text(key.AgeFrom), Text(key.AgeTo), key.Disease ?? "",
        Article.Written(key.Effective.First), Article.Written(key.Effective.End?.AddDays(-1)),
    ];

    /// <summary>What the row gives, by column; columns that it leaves blank are not named.</summary>
    public static IReadOnlyDictionary<string, string> Given(PolicyRow row)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        Put(DeductibleMode, Modes.Single(mode => mode.Value == row.DeductibleMode).Key);
        Put(Deductible, Text(row.Deductible));
        Put(FundRate, row.Tiers is null ? Text(row.FundRate) : "");
        Put(DailyCap, Text(row.DailyCap));
        Put(AnnualCap, Text(row.AnnualCap));
        Put(Scope, row.Scope == AccumulatorKey.Everywhere ? "" : row.Scope);
        Put(VisitCap, Text(row.Caps.Visit));
        Put(MonthCap, Text(row.Caps.Month));
        Put(QuarterCap, Text(row.Caps.Quarter));
        Put(InstitutionYearCap, Text(row.Caps.InstitutionYear));
        Put(DiseaseCap, Text(row.DiseaseCap));
        Put(Tiers, row.Tiers?.ToString() ?? "");
        Put(ReferralReduction, row.ReferralReduction == Rate.Zero ? "" : Text(row.ReferralReduction));
        Put(CatastrophicThreshold, Text(row.Catastrophic?.Threshold));
        Put(CatastrophicTiers, row.Catastrophic?.Tiers.ToString() ?? "");
        Put(CatastrophicCap, Text(row.Catastrophic?.Cap));
        Put(AssistanceThreshold, Text(row.Assistance?.Threshold));
        Put(AssistanceRate, row.Assistance is { } assistance ? Text(assistance.Rate) : "");
        Put(AssistanceCap, Text(row.Assistance?.Cap));
        return cells;

        void Put(string column, string text)
        {
            if (text.Length > 0)
            {
                cells.Add(column, text);
            }
        }
    }

    private static string Text(Money? amount) => amount is { } money ? money.Major.ToString("0.00", CultureInfo.InvariantCulture) : "";

    private static string Text(Rate rate) => rate.Value.ToString(CultureInfo.InvariantCulture);

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
