namespace EdgeHub.Rules.Benefit;

/// <summary>Names of the steps of an explanation. They are stored with a settlement; pages translate them.</summary>
public static class StepNames
{
    public const string Total = "total";
    public const string FullSelfPay = "full self-pay";
    public const string OverPriceLimit = "over price limit";
    public const string PreSelfPay = "pre-self-pay";
    public const string Eligible = "eligible amount";
    public const string DeductibleLeft = "deductible left";
    public const string Deductible = "deductible";
    public const string AtRate = "at the reimbursement rate";
    public const string Referral = "after the referral reduction";
    public const string VisitCap = "after the visit cap";
    public const string DailyCap = "after the daily cap";
    public const string MonthCap = "after the month's cap";
    public const string QuarterCap = "after the quarter's cap";
    public const string DiseaseCap = "after the disease cap";
    public const string InstitutionYearCap = "after the institution's annual cap";
    public const string AnnualCap = "fund pay, after the annual cap";
    public const string OwnPay = "in-scope own pay";
    public const string Catastrophic = "catastrophic insurance pay";
    public const string OwnPayLeft = "in-scope own pay after catastrophic insurance";
    public const string Assistance = "medical assistance pay";
    public const string Account = "household account pay";
    public const string Cash = "cash";

    /// <summary>The step of one line of a bill, for example "pre-self-pay, line 3".</summary>
    public static string OfLine(string step, int lineNo) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{step}, line {lineNo}");
}

/// <summary>Names of the limits of which a result says what was left before and after.</summary>
public static class LimitNames
{
    public const string DeductiblePerVisit = "deductible/visit";
    public const string DeductiblePerYear = "deductible/year";
    public const string DeductiblePerInstitutionYear = "deductible/institution-year";
    public const string DeductiblePerQuarter = "deductible/quarter";
    public const string DeductiblePerMonth = "deductible/month";
    public const string VisitCap = "cap/visit";
    public const string DailyCap = "cap/day";
    public const string MonthCap = "cap/month";
    public const string QuarterCap = "cap/quarter";
    public const string DiseaseCap = "cap/disease";
    public const string InstitutionYearCap = "cap/institution-year";
    public const string AnnualCap = "cap/year";
    public const string CatastrophicThreshold = "catastrophic/threshold";
    public const string CatastrophicCap = "catastrophic/cap";
    public const string AssistanceThreshold = "assistance/threshold";
    public const string AssistanceCap = "assistance/cap";
    public const string Account = "account/year";

    /// <exception cref="ArgumentOutOfRangeException">A mode without a deductible.</exception>
    public static string OfDeductible(DeductibleMode mode) => mode switch
    {
        DeductibleMode.Visit => DeductiblePerVisit,
        DeductibleMode.Year => DeductiblePerYear,
        DeductibleMode.InstitutionYear => DeductiblePerInstitutionYear,
        DeductibleMode.Quarter => DeductiblePerQuarter,
        DeductibleMode.Month => DeductiblePerMonth,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no deductible"),
    };
}
