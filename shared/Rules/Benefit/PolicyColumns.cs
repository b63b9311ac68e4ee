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

    /// <summary>What names a case: of a row, and of a cover.</summary>
    public static readonly IReadOnlyList<string> Key =
        [PoolingArea, InsuranceType, VisitType, OutOfArea, Level, InstitutionType, PersonType, AgeFrom, AgeTo, Disease, First, Last];

    /// <summary>What a row gives.</summary>
    public static readonly IReadOnlyList<string> Gives = [DeductibleMode, Deductible, FundRate, DailyCap, AnnualCap];

    /// <summary>A table must have these; <see cref="Optional"/> it may have; any other is refused, for a misspelt cap is a lost cap.</summary>
    public static readonly IReadOnlyList<string> Required = [.. Key, .. Gives];

    public static readonly IReadOnlyList<string> Optional = [Scope, Note];

    /// <summary>The key's cells in the order of <see cref="Key"/>, as a row writes them.</summary>
    public static IReadOnlyList<string> Cells(PolicyKey key) =>
    [
        key.PoolingArea, key.InsuranceType ?? "", key.VisitType ?? "", key.OutOfArea switch { true => "yes", false => "no", null => "" },
        Text(key.InstitutionLevel), key.InstitutionType ?? "", key.PersonType ?? "", Text(key.AgeFrom), Text(key.AgeTo), key.Disease ?? "",
        Article.Written(key.Effective.First), Article.Written(key.Effective.End?.AddDays(-1)),
    ];

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
